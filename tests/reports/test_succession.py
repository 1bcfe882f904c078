"""What an ended or divided unit leaves: where its figures come to stand, and who answers for its duty."""

from __future__ import annotations

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.reports.totals.succession import Division, Heirs, carry, home_of, indicators_of

WARD, CITY, PORT, FERRY = 1, 2, 3, 9  # three local unions that go on, and the one whose report is looked at


def test_who_went_through_nothing_keeps_its_report() -> None:
    assert carry(FERRY, [7, -2], Heirs()) == {FERRY: [7, -2]}
    assert home_of(FERRY, Heirs()) == FERRY
    assert FERRY not in Heirs()


@pytest.mark.parametrize(
    ("shares", "landed"),
    [
        ([(WARD, 1)], {WARD: [10, 3]}),
        ([(WARD, 1), (CITY, 1)], {WARD: [5, 2], CITY: [5, 1]}),
        ([(WARD, 3), (CITY, 1), (PORT, 0)], {WARD: [8, 2], CITY: [2, 1]}),
        ([(FERRY, 1), (WARD, 1)], {FERRY: [5, 2], WARD: [5, 1]}),
        ([(WARD, 1), (CITY, 100)], {WARD: [0, 0], CITY: [10, 3]}),
    ],
)
def test_figures_go_to_the_heirs_in_their_shares(
    shares: list[tuple[int, int]], landed: dict[int, list[int]]
) -> None:
    heirs = Heirs({FERRY: [Division(0, shares)]})
    assert FERRY in heirs
    assert carry(FERRY, [10, 3], heirs) == landed


def test_what_an_heir_has_goes_on_by_its_own_later_divisions_only() -> None:
    heirs = Heirs(
        {FERRY: [Division(4, [(WARD, 1), (CITY, 1)])], WARD: [Division(3, [(PORT, 1)]), Division(5, [(CITY, 1)])]}
    )
    assert carry(FERRY, [9], heirs) == {CITY: [9]}
    assert home_of(FERRY, heirs) == CITY


def test_one_event_does_not_hand_on_twice_what_it_gave() -> None:
    heirs = Heirs({FERRY: [Division(4, [(WARD, 1)])], WARD: [Division(4, [(PORT, 1)])]})
    assert carry(FERRY, [9], heirs) == {WARD: [9]}
    assert home_of(FERRY, heirs) == WARD


def test_what_fell_to_the_level_above_goes_on_with_it_in_the_same_event() -> None:
    heirs = Heirs({FERRY: [Division(4, [(WARD, 1)], fallen=True)], WARD: [Division(4, [(CITY, 1)], fallen=True)]})
    assert carry(FERRY, [9], heirs) == {CITY: [9]}
    assert home_of(FERRY, heirs) == CITY


def test_a_report_made_after_an_event_is_not_divided_by_it() -> None:
    divisions = {FERRY: [Division(4, [(WARD, 1)]), Division(6, [(CITY, 1)])]}
    for since, heir in ((4, WARD), (5, CITY), (6, CITY), (7, FERRY)):
        heirs = Heirs(divisions, since={FERRY: since})
        assert (carry(FERRY, [9], heirs), home_of(FERRY, heirs)) == ({heir: [9]}, heir)
        assert (FERRY in heirs) == (heir != FERRY)


def test_a_unit_to_which_its_figures_come_back_is_no_circle() -> None:
    there_and_back = {
        FERRY: [Division(4, [(WARD, 1)]), Division(6, [(CITY, 1)])],
        WARD: [Division(5, [(FERRY, 1)])],
    }
    assert (carry(FERRY, [9], Heirs(there_and_back)), home_of(FERRY, Heirs(there_and_back))) == ({CITY: [9]}, CITY)


def test_single_figures_may_have_shares_of_their_own() -> None:
    gifts = {"gifts": [(WARD, 1), (CITY, 3)]}
    heirs = Heirs({FERRY: [Division(0, [(WARD, 1)], special=gifts)]})
    keys = ["people", "gifts", "gifts[giver=upper]"]
    assert carry(FERRY, [8, 8, 4], heirs, indicators_of(keys)) == {WARD: [8, 2, 1], CITY: [0, 6, 3]}


def test_what_comes_by_two_ways_is_added() -> None:
    heirs = Heirs(
        {
            FERRY: [Division(0, [(WARD, 1), (CITY, 1)])],
            WARD: [Division(1, [(PORT, 1)])],
            CITY: [Division(1, [(PORT, 1)])],
        }
    )
    assert carry(FERRY, [7, 1], heirs) == {PORT: [7, 1]}


def test_a_report_without_figures_still_comes_to_the_heirs() -> None:
    assert carry(FERRY, [], Heirs({FERRY: [Division(0, [(WARD, 1), (CITY, 0)])]})) == {WARD: []}


@pytest.mark.parametrize(
    ("shares", "home"),
    [
        ([(WARD, 1), (CITY, 2)], CITY),
        ([(WARD, 2), (CITY, 2)], WARD),
        ([(CITY, 2), (WARD, 2)], CITY),
        ([(WARD, 5), (FERRY, 1)], FERRY),
    ],
)
def test_the_duty_stays_with_who_goes_on_else_with_the_largest_heir_the_first(
    shares: list[tuple[int, int]], home: int
) -> None:
    assert home_of(FERRY, Heirs({FERRY: [Division(0, shares)]})) == home


def test_what_does_not_stand_on_the_day_is_counted_by_the_first_above_that_does() -> None:
    heirs = Heirs(above={FERRY: WARD, WARD: CITY})
    assert FERRY in heirs
    assert (carry(FERRY, [7], heirs), home_of(FERRY, heirs)) == ({CITY: [7]}, CITY)


@pytest.mark.parametrize(
    "heirs",
    [
        Heirs(above={FERRY: WARD, WARD: FERRY}),
        Heirs({FERRY: [Division(0, [(WARD, 1)], fallen=True)], WARD: [Division(0, [(FERRY, 1)], fallen=True)]}),
    ],
)
def test_a_circle_is_told_and_not_followed_for_ever(heirs: Heirs) -> None:
    with pytest.raises(InvalidInput, match="vòng tròn"):
        carry(FERRY, [1], heirs)
    with pytest.raises(InvalidInput, match="vòng tròn"):
        home_of(FERRY, heirs)
