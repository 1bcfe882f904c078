"""The invented nation of the benches: the product's own checks find it sound, and it is the same every time."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from nhipcau.bench.nation import AT, FOUNDED, build
from nhipcau.bench.shape import shape
from nhipcau.org.bulk import fill
from nhipcau.org.models import Closure, Placement, Unit, UnitKind, UnitName
from nhipcau.org.queries import ancestors_of, root
from nhipcau.org.verifying import TreeProof
from nhipcau.reports.totals.consolidation import consolidate

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_nation_is_a_sound_tree_with_a_history_and_reports() -> None:
    nation = build(units=400, indicators=12, periods=4)
    assert list(TreeProof().findings(lambda _: None)) == []
    assert Placement.objects.exclude(valid_to=None).count() == len(nation.shape.child) - 400 > 0
    top = root(nation.day)
    found = consolidate(version=nation.version, period=nation.periods[-1], unit=top, at=AT)
    assert found.coverage.expected == 399
    assert 0 < found.coverage.missing < 20
    assert found.cells["so_0"].value > 0


def test_every_unit_hangs_under_the_top_on_every_day() -> None:
    nation = build(units=300, indicators=4, periods=3, reports=False)
    for boundary in range(3):
        below = Closure.objects.at(nation.on(boundary)).filter(ancestor=root(nation.day))
        assert below.count() == 300
    member = Unit.objects.get(pk=int(nation.keys[-1]))
    assert [unit.kind.code for unit in ancestors_of(member, nation.day)][:3] == [
        "confederation",
        "province",
        "district",
    ]


def test_the_same_sizes_give_the_same_nation() -> None:
    one, other = shape(2000, 7, 0.0075), shape(2000, 7, 0.0075)
    for column in ("level", "child", "parent", "since", "until"):
        assert np.array_equal(getattr(one, column), getattr(other, column))


def test_rows_filled_in_bulk_are_as_the_product_would_write_them() -> None:
    kind = UnitKind.objects.get(code="local")
    unit = Unit.objects.create(kind=kind)
    fill(
        UnitName, {"unit_id": [unit.pk], "code": ["X1"], "name": ["Tên"]}, {"valid_from": FOUNDED, "folded": "ten"}
    )
    written = UnitName.objects.get(unit=unit)
    assert (written.code, written.name, written.folded, written.valid_from) == ("X1", "Tên", "ten", FOUNDED)
    assert (written.valid_to, written.symbol) == (None, "")
    assert isinstance(written.valid_from, dt.date)
