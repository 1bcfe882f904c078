"""A log that was touched says so, and where."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.db import transaction

from nhipcau.audit import verifying
from nhipcau.audit.actions import digest, link, record, seal
from nhipcau.audit.models import Entry, Head
from tests.cast import NOW, SETUP
from tests.ops.tampering import differences, notes, sentences, sql, without_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "ANCHOR_PATIENCE", 0)


def write(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW, data={"created": number})


@pytest.fixture
def log(data_dir: Path) -> Path:
    """Nine entries, sealed three by three; the file of the anchors."""
    for _ in range(3):
        write(3)
        seal(at=NOW)
    return data_dir / "anchors" / "audit.log"


def own_digest(entry: Entry) -> str:
    return digest(at=entry.at, actor=entry.actor, action=entry.action, obj=entry.object, data=entry.data)


def chain_anew(first: int) -> None:
    """As a forger who knows the program would: every value from `first` on fits again, the head row too."""
    before = Entry.objects.filter(seq=first - 1).values_list("chain", flat=True).first() or ""
    seq = first - 1
    for seq, entry in enumerate(Entry.objects.filter(seq__gte=first).order_by("seq"), start=first):
        entry.digest = digest(
            at=entry.at, actor=entry.actor, action=entry.action, obj=entry.object, data=entry.data
        )
        before = link(before, seq, entry.digest)
        Entry.objects.filter(pk=entry.pk).update(seq=seq, digest=entry.digest, chain=before)
    Head.objects.update(seq=seq, chain=before)


def test_an_untouched_log_is_clean(log: Path) -> None:
    assert sentences() == []


def test_an_empty_instance_is_clean(db: None) -> None:
    assert sentences() == []


def test_entries_not_yet_sealed_are_told_and_are_no_fault(log: Path) -> None:
    write(2)
    assert sentences() == []
    assert notes() == ["2 mục nhật ký chờ niêm phong."]


def test_an_edited_entry_is_named(log: Path) -> None:
    sql("UPDATE audit_entry SET data = %s WHERE seq = 4", '{"created":7}')
    assert sentences() == [
        "Mục nhật ký số 4 (org.imported, org:tree) đã bị sửa: nội dung không khớp mã của chính nó."
    ]


def test_an_edited_entry_not_yet_sealed_is_named(log: Path) -> None:
    write(1)
    sql("UPDATE audit_entry SET actor = 'post:x' WHERE seq IS NULL")
    (said,) = sentences()
    assert said.startswith("Mục nhật ký chưa niêm phong ")


def test_an_edited_entry_with_a_new_digest_no_longer_joins(log: Path) -> None:
    entry = Entry.objects.get(seq=4)
    entry.data = "{}"
    sql("UPDATE audit_entry SET data = '{}', digest = %s WHERE seq = 4", own_digest(entry))
    assert sentences() == [
        "Mục nhật ký số 4 (org.imported org:tree) không nối đúng vào chuỗi: đã bị sửa hoặc thay."
    ]


def test_deleted_entries_are_named(log: Path) -> None:
    sql("DELETE FROM audit_entry WHERE seq IN (2, 5, 6)")
    assert sentences() == [
        "Nhật ký thiếu mục số 2: đã bị xóa.",
        "Nhật ký thiếu mục từ số 5 đến số 6: đã bị xóa.",
    ]


def test_a_deleted_entry_whose_place_was_closed_is_found(log: Path) -> None:
    sql("DELETE FROM audit_entry WHERE seq = 3")
    for seq in range(4, 10):
        sql("UPDATE audit_entry SET seq = %s WHERE seq = %s", seq - 1, seq)
    Head.objects.update(seq=8)
    said = sentences()
    assert said[0] == (
        "Các mục nhật ký từ số 3 đến số 8 không nối đúng vào chuỗi: có mục bị bớt, chèn, sửa hoặc đổi chỗ."
    )
    assert any("cắt đuôi" in one for one in said)


def test_entries_that_changed_places_are_named(log: Path) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        sql("UPDATE audit_entry SET seq = %s WHERE seq = %s", new, old)
    said = [one for one in differences() if one.where.startswith("audit_entry")]
    assert [one.message for one in said] == ["Các mục nhật ký số 4, 5 đã bị đổi chỗ cho nhau."]
    assert len(sentences()) == len(said)


def test_contents_that_changed_places_are_named(log: Path) -> None:
    one, other = Entry.objects.get(seq=7), Entry.objects.get(seq=8)
    for seq, taken in ((7, other), (8, one)):
        sql("UPDATE audit_entry SET data = %s, digest = %s WHERE seq = %s", taken.data, taken.digest, seq)
    assert sentences() == ["Các mục nhật ký số 7, 8 đã bị đổi chỗ cho nhau."]


def test_an_entry_put_in_twice_is_named(log: Path) -> None:
    without_rules("audit_entry")
    sql("INSERT INTO audit_entry SELECT id + 1000, seq, at, actor, action, object, data, digest, chain "
        "FROM audit_entry WHERE seq = 6")  # fmt: skip
    assert sentences() == ["Nhật ký có hai mục cùng mang số 6 (org.imported org:tree; org.imported org:tree)."]


def test_a_cut_tail_shows_though_the_head_row_was_adjusted(log: Path) -> None:
    sql("DELETE FROM audit_entry WHERE seq > 7")
    Head.objects.update(seq=7, chain=Entry.objects.get(seq=7).chain)
    (said,) = sentences()
    assert said.startswith("Nhật ký bị cắt đuôi: lúc 2026-03-16T02:00:00+00:00 đã niêm phong tới mục số 9")
    assert said.endswith("nay chỉ còn tới số 7.")


def test_a_log_emptied_altogether_shows(log: Path) -> None:
    sql("DELETE FROM audit_entry")
    sql("DELETE FROM audit_head")
    (said,) = sentences()
    assert said.endswith("tới mục số 9, nay chỉ còn tới số 0.")


def test_a_chain_made_anew_does_not_fit_the_anchors(log: Path) -> None:
    sql("UPDATE audit_entry SET data = '{}' WHERE seq = 5")
    chain_anew(5)
    (said,) = sentences()
    assert said.startswith(
        "Nhật ký không còn là nhật ký đã neo lúc 2026-03-16T02:00:00+00:00: ở mục số 6 và 1 dòng"
    )


def test_a_deletion_hidden_by_a_chain_made_anew_does_not_fit_either(log: Path) -> None:
    sql("DELETE FROM audit_entry WHERE seq = 1")
    chain_anew(1)
    said = sentences()
    assert [one.split(":")[0] for one in said] == [
        "Nhật ký không còn là nhật ký đã neo lúc 2026-03-16T02",
        "Nhật ký bị cắt đuôi",
    ]


@pytest.mark.parametrize("place", ["9" * 20, "9" * 5_000])
def test_an_anchor_of_an_impossible_place_is_named_and_stops_nothing(log: Path, place: str) -> None:
    with log.open("a") as file:
        file.write(f"{place} {'a' * 64} 2026-03-16T02:00:00+00:00\n")
        file.write(f"9 {'a' * 64} \x1b[2J\n")
    assert [one.split(" ", 2)[:2] for one in sentences()] == [["Dòng", "4"], ["Dòng", "5"]]


def test_an_edited_anchor_is_told_from_an_edited_log(log: Path) -> None:
    lines = log.read_text().splitlines()
    lines[1] = lines[1].replace(lines[1].split()[1], "a" * 64)
    log.write_text("\n".join(lines) + "\n")
    assert sentences() == ["Dòng 2 của anchors/audit.log đã bị sửa: giá trị ghi cho mục số 6 không phải của chuỗi."]


def test_an_unreadable_anchor_is_named(log: Path) -> None:
    log.write_text(log.read_text().replace("\n", "\nxyz\n", 1))
    assert sentences() == ["Dòng 2 của anchors/audit.log không đọc được: tệp neo đã bị sửa."]


def test_shortened_anchors_are_named(log: Path) -> None:
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:2]))
    (said,) = sentences()
    assert said.startswith("Tệp neo anchors/audit.log chỉ tới mục số 6, nhật ký đã niêm phong tới số 9")


def test_missing_anchors_are_named(log: Path) -> None:
    log.unlink()
    assert sentences() == ["Tệp neo anchors/audit.log không còn, trong khi nhật ký đã niêm phong 9 mục."]


def test_a_head_row_that_disagrees_is_named(log: Path) -> None:
    Head.objects.update(seq=5)
    assert sentences() == ["Dòng đầu chuỗi ghi nhật ký tới mục số 5, nhưng mục cuối đang có là số 9."]


def test_every_difference_is_a_plain_record(log: Path) -> None:
    sql("DELETE FROM audit_entry WHERE seq = 2")
    (one,) = differences()
    assert dataclasses.asdict(one) == {
        "check": "audit",
        "where": "audit_entry:seq=2",
        "expected": "1 mục",
        "found": "0",
        "message": "Nhật ký thiếu mục số 2: đã bị xóa.",
    }
