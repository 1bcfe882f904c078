"""Why a figure changed: what each unit contributes adds up to the difference, and every cause has its name."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, root
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.issuing.corrections import restate
from nhipcau.reports.models import Seal, Submission, TemplateVersion
from nhipcau.reports.sealing.compared import Changed, explain
from nhipcau.reports.sealing.points import Point, point_of
from nhipcau.reports.totals.change import Counted, Stood, by_child, contributions
from nhipcau.reports.totals.stored import mark
from tests import quarterly
from tests.cast import Cast, unit
from tests.org.test_history import Replay, moment
from tests.quarterly import LATER, PERIOD
from tests.reorganisations import happen

NEXT = parse_period("2026-Q2")
LATEST = dt.datetime(2026, 7, 6, 9, 0, tzinfo=LATER.tzinfo)
places = st.integers(1, 6)
lists = st.lists(st.builds(Counted, places, places, places, st.integers(-99, 99)), max_size=12)


@given(lists, lists, lists, st.frozensets(places), st.frozensets(places), st.booleans())
def test_contributions_add_up_whatever_is_compared(
    before: list[Counted],
    carried: list[Counted],
    after: list[Counted],
    then: frozenset[int],
    now: frozenset[int],
    same: bool,
) -> None:
    found = contributions(before, carried, after, Stood(then, now, same))
    assert sum(one.amount for one in found) == sum(one.value for one in after) - sum(one.value for one in before)
    assert all(one.amount for one in found)
    summed = by_child(found)
    assert sum(sum(causes.values()) for causes in summed.values()) == sum(one.amount for one in found)


@pytest.mark.django_db
def test_over_a_random_history_every_figure_of_every_pair_of_periods_is_explained() -> None:
    played = Replay(2026)
    chance, seen = random.Random(7), Counter[str]()
    periods = sorted(map(parse_period, played.reports), key=lambda one: one.first_day())
    for period in periods:
        silent = chance.sample(list(Submission.objects.filter(period=period.key).order_by("unit")), 3)
        for one in silent:
            mark(one)
        Submission.objects.filter(pk__in=[one.pk for one in silent]).delete()
    for before, after in pairwise(periods):
        top = root(after.last_day())
        for looked in (top, *children_of(top, after.last_day())[:2]):
            seen.update(
                one.cause for one in proven(played.version, before, after, looked, played.last).contributions
            )
    assert set(seen) >= {"new", "ended", "reported", "moved_in", "moved_out", "value"}


def proven(version: TemplateVersion, before: Period, after: Period, top: Unit, day: dt.date) -> Changed:
    """Explained, with the difference of the whole and of every child taken apart to the last unit."""
    at = moment(day)
    changed = explain(version=version, indicator="gifts", unit=top, before=Point(before), after=Point(after), at=at)
    assert sum(one.amount for one in changed.contributions) == changed.difference
    causes = by_child(changed.contributions)
    for child, (was, now) in changed.children.items():
        assert sum(causes.get(child, Counter()).values()) == now.value - was.value, child
    return changed


# --- the cast --------------------------------------------------------------------------------------------
@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """In the first quarter the commune gave ten, its first local union three, the other commune one."""
    version = quarterly.publish()
    reported(cast, version, PERIOD, {"local_volunteer": "3", "commune_officer": "10", "stranger": "1"})
    return version


def reported(cast: Cast, version: TemplateVersion, period: Period, gifts: dict[str, str]) -> None:
    at = LATER if period == PERIOD else LATEST
    for name, value in gifts.items():
        post = getattr(cast, name)
        report = quarterly.draft_for(post, version, period, at, gifts=value)
        report = quarterly.send_draft(report, post, at)
        above = cast.commune_officer if name == "local_volunteer" else cast.provincial_officer
        accept(submission=report, actor=above, at=at)


def corrected(cast: Cast, version: TemplateVersion, gifts: str, at: dt.datetime) -> None:
    """The volunteer's report of the first quarter, once more."""
    report = quarterly.draft_for(cast.local_volunteer, version, PERIOD, at, gifts=gifts)
    report = quarterly.send_draft(report, cast.local_volunteer, at)
    accept(submission=report, actor=cast.commune_officer, at=at)


def causes(changed: Changed) -> set[tuple[int, str, int]]:
    return {(one.unit, one.cause, one.amount) for one in changed.contributions}


def between(version: TemplateVersion, top: Unit, before: Point, after: Point, code: str = "gifts") -> Changed:
    return explain(version=version, indicator=code, unit=top, before=before, after=after, at=LATEST)


