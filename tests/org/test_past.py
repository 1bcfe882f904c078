"""What a day changed, what a unit has been, and the tree of a day gone by, as far as a post may see."""

from __future__ import annotations

import datetime as dt

from nhipcau.org.browsing import below, days_of_change, parents, sizes, way_down
from nhipcau.org.past import BEGUN, ENDED, MOVED, RENAMED, changes_on, life_of
from nhipcau.org.scope import Scope
from nhipcau.org.searching import search_units
from tests.cast import TODAY, Cast, unit
from tests.reorganisations import AFTER, BEFORE, DAY, happen

RENAMING = """event,42/QĐ-LĐLĐ,Đổi tên,,,2026-10-01
rename,A1,Công đoàn cơ sở Công ty May Biển Xanh
"""


def of_the_province(cast: Cast) -> Scope:
    return cast.scope(cast.provincial_officer, AFTER)


def told(scope: Scope) -> dict[str, list[tuple[str, str, str]]]:
    return {sort.code: [(one.name, one.before, one.after) for one in sort.rows] for sort in changes_on(scope, DAY)}


def test_a_day_says_who_began_ended_and_moved(cast: Cast) -> None:
    happen()
    found = told(of_the_province(cast))
    province, an_hai = "Liên đoàn Lao động tỉnh Đông Giang", "Công đoàn xã An Hải"
    hai_long, binh_son = "Công đoàn phường Hải Long", "Công đoàn phường Bình Sơn"
    assert found[BEGUN] == [(hai_long, "", province)]
    assert found[ENDED] == [(an_hai, province, f"{hai_long}; {binh_son}")]
    assert [(before, after) for _, before, after in found[MOVED]] == [(an_hai, binh_son), (an_hai, hai_long)]
    assert found[RENAMED] == []


def test_a_new_name_stands_beside_the_old_one(cast: Cast) -> None:
    happen(RENAMING)
    new, old = "Công đoàn cơ sở Công ty May Biển Xanh", "Công đoàn cơ sở Công ty May Hải Âu"
    assert told(of_the_province(cast))[RENAMED] == [(new, old, new)]


def test_a_sibling_is_told_nothing_of_another_branch(cast: Cast) -> None:
    happen(RENAMING)
    assert [sort.total for sort in changes_on(cast.scope(cast.stranger, AFTER), DAY)] == [0, 0, 0, 0]


def test_the_days_of_change_are_the_days_of_the_branch(cast: Cast) -> None:
    assert days_of_change(cast.commune) == [dt.date(2025, 7, 1)]
    happen()
    assert days_of_change(cast.commune) == [dt.date(2025, 7, 1), DAY]
    assert days_of_change(cast.province) == [dt.date(2020, 1, 1), dt.date(2025, 7, 1), DAY]


def test_the_tree_of_yesterday_stays_what_it_was(cast: Cast) -> None:
    happen()
    scope, eve = of_the_province(cast), DAY - dt.timedelta(days=1)
    assert {one.pk for one in below(scope, cast.province, eve)} == {cast.commune.pk, cast.sibling_commune.pk}
    assert {one.pk for one in below(scope, cast.province, DAY)} == {unit("XC").pk, cast.sibling_commune.pk}
    assert sizes([cast.commune.pk, cast.sibling_commune.pk], eve) == {
        cast.commune.pk: 2,
        cast.sibling_commune.pk: 1,
    }


def test_a_unit_transferred_since_is_no_longer_shown_to_the_branch_it_left(cast: Cast) -> None:
    happen("event,43/QĐ-LĐLĐ,Chuyển giao,,,2026-10-01\nmove,A1,,,XB\n")
    left = below(cast.scope(cast.commune_officer, AFTER), cast.commune, TODAY)
    assert [one.pk for one in left] == [cast.other_local.pk]


def test_what_has_ended_is_found_in_the_tree_of_its_day(cast: Cast) -> None:
    happen()
    scope = of_the_province(cast)
    assert list(search_units(scope, "xa an hai")) == []
    assert list(search_units(scope, "xa an hai", day=BEFORE.date())) == [cast.commune]


def test_a_unit_tells_its_places_predecessors_and_heirs(cast: Cast) -> None:
    happen()
    gone, born = life_of(cast.commune), life_of(unit("XC"))
    assert [(one.text, one.end) for one in gone.places] == [("Liên đoàn Lao động tỉnh Đông Giang", DAY)]
    assert {one.name for one in gone.heirs} == {"Công đoàn phường Hải Long", "Công đoàn phường Bình Sơn"}
    assert [(one.name, one.decision) for one in born.predecessors] == [("Công đoàn xã An Hải", "41/QĐ-LĐLĐ")]
    assert len(life_of(cast.local).places) == 2


def test_the_way_down_starts_at_the_own_unit(cast: Cast) -> None:
    way = way_down(of_the_province(cast), cast.local, TODAY)
    assert [one for one, _ in way] == [cast.province, cast.commune]
    assert way_down(cast.scope(cast.commune_officer), cast.commune, TODAY) == []
    assert parents([cast.local.pk, cast.province.pk], TODAY) == {cast.local.pk: "Công đoàn xã An Hải"}


def test_the_first_day_of_the_calendar_has_no_eve_and_is_answered_all_the_same(cast: Cast) -> None:
    assert not any(sort.total for sort in changes_on(cast.scope(cast.provincial_officer), dt.date.min))
