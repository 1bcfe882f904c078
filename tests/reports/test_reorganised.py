"""Reports of a unit that ends, the short-period report it owes, and sealed totals an event reaches back to."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.errors import Conflict
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation
from nhipcau.org.parts import Effect
from nhipcau.org.reorganising import preview, undo
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back
from nhipcau.reports.issuing.corrections import restate
from nhipcau.reports.models import EntrySource, Seal, StaleFlag, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import stale_reports
from tests import quarterly
from tests.cast import SETUP, Cast, unit
from tests.quarterly import LATER, PERIOD
from tests.reorganisations import AFTER, BEFORE, DAY, SPLIT, file, happen

Q1_END = "2026-03-16"
MOVE = f"event,85/QĐ-LĐLĐ,Chuyển giao,,,{Q1_END}\nchuyen-giao,A1,,,XB\n"
EARLY = f"event,86/QĐ-LĐLĐ,Sáp nhập,,,{Q1_END}\nsap-nhap,XA,,,,,,,,,,XB\n"


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def effects(rows: str, at: dt.datetime = AFTER) -> list[Effect]:
    done = preview(event=read_event(file(rows)), actor=SETUP, at=at)
    return list(next(part.effects for part in done.touched if part.name == "reports"))


def test_the_preview_names_reports_under_way_and_who_finishes_them(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.commune_officer, version, gifts="4")
    (found,) = effects(SPLIT)
    assert (found.unit, found.to) == ("Công đoàn xã An Hải", "Liên đoàn Lao động tỉnh Đông Giang")
    assert found.how == "đã gửi; chờ tiếp nhận"


def test_it_names_the_short_period_report_that_nobody_has_sent(cast: Cast, version: TemplateVersion) -> None:
    middle = SPLIT.replace(DAY.isoformat(), "2026-11-16")
    (found,) = effects(middle, dt.datetime(2026, 11, 20, 9, tzinfo=AFTER.tzinfo))
    assert "phần đến 15/11/2026" in found.what
    assert found.how == "còn nợ báo cáo kỳ ngắn; cấp trên nhập thay"
    assert effects(SPLIT) == [], "the quarter ends with the unit: an ordinary report"


def test_what_waited_for_a_signature_can_be_entered_by_the_level_above(
    cast: Cast, version: TemplateVersion
) -> None:
    mark_ready(submission=quarterly.draft(cast.commune_officer, version), actor=cast.commune_officer, at=LATER)
    happen(SPLIT, AFTER)
    assert Submission.objects.get().state == SubmissionState.DRAFT
    told = EnteredReport(source=EntrySource.TELEPHONE, note="Nguyên chủ tịch báo", figures={"gifts": "2"})
    made = enter_for(
        unit=cast.commune, version=version, period=PERIOD, entered=told, actor=cast.provincial_officer, at=AFTER
    )
    assert made.state == SubmissionState.ACCEPTED


def test_what_was_returned_to_a_unit_that_has_ended_can_be_entered_too(
    cast: Cast, version: TemplateVersion
) -> None:
    sent = quarterly.send(cast.commune_officer, version, gifts="4")
    send_back(submission=sent, reason="Thiếu số", by_cell={}, actor=cast.provincial_officer, at=LATER)
    told = EnteredReport(source=EntrySource.TELEPHONE, note="Nguyên chủ tịch báo", figures={"gifts": "5"})
    args = {"unit": cast.commune, "version": version, "period": PERIOD, "entered": told}
    with pytest.raises(Conflict):
        enter_for(**args, actor=cast.provincial_officer, at=BEFORE)  # type: ignore[arg-type]
    happen(SPLIT, AFTER)
    enter_for(**args, actor=cast.provincial_officer, at=AFTER)  # type: ignore[arg-type]


# Sealed periods reached back to ------------------------------------------------------------------------------


@pytest.fixture
def sealed(cast: Cast, version: TemplateVersion) -> TemplateVersion:
    """A1's three gifts stand in the sealed totals of An Hải and of the province."""
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    for post in (cast.commune_officer, cast.stranger):
        accept(submission=quarterly.send(post, version), actor=cast.provincial_officer, at=LATER)
    quarterly.send(cast.provincial_officer, version)
    return version


def test_whoever_sealed_a_total_that_a_unit_left_or_joined_is_told(cast: Cast, sealed: TemplateVersion) -> None:
    seen = effects(MOVE)
    assert [(one.unit, one.how) for one in seen] == [
        ("Công đoàn xã An Hải", "đã chốt; 0 báo cáo vào, 1 báo cáo ra khỏi tổng"),
        ("Công đoàn phường Bình Sơn", "đã chốt; 1 báo cáo vào, 0 báo cáo ra khỏi tổng"),
    ]
    happen(MOVE, AFTER)
    found = {flag.seal.unit_id: flag for flag in StaleFlag.objects.all()}
    assert set(found) == {cast.commune.pk, cast.sibling_commune.pk}, "the province's own total is the same"
    assert found[cast.commune.pk].cells["gifts"] == [3, None]
    assert found[cast.sibling_commune.pk].cells["gifts"] == [None, 3]
    assert [one.seal.unit for one in stale_reports(cast.commune)] == [cast.commune]


def test_sealing_anew_answers_both(cast: Cast, sealed: TemplateVersion) -> None:
    happen(MOVE, AFTER)
    for post, gifts in ((cast.commune_officer, None), (cast.stranger, 3)):
        (stale,) = stale_reports(post.unit)
        restate(seal=stale.seal, reason="A1 chuyển theo 85/QĐ-LĐLĐ", actor=post, at=AFTER)
        assert stale_reports(post.unit) == []
        newest = Seal.objects.filter(unit=post.unit).order_by("-place")[0]
        assert newest.place == 2
        assert (gifts is None) == (not newest.contributors)


def test_undoing_takes_the_flags_away_unless_somebody_answered(cast: Cast, sealed: TemplateVersion) -> None:
    happen(MOVE, AFTER)
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert not StaleFlag.objects.exists()
    happen(MOVE, AFTER)
    (stale,) = stale_reports(cast.commune)
    restate(seal=stale.seal, reason="A1 chuyển", actor=cast.commune_officer, at=AFTER + dt.timedelta(hours=1))
    with pytest.raises(Conflict, match="báo cáo đã chốt theo cây mới"):
        undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER + dt.timedelta(hours=2))


def test_a_unit_that_is_said_to_have_ended_within_a_sealed_period_stays_in_its_totals(
    cast: Cast, sealed: TemplateVersion
) -> None:
    happen(EARLY, AFTER)
    flags = {(f.seal.unit_id, f.cause.unit_id, f.is_gone) for f in StaleFlag.objects.all()}
    assert flags == {
        (cast.commune.pk, cast.local.pk, True),
        (cast.sibling_commune.pk, cast.local.pk, False),
    }


def test_a_unit_cannot_have_ended_before_a_period_it_reported_on(cast: Cast, sealed: TemplateVersion) -> None:
    early = EARLY.replace(Q1_END, "2025-12-01")
    with pytest.raises(Conflict, match="cho kỳ sau ngày kết thúc 1 → 0"):
        happen(early, AFTER)
    assert not Reorganisation.objects.exists()
    assert unit("XA") == cast.commune
