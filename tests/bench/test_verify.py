"""A nation sealed in bulk passes every check, as if its units had sent their reports one by one."""

from __future__ import annotations

import pytest

from nhipcau.bench.nation import AT, build
from nhipcau.bench.sealed import seal_reports
from nhipcau.ops.verify import verify
from nhipcau.reports.models import Seal
from nhipcau.reports.totals.stored import bring_up_to_date

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class _Nobody:
    def begins(self, label: str, size: int) -> None: ...
    def advances(self, count: int) -> None: ...
    def notes(self, note: object) -> None: ...
    def ends(self) -> None: ...


def test_a_nation_sealed_in_bulk_verifies_and_a_changed_seal_is_named() -> None:
    nation = build(units=400, indicators=6, periods=1)
    seal_reports(nation, nation.periods[0])
    bring_up_to_date(nation.version, nation.periods[0], at=AT)
    assert [one.message for one in verify(_Nobody())] == []
    total = Seal.objects.exclude(contributors=b"").order_by("pk")[0]
    Seal.objects.filter(pk=total.pk).update(live=total.own)
    assert any(one.where == f"seal:{total.uid}" for one in verify(_Nobody()))
