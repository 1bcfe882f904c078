"""Finding a unit as one types: the same units in a small scope and in a large one."""

from __future__ import annotations

import pytest

from nhipcau.core.text import fold
from nhipcau.org import searching
from nhipcau.org.models import UnitName
from nhipcau.org.searching import search_units
from tests.cast import Cast


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("text", ["công", "hai au", "a1", "khong co", "Xã", "o"])
def test_both_ways_find_what_the_scope_sees(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, text: str, *, large: bool
) -> None:
    monkeypatch.setattr(searching, "SMALL", 0 if large else 5000)
    monkeypatch.setattr(searching, "FIRST", 1)
    for officer in (cast.provincial_officer, cast.commune_officer):
        scope = cast.scope(officer)
        holding = UnitName.objects.at(scope.day).filter(folded__contains=fold(text), unit__in=scope.units())
        expected = holding.order_by("sort_key").values_list("unit", flat=True)
        assert [unit.pk for unit in search_units(scope, text)] == list(expected)


@pytest.mark.parametrize("small", [0, 5000])
def test_only_the_first_in_order_come(cast: Cast, monkeypatch: pytest.MonkeyPatch, small: int) -> None:
    monkeypatch.setattr(searching, "SMALL", small)
    scope = cast.scope(cast.provincial_officer)
    every = [unit.pk for unit in search_units(scope, "", limit=100)]
    assert len(every) == scope.units().count()
    assert [unit.pk for unit in search_units(scope, "", limit=2)] == every[:2]
