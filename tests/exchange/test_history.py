"""Figures of the years before, from a federation's own file: marked, repeatable, refused with both values."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput, NotAllowed
from nhipcau.core.periods import parse_period
from nhipcau.exchange.own.history import import_history
from nhipcau.org.models import Post
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template, version_for
from nhipcau.reports.filling.history import Outcome
from nhipcau.reports.models import HistoryFile, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import entered_unconfirmed, previous_figures
from nhipcau.reports.sealing.compared import explain
from nhipcau.reports.sealing.points import point_of
from nhipcau.reports.totals.consolidation import consolidate
from nhipcau.reports.totals.gaps import gaps_of
from nhipcau.reports.totals.lineage import trace
from nhipcau.reports.totals.over_time import consolidate_over_time, sub_periods
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.exchange.test_own_table import workbook
from tests.ops.tampering import differences

AT = dt.datetime(2026, 4, 20, 9, 0, tzinfo=VN)
OLD = parse_period("2025-Q4")
HEAD = "Mã đơn vị,Kỳ,Số suất quà,Số tiền quà (đồng)\n"
UNITS = HEAD + "A1,2025-Q4,10,3000000\nA2,2025-Q4,4,800000\nB1,2025-Q4,0,x\n"
TOTAL = HEAD + "XA,2025-Q4,14,3800000\n"


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


@pytest.fixture
def locals_only(cast: Cast) -> TemplateVersion:
    """The same template, owed by local units alone: a commune gives the total of its branch."""
    text = quarterly.YAML.replace("reporters: [local, commune, province]", "reporters: [local]")
    return import_template(data=text.encode(), actor=SETUP, at=NOW).version


def take(actor: Post, text: str, *, replace: str = "", dry_run: bool = False, name: str = "so-cu.csv") -> Outcome:
    return import_history(
        data=text.encode(), name=name, code="quy", actor=actor, at=AT, replace=replace, dry_run=dry_run
    )


def refused(actor: Post, text: str) -> dict[str, str]:
    """Where the file was refused, and why."""
    with pytest.raises(InvalidInput) as refusal:
        take(actor, text)
    return {fault.where: fault.message for fault in refusal.value.faults}


def test_figures_stand_as_what_they_are_and_nobody_submitted_them(cast: Cast, version: TemplateVersion) -> None:
    done = take(cast.provincial_officer, UNITS)
    assert (done.new, done.changed, done.unchanged, done.figures) == (3, 0, 0, 6)
    report = Submission.objects.get(unit=cast.local)
    assert (report.state, report.is_history) == (SubmissionState.ACCEPTED, True)
    assert (report.submitted_by, report.submitted_at, report.ready_by) == (None, None, None)
    assert cells_of(report)["money"].value == 3_000_000
    assert not entered_unconfirmed(cast.local).exists()  # nothing for the unit to confirm


def test_the_first_version_serves_periods_before_it_once_they_have_figures(
    cast: Cast, version: TemplateVersion
) -> None:
    take(cast.provincial_officer, UNITS)
    assert version_for("quy", OLD) == version
    year = sub_periods("quy", parse_period("2025"), AT.date())
    assert [one.period for one in year] == [OLD]
    node = consolidate_over_time(reported=year, unit=cast.province, at=AT)[0]
    assert node.cells["gifts"].value == 14


def test_a_figure_leads_to_the_row_of_the_file(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    found = trace(version=version, indicator="gifts", period=OLD, unit=cast.province, at=AT)
    places = {leaf.unit.pk: [(s.file and s.file.name, s.place) for s in leaf.sources] for leaf in found.leaves}
    assert found.total == 14
    assert places[cast.local.pk] == [("so-cu.csv", "CSV!C2")]
    assert [leaf.by_hand for leaf in found.leaves] == [0, 0]


def test_old_figures_are_in_and_nobody_is_late_or_unconfirmed(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    covered = consolidate(version=version, period=OLD, unit=cast.commune, at=AT).coverage
    assert (covered.expected, covered.received, covered.accepted, covered.entered) == (3, 2, 2, 0)
    assert covered.late == 1  # the commune itself, of which the file says nothing
    gaps = gaps_of(version, OLD, cast.commune)
    assert (len(gaps.missing), gaps.late, gaps.entered, gaps.history) == (1, [], [], 2)


def test_the_next_period_stands_beside_them_and_says_why_it_changed(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    report = quarterly.accepted(cast, version, gifts="12", money="3600000")
    assert previous_figures([report])[report.pk]["gifts"].value == 10
    before, after = (point_of(word, quarterly.PERIOD, version, cast.commune) for word in ("previous", "now"))
    changed = explain(version=version, indicator="gifts", unit=cast.commune, before=before, after=after, at=AT)
    assert changed.difference == 12 - 14
    assert {one.unit: one.amount for one in changed.contributions} == {cast.local.pk: 2, cast.other_local.pk: -4}


def test_the_same_file_twice_changes_nothing(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    entries = Entry.objects.count()
    done = take(cast.provincial_officer, UNITS)
    assert (done.new, done.changed, done.unchanged) == (0, 0, 3)
    assert (Entry.objects.count(), HistoryFile.objects.count()) == (entries, 1)


def test_another_figure_is_refused_with_both_values(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    said = refused(cast.provincial_officer, UNITS.replace("A1,2025-Q4,10", "A1,2025-Q4,11"))
    assert list(said) == ["CSV!C2"]
    assert "đang là 10, tệp này ghi 11" in said["CSV!C2"]


def test_with_a_reason_it_is_replaced_logged_and_the_old_one_kept(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    newer = UNITS.replace("A1,2025-Q4,10", "A1,2025-Q4,11")
    done = take(cast.provincial_officer, newer, replace="Sổ gốc ghi 11", name="so-moi.csv")
    assert [(one.unit, one.was.value, one.now.value) for one in done.replaced] == [(cast.local, 10, 11)]
    first, second = Submission.objects.filter(unit=cast.local).order_by("revision")
    assert (first.state, second.state) == (SubmissionState.SUPERSEDED, SubmissionState.ACCEPTED)
    assert "Sổ gốc ghi 11" in second.entry_note
    assert cells_of(second)["money"].value == 3_000_000
    assert Entry.objects.filter(action="reports.history_imported").count() == 2


def test_a_dry_run_says_the_same_and_keeps_nothing(cast: Cast, version: TemplateVersion) -> None:
    assert take(cast.provincial_officer, UNITS, dry_run=True).new == 3
    assert not Submission.objects.exists()
    assert not Entry.objects.filter(action__startswith="reports.history").exists()


def test_one_wrong_cell_and_nothing_is_kept(cast: Cast, version: TemplateVersion) -> None:
    said = refused(cast.provincial_officer, HEAD + "A1,2025-Q4,1.5,1\nNAY,2025-Q4,1,1\nA2,2026-Q2,1,1\n")
    assert list(said) == ["CSV!C2", "CSV!A3"]
    assert list(refused(cast.provincial_officer, HEAD + "A1,2025-Q4,1,1\nA2,2026-Q2,1,1\n")) == ["CSV!A3"]
    assert not Submission.objects.exists()


def test_a_report_is_never_replaced(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="12", money="3600000")
    said = refused(cast.provincial_officer, HEAD + "A1,2026-Q1,13,3600000\n")
    assert "đã có báo cáo kỳ này" in said["CSV!A2"]
    same = take(cast.provincial_officer, HEAD + "A1,2026-Q1,12,3600000\n")
    assert (same.new, same.unchanged) == (0, 1)


def test_a_total_of_a_branch_covers_the_units_below(cast: Cast, locals_only: TemplateVersion) -> None:
    take(cast.provincial_officer, TOTAL)
    node = consolidate(version=locals_only, period=OLD, unit=cast.province, at=AT)
    assert node.cells["gifts"].value == 14
    assert (node.coverage.expected, node.coverage.received, node.coverage.late) == (3, 2, 1)
    said = refused(cast.provincial_officer, UNITS)
    assert "nằm trong số cả nhánh" in said["CSV!A2"]


def test_a_total_beside_figures_of_its_units_is_refused(cast: Cast, locals_only: TemplateVersion) -> None:
    said = refused(cast.provincial_officer, UNITS + "XA,2025-Q4,14,3800000\n")
    assert "cộng trùng" in said["CSV!A5"]


def test_nobody_takes_over_figures_of_units_out_of_sight(cast: Cast, version: TemplateVersion) -> None:
    said = refused(cast.stranger, HEAD + "A1,2025-Q4,10,3000000\n")
    assert "không có đơn vị nào" in said["CSV!A2"]
    with pytest.raises(NotAllowed):
        take(cast.clerk, UNITS)


def test_a_unit_that_did_not_stand_then_is_named(cast: Cast, version: TemplateVersion) -> None:
    done = take(cast.provincial_officer, HEAD + "A1,2024-Q4,10,3000000\n")
    assert [(unit, period.key) for unit, period in done.outside] == [(cast.local, "2024-Q4")]


def test_a_column_nobody_knows_is_named_not_dropped(cast: Cast, version: TemplateVersion) -> None:
    said = refused(cast.provincial_officer, "Mã đơn vị,Kỳ,Số suất quà,Lạ\nA1,2025-Q4,10,7\n")
    assert list(said) == ["CSV!D"]


def test_a_workbook_says_its_period_once(cast: Cast, version: TemplateVersion) -> None:
    rows = [[1, "A1", "", "", 10, 3_000_000], [2, "A2", "", "", 4, 800_000]]
    done = import_history(
        data=workbook(rows), name="q4.xlsx", code="quy", actor=cast.provincial_officer, at=AT, period=OLD,
        columns={"F": "money"},
    )  # fmt: skip
    assert done.new == 2


def test_everything_kept_is_verified(cast: Cast, version: TemplateVersion) -> None:
    take(cast.provincial_officer, UNITS)
    newer = UNITS.replace("A1,2025-Q4,10", "A1,2025-Q4,11")
    take(cast.provincial_officer, newer, replace="Sổ gốc ghi 11")
    assert differences() == []
    Submission.objects.filter(unit=cast.local, revision=2).update(entry_source="paper")
    assert "nguồn nhập thay" in differences()[0].message
