"""One decision changes the tree on one day: all of it or nothing, and what ended stays to be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from nhipcau.access.queries import posts_of
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotFound, UnreadableFile
from nhipcau.org.actions import appoint, create_post, import_tree
from nhipcau.org.event_file import read_event
from nhipcau.org.importing import read_rows
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
from nhipcau.org.queries import ancestors_of, children_of, find_unit, name_of
from nhipcau.org.reorganising import preview
from nhipcau.org.scope import Scope
from nhipcau.org.searching import search_units
from nhipcau.org.soundness import orphans
from tests.cast import NOW, SETUP, Cast, unit
from tests.reorganisations import AFTER, BEFORE, DAY, HEAD, SPLIT, file, happen

EVE = DAY - dt.timedelta(days=1)
EVENT = "event,42/QĐ-LĐLĐ,Sắp xếp công đoàn xã,,,2026-10-01\n"


def codes(units: Iterable[Unit]) -> set[str]:
    return set(UnitName.objects.filter(unit__in=units).values_list("code", flat=True))


def refused(rows: str) -> list[str]:
    with pytest.raises(InvalidInput) as refusal:
        happen(EVENT + rows)
    return [str(fault) for fault in refusal.value.faults]


def test_the_tree_is_one_on_the_eve_and_another_on_the_day(cast: Cast) -> None:
    happen()
    assert codes(children_of(cast.province, EVE)) == {"XA", "XB"}
    assert codes(children_of(cast.province, DAY)) == {"XB", "XC"}
    assert codes(children_of(find_unit("XB", DAY), DAY)) == {"A1", "B1"}
    assert [u.pk for u in ancestors_of(cast.other_local, DAY)] == [cast.province.pk, unit("XC").pk]
    assert name_of(cast.commune, DAY).name == "Công đoàn xã An Hải"


def test_the_event_and_its_shares_are_kept_and_logged(cast: Cast) -> None:
    done = happen()
    assert done.fresh
    assert done.names["XA"] == "Công đoàn xã An Hải"
    found = Succession.objects.values_list("predecessor", "successor", "weight")
    assert list(found) == [(cast.commune.pk, unit("XC").pk, 2), (cast.commune.pk, unit("XB").pk, 1)]
    entry = Entry.objects.get(action="org.reorganised")
    assert entry.object == f"reorganisation:{done.event.uid}"
    assert "Sắp xếp" not in entry.data


def test_posts_and_their_holders_end_with_the_unit(cast: Cast) -> None:
    happen()
    account = cast.account(cast.commune_officer)
    assert list(posts_of(account, EVE)) == [cast.commune_officer]
    assert list(posts_of(account, DAY)) == []
    assert list(posts_of(cast.account(cast.local_volunteer), DAY)) == [cast.local_volunteer]


def test_departments_end_with_their_office(cast: Cast) -> None:
    office = "code,name,kind,parent,from\nXA.VP,Văn phòng,department,XA,2026-01-01\n"
    import_tree(rows=read_rows(office.encode()), actor=SETUP, at=NOW)
    happen()
    assert not Placement.objects.at(DAY).filter(child=unit("XA.VP")).exists()


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    first = happen()
    shuffled = "\n".join(sorted(SPLIT.strip().splitlines()))
    again = happen(shuffled)
    assert (again.event, again.fresh) == (first.event, False)
    assert Reorganisation.objects.count() == Entry.objects.filter(action="org.reorganised").count() == 1


def test_the_same_decision_with_other_rows_is_a_conflict(cast: Cast) -> None:
    happen()
    with pytest.raises(Conflict, match="41/QĐ-LĐLĐ"):
        happen(SPLIT.replace("XC,2", "XC,3"))


def test_a_unit_takes_another_name_and_code(cast: Cast) -> None:
    happen(EVENT + "rename,XA,Công đoàn phường An Hải,,,,XAP,CĐP\nmove,B1,,,XAP\n")
    now = name_of(cast.commune, DAY)
    assert (now.code, now.symbol, now.place) == ("XAP", "CĐP", "An Hải")
    assert (name_of(cast.commune, EVE).code, find_unit("XAP", DAY)) == ("XA", cast.commune)
    assert codes(children_of(cast.commune, DAY)) >= {"A1", "A2", "B1"}


def test_a_code_freed_that_day_may_be_given_again(cast: Cast) -> None:
    happen(EVENT + "end,B1\nbegin,B1,Công đoàn cơ sở Nhà máy Gạch Sơn Ca,local,XB\nsucceed,B1,,,,,,,,,,XB\n")
    assert find_unit("B1", EVE) == cast.sibling_local != find_unit("B1", DAY)


def test_a_new_root_takes_the_place_of_the_old_one(cast: Cast) -> None:
    rows = "end,T\nbegin,TG,Liên đoàn Lao động tỉnh Giang Hải,province,\nmove,XA,,,TG\nmove,XB,,,TG\n"
    happen(EVENT + rows + "succeed,T,,,,,,,,,,TG\n")
    assert [u.pk for u in ancestors_of(cast.local, DAY)] == [unit("TG").pk, cast.commune.pk]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("end,KHONG\n", "dòng 3: ngày 30/09/2026 không có đơn vị nào mang mã «KHONG»"),
        ("begin,XB,Công đoàn xã Mới,commune,T\n", "dòng 3: mã «XB» đang là của"),
        ("begin,XC,Công đoàn xã Mới,nope,T\n", "dòng 3: loại đơn vị «nope» không có"),
        ("begin,XC,Công đoàn xã Mới,commune,ZZ\n", "dòng 3: cấp trên «ZZ» không có"),
        ("move,A1,,,XA\n", "dòng 3: «A1» vốn đã trực thuộc «XA»"),
        ("end,XA\n", "A1: «Công đoàn cơ sở Công ty May Hải Âu» vẫn trực thuộc «Công đoàn xã An Hải»"),
        ("end,XA\nmove,A1,,,XA\n", "dòng 4: cấp trên «XA» không có trong tệp và không còn"),
        ("succeed,XA,,,,,,,,,,XB\n", "dòng 3: «XA» không chấm dứt trong tệp này"),
        ("end,B1\nsucceed,B1,,,,,,,,,,XZ\n", "dòng 4: đơn vị kế thừa «XZ» không còn"),
        ("end,T\n", "dòng 3: «T» đứng đầu cây"),
        ("begin,Z,Liên đoàn khác,province,\n", "dòng 3: cột parent trống, mà cây đã có «T» đứng đầu"),
        ("move,XA,,,A1\n", "các đơn vị này nằm dưới chính mình"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_by_its_row_and_nothing_is_changed(cast: Cast, rows: str, says: str) -> None:
    links = sorted(Placement.objects.values_list())
    closure = Closure.objects.count()
    assert any(says in fault for fault in refused(rows)), says
    assert sorted(Placement.objects.values_list()) == links
    assert (Closure.objects.count(), Reorganisation.objects.count()) == (closure, 0)


def test_events_are_taken_in_the_order_of_their_days(cast: Cast) -> None:
    happen()
    earlier = "event,40/QĐ-LĐLĐ,Điều chuyển,,,2026-09-01\nmove,A1,,,XB\n"
    with pytest.raises(InvalidInput) as refusal:
        happen(earlier)
    assert "đã có thay đổi khác từ ngày 01/10/2026" in str(refusal.value.faults[0])


def test_a_post_that_has_not_begun_stops_the_end_of_its_unit(cast: Cast) -> None:
    create_post(
        unit=cast.sibling_local, title="Văn thư", roles=[Role.CLERK], start=AFTER.date(), actor=SETUP, at=NOW
    )
    assert any("chỉ bắt đầu từ 02/10/2026" in fault for fault in refused("end,B1\n"))


def test_an_appointment_that_has_not_begun_stops_it_too(cast: Cast) -> None:
    seat = Post.objects.create(unit=cast.sibling_local, title="Chủ tịch", roles=[], valid_from=BEFORE.date())
    person = Appointment.objects.get(post=cast.stranger).person
    appoint(post=seat, person=person, start=AFTER.date(), actor=SETUP, at=NOW)
    assert any("đã phân công người từ 02/10/2026" in fault for fault in refused("end,B1\n"))


def test_a_rehearsal_shows_the_tree_to_be_and_leaves_nothing(cast: Cast) -> None:
    event = read_event(file(SPLIT))
    done = preview(event=event, actor=SETUP, at=BEFORE)
    assert (done.fresh, done.event.decision) == (True, "41/QĐ-LĐLĐ")
    seen = {part.name: [(one.unit, one.what, one.to) for one in part.effects] for part in done.touched}
    assert seen["posts"] == [("Công đoàn xã An Hải", "Chủ tịch công đoàn xã", "")]
    assert seen["units"] == [
        ("Công đoàn xã An Hải", "kết thúc", "Công đoàn phường Hải Long, Công đoàn phường Bình Sơn"),
        ("Công đoàn phường Hải Long", "thành lập", ""),
        ("Công đoàn cơ sở Công ty May Hải Âu", "đổi cấp trên (lãnh thổ)", "Công đoàn phường Bình Sơn"),
        ("Công đoàn cơ sở Trường Tiểu học Hải Long", "đổi cấp trên (lãnh thổ)", "Công đoàn phường Hải Long"),
    ]
    assert codes(children_of(cast.province, DAY)) == {"XA", "XB"}
    assert not Reorganisation.objects.exists()
    assert not Entry.objects.filter(action="org.reorganised").exists()


def test_a_name_the_boundary_refuses_is_refused_here_too(cast: Cast) -> None:
    rows = EVENT + "begin,XC,Tổ theo dõi quan điểm chính trị của đoàn viên,commune,T\n"
    with pytest.raises(BoundaryRefused):
        happen(rows)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("", "đúng một dòng «event»"),
        (EVENT + EVENT, "trùng với dòng 2"),
        (EVENT + "vanish,XA\n", "việc «vanish» không có"),
        (EVENT + "begin,XC,,commune,T\n", "cột name trống"),
        (EVENT + "end,XA\nend,XA\n", "trùng với dòng 3"),
        (EVENT + "end,XA\nmove,XA,,,T\n", "«XA» đã chấm dứt ở dòng 3"),
        (EVENT + "succeed,XA,,,,,,,,,,XB,0\n", "phần «0» phải là số nguyên từ 1"),
        (EVENT + "succeed,XA,,,,,,,,,,XB,1/3\n", "phần «1/3»"),
        ("event,1/QĐ,Sắp xếp,,,hôm nay\n", "ngày «hôm nay» không đọc được"),
    ],
)  # fmt: skip
def test_a_file_is_read_with_every_fault_by_row(rows: str, says: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_event(file(rows or "end,XA\n"))
    assert any(says in str(fault) for fault in refusal.value.faults)


def test_a_file_without_the_columns_says_which() -> None:
    with pytest.raises(UnreadableFile, match="thiếu cột action"):
        read_event(b"code,name\n")
    assert read_event(f"{HEAD}\n{EVENT}".replace(",", ";").encode()).decision.number == "42/QĐ-LĐLĐ"


# What a post sees over time ------------------------------------------------------------------------------


def test_the_province_still_sees_the_commune_that_ended_and_hands_it_no_work(cast: Cast) -> None:
    happen()
    scope = Scope(cast.provincial_officer, AFTER)
    assert scope.sees(cast.commune)
    assert scope.get_unit(cast.commune.uid) == cast.commune
    assert cast.commune not in scope.units()
    assert list(search_units(scope, "an hai")) == []


def test_before_the_day_nothing_has_changed_in_what_is_seen(cast: Cast) -> None:
    happen()
    assert codes(Scope(cast.commune_officer, BEFORE).units_ever()) == {"XA", "A1", "A2"}
    assert not Scope(cast.provincial_officer, BEFORE).sees(unit("XC"))


def test_a_unit_that_was_transferred_is_out_of_sight_for_the_branch_it_left(cast: Cast) -> None:
    happen(EVENT + "move,A1,,,XB\n")
    former, present = Scope(cast.commune_officer, AFTER), Scope(cast.stranger, AFTER)
    assert codes(former.units_ever()) == {"XA", "A2"}
    assert codes(present.units_ever()) == {"XB", "A1", "B1"}
    with pytest.raises(NotFound):
        former.get_unit(cast.local.uid)


def test_a_unit_that_ended_after_its_transfer_is_seen_where_it_lay_last(cast: Cast) -> None:
    happen(EVENT + "move,A1,,,XB\n")
    happen("event,50/QĐ-LĐLĐ,Giải thể,,,2026-12-01\nend,A1\n")
    later = AFTER + dt.timedelta(days=90)
    assert not Scope(cast.commune_officer, later).sees(cast.local)
    assert Scope(cast.stranger, later).sees(cast.local)
    assert Scope(cast.provincial_officer, later).sees(cast.local)


def test_what_ended_below_a_unit_that_was_transferred_stays_with_whoever_had_it_above(cast: Cast) -> None:
    more = "code,name,kind,parent,from\nT2,Liên đoàn khác,province,T,2020-01-01\n"
    import_tree(rows=read_rows(more.encode()), actor=SETUP, at=NOW)
    happen(EVENT + "end,B1\n")
    happen("event,51/QĐ-LĐLĐ,Chuyển giao,,,2026-12-01\nmove,XB,,,T2\n")
    later = AFTER + dt.timedelta(days=90)
    seat = create_post(
        unit=unit("T2"), title="Chủ tịch", roles=[Role.BOARD], start=BEFORE.date(), actor=SETUP, at=NOW
    )
    assert codes(Scope(seat, later).units_ever()) == {"T2", "XB"}
    assert Scope(cast.stranger, later).sees(cast.sibling_local)


def test_orphans_are_found_at_the_start_and_where_a_superior_stops_early(cast: Cast) -> None:
    assert list(orphans()) == []
    place = Placement.objects.get(child=cast.commune)
    Placement.objects.filter(pk=place.pk).update(valid_to=DAY)
    assert {row.child_id for row in orphans()} == {cast.local.pk, cast.other_local.pk}
    Placement.objects.create(child=cast.commune, parent=cast.sibling_commune, valid_from=DAY)
    assert list(orphans()) == []
    Placement.objects.filter(pk=place.pk).update(valid_from=dt.date(2026, 1, 1))
    assert {row.child_id for row in orphans()} == {cast.local.pk, cast.other_local.pk}


def test_a_rehearsed_fault_is_told_as_the_real_one(cast: Cast) -> None:
    event = read_event(file(EVENT + "end,XA\n"))
    with pytest.raises(InvalidInput, match="chưa ghi gì"):
        preview(event=event, actor=SETUP, at=BEFORE)