def test_who_did_not_report_and_who_gave_more_are_told_apart(cast: Cast, version: TemplateVersion) -> None:
    reported(cast, version, NEXT, {"local_volunteer": "5", "commune_officer": "10"})
    changed = between(version, cast.province, Point(PERIOD), Point(NEXT))
    assert (changed.whole[0].value, changed.whole[1].value, changed.difference) == (14, 15, 1)
    assert causes(changed) == {(cast.local.pk, "value", 2), (cast.sibling_commune.pk, "unreported", -1)}
    was, now = changed.children[cast.commune.pk]
    assert (was.value, now.value) == (13, 15)


def test_a_correction_is_a_resubmission_between_a_seal_or_a_moment_and_now(
    cast: Cast, version: TemplateVersion
) -> None:
    later = LATER + dt.timedelta(days=2)
    corrected(cast, version, "7", later)
    sealed = point_of("seal:1", PERIOD, version, cast.commune)
    moment_before = point_of((later - dt.timedelta(hours=1)).isoformat(), PERIOD, version, cast.commune)
    for before in (sealed, moment_before):
        changed = between(version, cast.commune, before, Point(PERIOD))
        assert causes(changed) == {(cast.local.pk, "resubmitted", 4)}
        assert (changed.whole[0].value, changed.whole[1].value) == (13, 17)


def test_between_two_seals_only_what_both_hold_is_compared(cast: Cast, version: TemplateVersion) -> None:
    corrected(cast, version, "7", LATER + dt.timedelta(days=2))
    first = Seal.objects.get(unit=cast.commune, place=1)
    restate(seal=first, reason="Cơ sở sửa số.", actor=cast.commune_officer, at=LATER + dt.timedelta(days=3))
    corrected(cast, version, "1", LATER + dt.timedelta(days=4))
    before, after = (point_of(f"seal:{place}", PERIOD, version, cast.commune) for place in (1, 2))
    assert causes(between(version, cast.commune, before, after)) == {(cast.local.pk, "resubmitted", 4)}
    assert causes(between(version, cast.commune, after, Point(PERIOD))) == {(cast.local.pk, "resubmitted", -6)}


def test_a_unit_that_ended_hands_on_to_its_heirs_and_one_that_moved_leaves_and_comes(
    cast: Cast, version: TemplateVersion
) -> None:
    happen()  # on 1 October: XA ends, two parts to XC and one to XB; A1 moves to XB
    fourth = parse_period("2026-Q4")
    reported(cast, version, fourth, {"local_volunteer": "3"})
    new, other = unit("XC"), cast.sibling_commune
    changed = between(version, cast.province, Point(PERIOD), Point(fourth))
    assert changed.difference == 3 - 14
    assert {(o.child, o.unit, o.of, o.cause, o.amount) for o in changed.contributions} == {
        (cast.commune.pk, cast.commune.pk, cast.commune.pk, "moved_out", -10),
        (new.pk, new.pk, cast.commune.pk, "moved_in", 7),
        (other.pk, other.pk, cast.commune.pk, "moved_in", 3),
        (cast.commune.pk, cast.local.pk, cast.local.pk, "moved_out", -3),
        (other.pk, cast.local.pk, cast.local.pk, "moved_in", 3),
        (new.pk, new.pk, new.pk, "unreported", -7),
        (other.pk, other.pk, other.pk, "unreported", -4),
    }


def test_a_figure_that_is_no_sum_shows_what_it_is_made_of(cast: Cast, version: TemplateVersion) -> None:
    reported(cast, version, NEXT, {"local_volunteer": "5"})
    changed = between(version, cast.province, Point(PERIOD), Point(NEXT), "average")
    assert not changed.additive and not changed.contributions
    assert [term.code for term, _ in changed.terms] == ["gifts", "money"]
    assert changed.terms[0][1] == (Cell(CellState.VALUE, 14), Cell(CellState.VALUE, 5))


def test_periods_the_wrong_way_round_and_what_is_not_there_are_refused(
    cast: Cast, version: TemplateVersion
) -> None:
    with pytest.raises(InvalidInput, match="kỳ trước"):
        between(version, cast.province, Point(NEXT), Point(PERIOD))
    with pytest.raises(NotFound, match="không có chỉ tiêu"):
        between(version, cast.province, Point(PERIOD), Point(NEXT), "weather")
    with pytest.raises(NotFound, match="edition:0"):
        point_of("edition:0", PERIOD, version, cast.province)


def test_a_total_that_the_reports_do_not_give_is_not_explained(cast: Cast, version: TemplateVersion) -> None:
    seal = Seal.objects.get(unit=cast.commune, place=1)
    Seal.objects.filter(pk=seal.pk).update(live=bytes(seal.own))
    with pytest.raises(InvalidInput, match="verify"):
        between(version, cast.commune, point_of("seal:1", PERIOD, version, cast.commune), Point(PERIOD))
