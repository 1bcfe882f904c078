"""Two people change one report: nobody's figures are lost, and each line is chosen, without scripts as well."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.filling.workflow import mark_ready
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import NOW, Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As
from tests.web.reports.test_entry import HTMX, _url

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def _hidden(page: Any) -> dict[str, str]:
    """What the page's form brings back unseen."""
    found = HIDDEN.findall(page.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def _moved_on(cast: Cast, acting: As) -> tuple[Client, Submission, dict[str, str]]:
    """The form was opened with 3 gifts and 1 dialogue; then somebody saved 7 gifts and 2 million."""
    version = scenes.publish()
    report = scenes.draft(version, cast.local_volunteer, {"gifts": "3", "dialogues": "1"})
    client = acting(cast.local_volunteer)
    opened = _hidden(client.get(_url(report)))
    scenes.draft(version, cast.local_volunteer, {"gifts": "7", "money": "2.000.000"})
    return client, report, opened


def _values(report: Submission) -> dict[str, int]:
    report.refresh_from_db()
    return {code: cell.value for code, cell in cells_of(report).items()}


def test_each_side_and_what_stood_before_are_shown(cast: Cast, acting: As) -> None:
    client, report, opened = _moved_on(cast, acting)
    page = client.post(_url(report), {**opened, "gifts": "8", "money": "", "dialogues": "4", "viec": "trinh-gui"})
    assert page.status_code == 409
    lines = [(one.field.name, one.before, one.mine, one.theirs, one.chosen) for one in page.context["lines"]]
    assert lines == [
        ("gifts", "3", "8", "7", ""),
        ("money", "", "", "2.000.000", "kia"),
        ("dialogues", "1", "4", "1", "toi"),
    ]
    report.refresh_from_db()
    assert (report.state, _values(report)["gifts"]) == (SubmissionState.DRAFT, 7)


def test_lines_are_chosen_one_by_one(cast: Cast, acting: As) -> None:
    client, report, opened = _moved_on(cast, acting)
    page = client.post(_url(report), {**opened, "gifts": "8", "money": "", "dialogues": "4"})
    kept = {"chon:money": "kia", "chon:dialogues": "toi", "giu": "chon"}
    left = client.post(_url(report), {**_hidden(page), **kept})
    assert left.status_code == 422
    assert [one.chosen for one in left.context["lines"]] == ["", "kia", "toi"]
    done = client.post(_url(report), {**_hidden(left), **kept, "chon:gifts": "toi"}, follow=True)
    assert "Đã gộp hai bản" in done.content.decode()
    values = _values(report)
    assert (values["gifts"], values["money"], values["dialogues"]) == (8, 2_000_000, 4)


def test_all_of_one_side_is_one_button(cast: Cast, acting: As) -> None:
    client, report, opened = _moved_on(cast, acting)
    page = client.post(_url(report), {**opened, "gifts": "8", "money": "5 triệu", "dialogues": "1"})
    client.post(_url(report), {**_hidden(page), "giu": "kia"})
    assert (_values(report)["gifts"], _values(report)["money"]) == (7, 2_000_000)
    opened = {**opened, "gifts": "9", "money": "5 triệu"}
    client.post(_url(report), {**_hidden(client.post(_url(report), opened)), "giu": "toi"})
    assert (_values(report)["gifts"], _values(report)["money"]) == (9, 5_000_000)


def test_a_third_save_meanwhile_asks_again(cast: Cast, acting: As) -> None:
    client, report, opened = _moved_on(cast, acting)
    page = client.post(_url(report), {**opened, "gifts": "8"})
    scenes.draft(report.version, cast.local_volunteer, {"gifts": "10"})
    again = client.post(_url(report), {**_hidden(page), "giu": "toi"})
    assert again.status_code == 409
    (line,) = [one for one in again.context["lines"] if not one.chosen]
    assert (line.before, line.mine, line.theirs) == ("7", "8", "10")


def test_the_same_form_sent_twice_is_saved_once_and_sent_once(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    report = scenes.draft(version, cast.local_volunteer, {"gifts": "3"})
    client = acting(cast.local_volunteer)
    form = {**_hidden(client.get(_url(report))), "gifts": "4", "money": "8 triệu", "dialogues": "0"}
    assert client.post(_url(report), {**form, "viec": "trinh-gui"}).status_code == 302
    report.refresh_from_db()
    first = (report.edits, report.state, report.submitted_at)
    assert first[1] == SubmissionState.SUBMITTED
    again = client.post(_url(report), {**form, "viec": "trinh-gui"}, follow=True)
    assert "đã có trong báo cáo" in again.content.decode()
    report.refresh_from_db()
    assert (report.edits, report.state, report.submitted_at) == first


def test_an_autosave_sent_twice_goes_on_from_where_it_stands(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    client = acting(cast.local_volunteer)
    form = {**_hidden(client.get(_url(report))), "gifts": "4"}
    first, second = (client.post(_url(report), form, headers=HTMX) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert _hidden(first)["edits"] == _hidden(second)["edits"]


def test_what_could_not_be_read_never_overwrites_a_save_made_meanwhile(cast: Cast, acting: As) -> None:
    client, report, opened = _moved_on(cast, acting)
    refused = client.post(_url(report), {**opened, "gifts": "1.23"}, headers=HTMX)
    assert "Chưa lưu." in refused.content.decode()
    saved = client.post(_url(report), {**_hidden(refused), "gifts": "8"}, headers=HTMX)
    assert saved.status_code == 409
    page = client.post(_url(report), {**opened, "gifts": "1.23"})
    assert client.post(_url(report), {**_hidden(page), "gifts": "8"}).status_code == 409
    assert _values(report)["gifts"] == 7


def test_what_was_typed_into_a_report_sent_meanwhile_can_still_be_read(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    report = scenes.draft(version, cast.local_volunteer, {"gifts": "3"})
    client = acting(cast.local_volunteer)
    opened = _hidden(client.get(_url(report)))
    mark_ready(submission=report, actor=cast.local_volunteer, at=NOW)
    page = client.post(_url(report), {**opened, "gifts": "8", "viec": "luu"})
    assert page.status_code == 409
    assert not page.context["open"]
    assert [one.mine for one in page.context["lines"]] == ["8"]
    assert "Lưu theo lựa chọn" not in page.content.decode()


def test_a_form_sent_again_after_the_server_was_cut_off_takes_the_step_that_was_left(
    cast: Cast, acting: As
) -> None:
    """Saved and made ready, then nothing came back: who sends it again wants it sent up, and so does a device."""
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    client, form = acting(cast.local_volunteer), {"gifts": "3", "viec": "trinh-gui-de-trong"}
    form |= _hidden(client.get(_url(report)))
    client.post(_url(report), form | {"viec": "luu"})
    report.refresh_from_db()
    for state in (SubmissionState.DRAFT, SubmissionState.READY):
        Submission.objects.filter(pk=report.pk).update(state=state)
        assert client.post(_url(report), form).status_code == 302
        report.refresh_from_db()
        assert report.state == SubmissionState.SUBMITTED
    assert client.post(_url(report), form).status_code == 302
    assert "Những gì bạn gõ đã có trong báo cáo." in client.get(_url(report)).content.decode()


def test_a_step_the_report_does_not_permit_is_not_answered_as_taken(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    page = acting(cast.local_volunteer).post(_url(report), {"edits": str(report.edits), "viec": "gui"})
    assert page.status_code == 409
    assert "Báo cáo đang ở trạng thái" in page.content.decode()
    report.refresh_from_db()
    assert report.state == SubmissionState.DRAFT
