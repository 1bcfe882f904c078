"""From an activity to the figures it counts in, and from a figure back to its activities."""

from __future__ import annotations

from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.correcting import correct_activity
from tests.cast import NOW, Cast
from tests.web.activities.conftest import As
from tests.web.reports import scenes


def test_before_a_report_the_unit_sees_where_it_will_count(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    page = acting(cast.local_volunteer).get(f"/hoat-dong/{activity.uid}/")
    assert [line.label for line in page.context["will_count"]] == ["Suất quà đã trao", "Tiền quà"]
    assert acting(cast.commune_officer).get(f"/hoat-dong/{activity.uid}/").context["will_count"] == []


def test_in_a_report_each_leads_to_the_other(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    report = scenes.draft(version, cast.local_volunteer)
    client = acting(cast.local_volunteer)
    lines = client.get(f"/hoat-dong/{activity.uid}/").context["counted"]
    assert [(line.label, line.value) for line in lines] == [("Suất quà đã trao", "20"), ("Tiền quà", "6.000.000")]
    assert lines[0].url == f"/bao-cao/{report.uid}/nguon/gifts/"
    figure = client.get(lines[0].url).content.decode()
    assert "Số này lấy từ 1 hoạt động" in figure
    assert f"/hoat-dong/{activity.uid}/" in figure
    above = acting(cast.commune_officer).get(f"/hoat-dong/{activity.uid}/")
    assert above.context["counted"] == [], "the level above does not see a draft"


def test_a_figure_taken_before_a_correction_says_so(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    report = scenes.draft(version, cast.local_volunteer)
    given = ActivityInput(
        held_on=activity.held_on,
        values=activity.values | {"gifts": 25},
        facets=activity.facets,
        title=activity.title,
    )
    correct_activity(activity=activity, given=given, edits=0, reason="đếm lại", actor=cast.local_volunteer, at=NOW)
    client = acting(cast.local_volunteer)
    assert "đã sửa sau khi lấy số" in client.get(f"/bao-cao/{report.uid}/nguon/gifts/").content.decode()
    assert "đã sửa sau khi lấy số" not in client.get(f"/bao-cao/{report.uid}/nguon/money/").content.decode()


def test_after_the_report_has_gone_it_says_that_only_a_correction_counts_it(cast: Cast, acting: As) -> None:
    scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    activity = scenes.gave_gifts(cast.local_volunteer)
    page = acting(cast.local_volunteer).get(f"/hoat-dong/{activity.uid}/")
    assert all(line.sent for line in page.context["will_count"])
    assert "báo cáo kỳ này đã gửi" in page.content.decode()
