"""A tree that was touched says so, and where."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Closure, Placement, Unit, UnitName
from tests.cast import Cast
from tests.ops.tampering import sentences, sql, without_rules

START, LATER = dt.date(2025, 7, 1), dt.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def tree(cast: Cast) -> Cast:
    return cast


def closure_row(above: Unit, below: Unit) -> Closure:
    return Closure.objects.get(ancestor=above, descendant=below)


def test_an_untouched_tree_is_clean() -> None:
    assert sentences() == []


def test_a_changed_closure_row_is_named_once(tree: Cast) -> None:
    Closure.objects.filter(pk=closure_row(tree.province, tree.local).pk).update(depth=1)
    assert sentences() == [
        "Bao đóng của cây lãnh thổ: dòng «A1» dưới «T» bị đổi "
        "(đúng ra: 2 bậc, từ 01/07/2025; đang ghi: 1 bậc, từ 01/07/2025)."
    ]


def test_a_deleted_closure_row_is_named(tree: Cast) -> None:
    closure_row(tree.commune, tree.local).delete()
    (said,) = sentences()
    assert said.startswith("Bao đóng của cây lãnh thổ: dòng «A1» dưới «XA» bị xóa (đúng ra: 1 bậc")


def test_a_closure_row_that_follows_from_nothing_is_named(tree: Cast) -> None:
    Closure.objects.create(
        ancestor=tree.sibling_commune,
        descendant=tree.local,
        axis="territory",
        depth=1,
        valid_from=dt.date(2025, 7, 1),
    )
    (said,) = sentences()
    assert said.startswith("Bao đóng của cây lãnh thổ: dòng «A1» dưới «XB» thừa (đúng ra: không có")


def test_closure_rows_that_follow_on_each_other_say_the_same(tree: Cast) -> None:
    row = closure_row(tree.province, tree.local)
    day = dt.date(2026, 1, 1)
    Closure.objects.filter(pk=row.pk).update(valid_to=day)
    Closure.objects.create(
        ancestor=row.ancestor, descendant=row.descendant, axis=row.axis, depth=row.depth, valid_from=day
    )
    assert sentences() == []


def test_a_cycle_is_named_unit_by_unit(tree: Cast) -> None:
    sql("UPDATE org_placement SET parent_id = %s WHERE child_id = %s", tree.local.pk, tree.commune.pk)
    assert any("có vòng: " in said and "«XA»" in said and "«A1»" in said for said in sentences())


def test_a_superior_that_left_the_tree_is_named(tree: Cast) -> None:
    sql("DELETE FROM org_closure WHERE ancestor_id = %s OR descendant_id = %s", *[tree.sibling_commune.pk] * 2)
    sql("DELETE FROM org_placement WHERE child_id = %s", tree.sibling_commune.pk)
    said = sentences()
    assert "«B1» trực thuộc «XB», đơn vị không có trong cây lãnh thổ từ 01/07/2025." in said
    assert "«XB» không có chỗ trong cây tổ chức từ 01/07/2025." in said


def test_a_gap_between_two_places_is_named(tree: Cast) -> None:
    sql("UPDATE org_placement SET valid_to = '2025-10-01' WHERE child_id = %s", tree.local.pk)
    Placement.objects.create(child=tree.local, parent=tree.commune, valid_from=dt.date(2025, 11, 1))
    sql("DELETE FROM org_closure WHERE descendant_id = %s", tree.local.pk)
    for above, depth in ((tree.local, 0), (tree.commune, 1), (tree.province, 2)):
        for start, end in ((dt.date(2025, 7, 1), dt.date(2025, 10, 1)), (dt.date(2025, 11, 1), None)):
            Closure.objects.create(
                ancestor=above, descendant=tree.local, axis="territory", depth=depth, valid_from=start, valid_to=end
            )
    assert sentences() == ["«A1» không có chỗ trong cây tổ chức từ 01/10/2025 đến trước 01/11/2025."]


def test_two_places_at_once_are_named(tree: Cast) -> None:
    without_rules("org_placement")
    sql(
        "INSERT INTO org_placement (id, child_id, parent_id, axis, valid_from) "
        "VALUES (999, %s, %s, 'territory', '2026-01-01')",
        tree.local.pk,
        tree.sibling_commune.pk,
    )
    assert "«A1» cùng lúc ở hai chỗ trong cây lãnh thổ từ 01/01/2026." in sentences()


def test_a_unit_with_a_name_and_no_place_is_named(tree: Cast) -> None:
    lost = Unit.objects.create(uid=new_uid(), kind=tree.local.kind)
    UnitName.objects.create(
        unit=lost,
        code="C9",
        name="Công đoàn cơ sở Bến Đò",
        sort_key="c",
        folded="c",
        valid_from=dt.date(2026, 1, 1),
    )
    assert sentences() == ["«C9» không có chỗ trong cây tổ chức từ 01/01/2026."]
