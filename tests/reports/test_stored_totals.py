"""Stored totals of inner nodes equal what the records say, whatever happened and in whatever order."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import numpy as np
import pytest

from nhipcau.core.clock import VN
from nhipcau.core.errors import NhipCauError
from nhipcau.org.models import DayOverride, Unit
from nhipcau.org.soundness import hold_tree
from nhipcau.reports.filling.lumping import set_covers
from nhipcau.reports.filling.standing_in import EnteredReport, confirm_entered, enter_for
from nhipcau.reports.filling.workflow import accept, send_back
from nhipcau.reports.models import DirtyMark, NodeTotal, Submission, SubmissionState, TemplateVersion, Totals
from nhipcau.reports.totals import stored
from nhipcau.reports.totals.consolidation import consolidate, consolidate_every_node, from_records
from nhipcau.reports.totals.stored import settle
from tests import quarterly
from tests.cast import Cast, unit
from tests.ops.tampering import sentences
from tests.quarterly import LATER, PERIOD
from tests.reorganisations import happen

LATE = dt.datetime(2026, 4, 20, 9, 0, tzinfo=VN)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def proven(cast: Cast, version: TemplateVersion, at: dt.datetime = LATER) -> None:
    """Every node, as stored and as the records say."""
    every = from_records(version=version, period=PERIOD, unit=cast.province, at=at)
    for node in every:
        one = Unit.objects.get(pk=node.unit_id)
        kept = consolidate(version=version, period=PERIOD, unit=one, at=at)
        assert (kept.cells, kept.coverage, kept.at) == (node.cells, node.coverage, at)
    family = consolidate_every_node(version=version, period=PERIOD, unit=cast.province, at=at, depth=1)
    assert list(family) == [node for node in every if node.depth <= 1]
    assert not DirtyMark.objects.exists()


def test_only_inner_nodes_are_stored_and_one_change_touches_only_what_lies_above(
    cast: Cast, version: TemplateVersion
) -> None:
    quarterly.accepted(cast, version, gifts="3", hours="x")
    proven(cast, version)
    assert set(NodeTotal.objects.values_list("unit", flat=True)) == {
        cast.province.pk,
        cast.commune.pk,
        cast.sibling_commune.pk,
    }
    other = NodeTotal.objects.filter(unit=cast.sibling_commune)
    other.update(counts=np.arange(9, dtype="<i8").tobytes())
    quarterly.accepted(cast, version, gifts="4")
    assert set(DirtyMark.objects.values_list("unit", flat=True)) == {cast.local.pk}
    assert settle(at=LATER) == 1
    assert consolidate(version=version, period=PERIOD, unit=cast.commune, at=LATER).cells["gifts"].value == 4
    assert bytes(other.get().counts) == np.arange(9, dtype="<i8").tobytes()


def test_nothing_is_recomputed_where_nothing_changed(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    moment = Totals.objects.get().at
    later = LATER + dt.timedelta(hours=1)
    assert settle(at=later) == 0
    assert consolidate(version=version, period=PERIOD, unit=cast.province, at=later).at == later
    assert Totals.objects.get().at == moment


def test_who_is_missing_becomes_late_without_anything_being_counted_again(
    cast: Cast, version: TemplateVersion
) -> None:
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    moment = Totals.objects.get().at
    assert consolidate(version=version, period=PERIOD, unit=cast.province, at=LATE).coverage.late == 5
    assert Totals.objects.get().at == moment
    proven(cast, version, LATE)


def test_another_due_date_counts_the_late_again(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    for day in (1, 2, 3, 6, 7):
        DayOverride.objects.create(day=dt.date(2026, 4, day), working=False, note="Nghỉ bù")
    proven(cast, version, LATE)


def test_members_and_the_tree_of_the_period_count_again_and_a_later_tree_does_not(
    cast: Cast, version: TemplateVersion
) -> None:
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    hold_tree()
    Unit.objects.filter(pk=cast.local.pk).update(members=1000)
    proven(cast, version)
    assert consolidate(version=version, period=PERIOD, unit=cast.province, at=LATER).coverage.members == 1000
    happen("event,9/QĐ-LĐLĐ,Điều chuyển,,,2026-02-01\nmove,A1,,,XB\n")
    proven(cast, version)
    moved = consolidate(version=version, period=PERIOD, unit=cast.sibling_commune, at=LATER)
    assert moved.cells["gifts"].value == 3
    before = dict(NodeTotal.objects.values_list("unit", "pk"))
    happen("event,10/QĐ-LĐLĐ,Điều chuyển,,,2026-10-01\nmove,B1,,,XA\n")
    proven(cast, version)
    assert dict(NodeTotal.objects.values_list("unit", "pk")) == before


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_steps_leaves_the_totals_as_the_records_say(
    cast: Cast, version: TemplateVersion, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending, accepting, returning, correcting, lumps, reports entered for others and confirmed; settled now and
    then, by a reader or by the worker, node by node or (as for many changes) the whole period at once."""
    monkeypatch.setattr(stored, "FEW", 100 * (seed % 2))
    chance, done = Random(seed), set()
    superiors = {cast.local: cast.commune_officer, cast.commune: cast.provincial_officer}
    superiors[cast.sibling_commune] = cast.provincial_officer
    writers = {one.unit: one for one in (cast.local_volunteer, cast.commune_officer, cast.stranger)}

    def send(one: Unit) -> None:
        quarterly.send(writers[one], version, gifts=str(chance.randint(0, 90)), hours=chance.choice(["x", "1,5"]))

    def lump(one: Unit) -> None:
        report = quarterly.draft(cast.commune_officer, version, gifts=str(chance.randint(0, 90)))
        covered = chance.sample([cast.local, cast.other_local], chance.randint(0, 2))
        set_covers(submission=report, units=covered, note="Đã rà", actor=cast.commune_officer, at=LATER)
        quarterly.send_draft(report, cast.commune_officer, LATER)

    def enter(one: Unit) -> None:
        entered = EnteredReport("telephone", "Gọi điện", {"gifts": str(chance.randint(0, 90))})
        enter_for(unit=one, version=version, period=PERIOD, entered=entered, actor=superiors[one], at=LATER)

    def confirm(one: Unit) -> None:
        report = Submission.objects.get(unit=one, state=SubmissionState.ACCEPTED)
        confirm_entered(submission=report, actor=writers[one], at=LATER)

    def take(one: Unit) -> None:
        report = Submission.objects.get(unit=one, state=SubmissionState.SUBMITTED)
        accept(submission=report, actor=superiors[one], at=LATER)

    def give_back(one: Unit) -> None:
        report = Submission.objects.get(unit=one, state=SubmissionState.SUBMITTED)
        send_back(submission=report, reason="Xem lại", by_cell={}, actor=superiors[one], at=LATER)

    for _ in range(60):
        step = chance.choice([send, send, take, take, take, lump, enter, confirm, give_back])
        try:
            step(chance.choice(list(superiors)))
        except (NhipCauError, Submission.DoesNotExist):
            continue
        done.add(step.__name__)
        if chance.random() < 0.3:
            settle(at=LATER)
        if chance.random() < 0.3:
            proven(cast, version)
    proven(cast, version)
    assert {"send", "take"} <= done


