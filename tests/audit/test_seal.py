"""The chain over the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from nhipcau.audit import actions
from nhipcau.audit.actions import link, record, seal
from nhipcau.audit.models import Entry
from tests.cast import NOW, SETUP

pytestmark = pytest.mark.django_db


def write(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW, data={"created": number})


def test_places_are_without_gap_and_every_link_binds_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "SEAL_BATCH", 2)
    write(5)
    assert seal(at=NOW) == 5
    previous = ""
    for place, entry in enumerate(Entry.objects.order_by("seq"), start=1):
        assert entry.seq == place
        assert entry.chain == link(previous, place, entry.digest)
        previous = entry.chain


def test_sealing_again_adds_nothing() -> None:
    write(2)
    seal(at=NOW)
    assert seal(at=NOW) == 0


def test_the_head_is_written_beside_the_data(data_dir: Path) -> None:
    write(3)
    seal(at=NOW)
    last = Entry.objects.get(seq=3)
    assert (data_dir / "anchors" / "audit.log").read_text().startswith(f"3 {last.chain} ")
