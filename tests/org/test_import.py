"""The tree from a file: all of it or nothing, and every fault by row."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.org import actions
from nhipcau.org.actions import import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Closure, Unit, UnitName
from tests.cast import NOW, SETUP, TREE

HEAD = "code,name,kind,parent,from\n"


def bring(text: str) -> None:
    import_tree(rows=read_rows(text.encode()), actor=SETUP, at=NOW)


@pytest.mark.django_db
def test_the_file_becomes_units_names_places_and_closure() -> None:
    bring(TREE)
    assert Unit.objects.count() == 6
    assert Closure.objects.filter(ancestor=UnitName.objects.get(code="T").unit).count() == 6


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("many", [6, 7])
def test_the_database_looks_anew_at_a_tree_that_came_at_once(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MANY", many)
    with CaptureQueriesContext(connection) as said:
        bring(TREE)
    looked_at = {one["sql"].split()[1].strip('"') for one in said if one["sql"].startswith("ANALYZE")}
    assert looked_at == ({"org_unit", "org_unitname", "org_placement", "org_closure"} if many == 6 else set())


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing() -> None:
    bring(TREE)
    done = import_tree(rows=read_rows(TREE.encode()), actor=SETUP, at=NOW)
    assert (done.created, done.unchanged) == (0, 6)


@pytest.mark.django_db
def test_every_wrong_row_is_named_and_none_is_imported() -> None:
    text = (
        HEAD
        + "T,Liên đoàn,province,,2020-01-01\nA,Công đoàn A,nope,T,2020-01-01\nB,Công đoàn B,local,Z,2020-01-01\n"
    )
    with pytest.raises(InvalidInput) as refusal:
        bring(text)
    assert [fault.where for fault in refusal.value.faults] == ["dòng 3", "dòng 4"]
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_a_cycle_is_named_by_its_codes() -> None:
    text = HEAD + "A,Công đoàn A,commune,B,2020-01-01\nB,Công đoàn B,commune,A,2020-01-01\n"
    with pytest.raises(InvalidInput, match="vòng") as refusal:
        bring(text)
    assert refusal.value.faults[0].where in {"A → B → A", "B → A → B"}
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_a_known_code_under_another_name_is_a_fault() -> None:
    bring(TREE)
    with pytest.raises(InvalidInput) as refusal:
        bring(HEAD + "A1,Tên khác hẳn,local,XA,2025-07-01\n")
    assert "đã là" in refusal.value.faults[0].message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new"), [(",420", ",421"), (",XA,2025-07-01,CĐCS,An Hải,35", ",XB,2025-07-01,CĐCS,An Hải,35")]
)
def test_a_row_that_differs_in_anything_is_not_called_unchanged(old: str, new: str) -> None:
    bring(TREE)
    assert old in TREE
    with pytest.raises(InvalidInput, match="1 lỗi"):
        bring(TREE.replace(old, new))


@pytest.mark.django_db
def test_a_unit_named_for_a_refused_purpose_is_refused() -> None:
    with pytest.raises(BoundaryRefused):
        bring(HEAD + "X,Tổ theo dõi bình luận của đoàn viên trên Facebook,local,,2020-01-01\n")
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "trống"),
        ("mã,tên\n1,2\n".encode(), "thiếu cột"),
        ("code,name\n".encode("utf-16"), "UTF-8"),
        ((HEAD + 'A,"chưa đóng,local,,2020-01-01').encode(), "CSV"),
    ],
)
def test_an_unreadable_file_says_why(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_rows(data)


def test_a_row_lists_all_that_is_wrong_with_it() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_rows((HEAD.replace("\n", ",members\n") + "A,,local,,31-13-2020,nhiều\n").encode())
    says = " ".join(fault.message for fault in refusal.value.faults)
    assert "name trống" in says
    assert "31-13-2020" in says
    assert "nhiều" in says