def test_a_lump_taken_apart_leaves_no_trace_in_the_totals(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.commune_officer, version, gifts="9")
    set_covers(submission=report, units=[cast.local, cast.other_local], actor=cast.commune_officer, at=LATER)
    sent = quarterly.send_draft(report, cast.commune_officer, LATER)
    proven(cast, version)
    accept(submission=sent, actor=cast.provincial_officer, at=LATER)
    proven(cast, version)
    again = quarterly.draft(cast.commune_officer, version, gifts="6")
    set_covers(submission=again, units=[cast.other_local], actor=cast.commune_officer, at=LATER)
    accept(
        submission=quarterly.send_draft(again, cast.commune_officer, LATER), actor=cast.provincial_officer, at=LATER
    )
    proven(cast, version)
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    assert unit("A1") == cast.local


def test_a_total_that_stands_costs_one_statement_beside_the_calendar(
    cast: Cast, version: TemplateVersion, django_assert_num_queries: Any
) -> None:
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    with django_assert_num_queries(2):
        consolidate(version=version, period=PERIOD, unit=cast.province, at=LATER)


def test_verify_names_a_stored_total_that_was_touched_and_none_that_only_waits(
    cast: Cast, version: TemplateVersion
) -> None:
    quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    assert sentences() == []
    quarterly.accepted(cast, version, gifts="4")  # marked, not recomputed yet
    assert sentences() == []
    settle(at=LATER)
    assert sentences() == []
    row = NodeTotal.objects.get(unit=cast.commune)
    row.figures = (5).to_bytes(8, "little") + bytes(row.figures)[8:]
    row.save()
    (sentence,) = sentences()
    assert "ở XA, số tổng không bằng" in sentence


def test_a_figure_changed_behind_the_products_back_is_named_once_at_the_report(
    cast: Cast, version: TemplateVersion
) -> None:
    report = quarterly.accepted(cast, version, gifts="3")
    proven(cast, version)
    changed = (9).to_bytes(8, "little") + bytes(report.payload)[8:]
    Submission.objects.filter(pk=report.pk).update(payload=changed)
    (sentence,) = sentences()
    assert "số liệu đang lưu khác số đã chốt" in sentence
