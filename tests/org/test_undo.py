"""A reorganisation is undone row by row as long as nothing depends on it, and refused with reasons after that."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db.models import CASCADE

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.org.actions import create_post
from nhipcau.org.journal import pointing_at
from nhipcau.org.models import (
    Appointment,
    Closure,
    Placement,
    Post,
    Reorganisation,
    Role,
    Succession,
    Unit,
    UnitName,
)
from nhipcau.org.reorganising import find_event, objections, undo
from tests.cast import SETUP, Cast, unit
from tests.reorganisations import AFTER, BEFORE, DAY, SPLIT, happen

EVERYTHING = """event,80/QĐ-LĐLĐ,Sắp xếp,,,2026-10-01
thanh-lap,XC,Công đoàn phường Hải Long,commune,T
tach,XB,,,,,,,,,,XC,1/4
sap-nhap,XA,,,,,,,,,,XB
chuyen-giao,B1,,,XC
doi-ten,A1,Công đoàn cơ sở Công ty May Hải Âu II
giai-the,A2
"""
TABLES = (Unit, UnitName, Placement, Post, Appointment, Reorganisation, Succession)


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tree, and the closure without its keys, which are given anew whenever it is derived."""
    found = {model.__name__: sorted(model._default_manager.values_list(), key=str) for model in TABLES}
    derived = Closure.objects.values_list("ancestor", "descendant", "axis", "depth", "valid_from", "valid_to")
    return found | {"Closure": sorted(derived, key=str)}


def undone(decision: str, at: dt.datetime = AFTER) -> None:
    undo(event=find_event(decision), actor=SETUP, at=at)


def refused(decision: str) -> str:
    with pytest.raises(Conflict) as refusal:
        undone(decision)
    return refusal.value.message


@pytest.mark.parametrize("event", [SPLIT, EVERYTHING])
def test_every_row_is_back_as_it_was(cast: Cast, event: str) -> None:
    before = rows()
    decision = happen(event).event.decision
    assert rows() != before
    undone(decision)
    assert rows() == before
    assert Entry.objects.filter(action="org.reorganisation_undone").count() == 1


def test_the_same_file_can_be_taken_again(cast: Cast) -> None:
    happen()
    undone("41/QĐ-LĐLĐ")
    assert happen().fresh


def test_a_later_event_on_the_same_units_must_be_undone_first(cast: Cast) -> None:
    first = rows()
    happen()
    middle = rows()
    happen("event,90/QĐ-LĐLĐ,Đổi tên,,,2026-12-01\ndoi-ten,XC,Công đoàn phường Hải Long Đông\n")
    assert "quyết định 90/QĐ-LĐLĐ từ ngày 01/12/2026 đã dựa vào sự kiện này" in refused("41/QĐ-LĐLĐ")
    undone("90/QĐ-LĐLĐ")
    assert rows() == middle
    undone("41/QĐ-LĐLĐ")
    assert rows() == first


def test_an_event_elsewhere_does_not_stand_in_the_way(cast: Cast) -> None:
    happen()
    happen("event,91/QĐ-LĐLĐ,Đổi tên,,,2026-12-01\ndoi-ten,B1,Công đoàn cơ sở Nhà máy Gạch\n")
    undone("41/QĐ-LĐLĐ")
    assert Reorganisation.objects.get().decision == "91/QĐ-LĐLĐ"


def test_whatever_hangs_on_a_new_unit_stands_in_the_way(cast: Cast) -> None:
    happen()
    create_post(unit=unit("XC"), title="Chủ tịch", roles=[Role.BOARD], start=DAY, actor=SETUP, at=BEFORE)
    assert "đã có 1 chức danh gắn với đơn vị lập bởi sự kiện này" in refused("41/QĐ-LĐLĐ")


def test_a_row_that_was_touched_since_stands_in_the_way(cast: Cast) -> None:
    happen()
    Post.objects.filter(pk=cast.commune_officer.pk).update(valid_to=DAY - dt.timedelta(days=3))
    assert "1 chức danh đã được sửa hoặc bỏ sau sự kiện này" in refused("41/QĐ-LĐLĐ")


def test_an_unknown_decision_is_named(cast: Cast) -> None:
    with pytest.raises(NotFound, match="«1/QĐ»"):
        undone("1/QĐ")
    done = happen().event
    assert find_event(str(done.uid)) == done
    assert objections(done, AFTER) == []


def test_no_app_hides_what_hangs_on_a_unit() -> None:
    """The check reads every relation to a unit from the models themselves, so a new app is covered by itself."""
    models = apps.get_models(include_auto_created=True)
    fields = ((m, f) for m in models for f in m._meta.fields if f.related_model is Unit)
    pointing = {
        (m, f.name)
        for m, f in fields
        if m._meta.auto_created or getattr(f.remote_field, "on_delete", None) is not CASCADE
    }
    assert len(pointing) > 10
    assert pointing <= set(pointing_at(Unit))
