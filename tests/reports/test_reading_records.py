"""The reports of a branch are read by the runs of its units' ids, and no stranger's report comes along."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import Cell, CellState, pack
from nhipcau.org.columns import listed
from nhipcau.org.models import Unit
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals import records
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import PERIOD

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SENT = dt.datetime(2026, 4, 2, 9, 0, tzinfo=VN)
REPORTING = 9


@pytest.fixture
def reported(cast: Cast) -> tuple[TemplateVersion, np.ndarray[Any, Any]]:
    """Units one after another, each with an accepted report that says its place among them."""
    version = quarterly.publish()
    units = Unit.objects.bulk_create(Unit(kind=cast.local.kind) for _ in range(REPORTING))
    Submission.objects.bulk_create(
        Submission(
            unit=unit, version=version, period=PERIOD.key, state=SubmissionState.ACCEPTED, submitted_at=SENT,
            created_at=SENT, payload=pack([Cell(CellState.VALUE, place) for _ in version.cells]),
        )
        for place, unit in enumerate(units)
    )  # fmt: skip
    return version, np.array([unit.pk for unit in units], np.int64)


@pytest.mark.parametrize("near", [1, 2, 3, 32])
@pytest.mark.parametrize("places", [[], [4], [0, 1, 2, 6, 7, 8], [0, 2, 3, 5, 8], list(range(REPORTING))])
def test_exactly_the_units_named_are_read(
    reported: tuple[TemplateVersion, np.ndarray[Any, Any]],
    places: list[int],
    near: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(records, "NEAR", near)
    version, units = reported
    found = [
        (unit, bytes(packed))
        for ids, payloads in records.payloads(version, PERIOD, units[places])
        for unit, packed in zip(ids.tolist(), payloads, strict=True)
    ]
    own = dict(Submission.objects.values_list("unit", "payload"))
    assert sorted(found) == [(unit, bytes(own[unit])) for unit in units[places].tolist()]


def test_a_run_is_named_by_its_ends_and_a_lone_unit_by_itself() -> None:
    ids = np.array([*range(100, 180, 2), 5000, 9000], np.int64)
    assert records._runs(ids) == (listed([100, 5000, 9000]), listed([178, 5000, 9000]))


def test_a_long_run_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "RUN", 4)
    ids = np.array([*range(1, 7), 100], np.int64)
    assert records._runs(ids) == (listed([1, 5, 100]), listed([4, 6, 100]))


def test_a_payload_of_another_length_is_refused_among_others(
    reported: tuple[TemplateVersion, np.ndarray[Any, Any]],
) -> None:
    """Also where what one has too much another has too little."""
    version, units = reported
    own = Submission.objects.order_by("unit")
    longer, shorter = bytes(own[0].payload) + b"\0", bytes(own[1].payload)[:-1]
    Submission.objects.filter(pk=own[0].pk).update(payload=longer)
    Submission.objects.filter(pk=own[1].pk).update(payload=shorter)
    with pytest.raises(InvalidInput, match="bị hỏng"):
        list(records.payloads(version, PERIOD, units))
