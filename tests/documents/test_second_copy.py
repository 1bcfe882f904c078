"""The second copy of a letter is told by its words too, always asked about; limits run from the first receipt."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nhipcau.core.workdays import WorkingDays
from nhipcau.documents.actions import SameNumber, confirm, proposed, receive
from nhipcau.documents.models import Document, DocumentState
from nhipcau.documents.queries import first_receipt
from nhipcau.documents.storing.fingerprint import find_alike, likeness, prints_of
from nhipcau.tasks.due import due_of
from nhipcau.tasks.models import Obligation
from tests.cast import NOW, Cast
from tests.documents.letters import PLAN, SUBJECT, arrive, plan, registered

# What a scan makes of it: marks lost, a word broken here and there.
SLIPS = (("tập huấn", "tâp huân"), ("công đoàn cơ sở", "công đoàn cơ sờ"), ("kết quả", "kêt qua"), ("Ban", "Bàn"))


def scanned(number: str = "") -> bytes:
    text = plan().decode().replace("56/KH-LĐLĐ", number)
    for right, wrong in SLIPS:
        text = text.replace(right, wrong)
    return text.encode()


def test_a_copy_whose_number_cannot_be_read_is_asked_about_and_joins(cast: Cast) -> None:
    first = registered(cast.clerk)
    again = arrive(cast.clerk, scanned(), "scan.txt")
    assert find_alike(again) == first
    unsaid = replace(proposed(again), number="")
    with pytest.raises(SameNumber, match="Nội dung gần như trùng") as asked:
        confirm(document=again, fields=unsaid, actor=cast.clerk, at=NOW)
    assert asked.value.entry.document == first
    assert Document.objects.get(pk=again.pk).state == DocumentState.READ
    assert confirm(document=again, fields=unsaid, copy=True, actor=cast.clerk, at=NOW).document == first


def test_whoever_says_that_it_is_another_letter_gets_a_number(cast: Cast) -> None:
    registered(cast.clerk)
    again = arrive(cast.clerk, scanned(), "scan.txt")
    fields = replace(proposed(again), number="")
    assert confirm(document=again, fields=fields, copy=False, actor=cast.clerk, at=NOW).number == 2


def test_two_clear_and_different_numbers_are_two_letters(cast: Cast) -> None:
    registered(cast.clerk)
    other = arrive(cast.clerk, plan("57/KH-LĐLĐ"))
    assert find_alike(other) is None
    assert confirm(document=other, fields=proposed(other), actor=cast.clerk, at=NOW).number == 2


def test_a_number_read_from_a_scan_is_not_clear(cast: Cast) -> None:
    first = registered(cast.clerk)
    other = arrive(cast.clerk, plan("66/KH-LĐLĐ"))
    Document.objects.filter(pk=other.pk).update(text_source="ocr")
    other.refresh_from_db()
    assert find_alike(other) == first


def test_another_units_letter_is_never_compared(cast: Cast) -> None:
    registered(cast.commune_officer)
    assert find_alike(arrive(cast.clerk, scanned())) is None


def test_letters_of_one_office_with_other_words_are_not_alike() -> None:
    first = PLAN.format(number="56/KH-LĐLĐ", day="10", subject=SUBJECT)
    head, _, rest = first.partition("Thực hiện Hướng dẫn")
    tail = rest[rest.index("Nơi nhận") :]
    words = (
        "Công đoàn xã tổ chức giải bóng chuyền nữ, vòng loại ngày 01 tháng 4, chung kết ngày 26 tháng 4; mỗi đội "
    )
    second = f"{head}{words * 3}\n{tail}"
    assert likeness(first, second) < 0.5
    assert likeness(first, first) == 1


def test_fingerprints_are_few_and_always_the_same() -> None:
    text = plan().decode()
    assert prints_of(text) == prints_of(text.upper())
    assert len(prints_of(text)) == 8
    assert prints_of("Vài chữ thôi") == []
    assert len(prints_of("công đoàn cơ sở " * 200_000)) == 8


def test_limits_run_from_the_first_receipt(cast: Cast) -> None:
    first = registered(cast.clerk)
    again = receive(
        unit=cast.province,
        data=plan() + b"\n.",
        name="giay.txt",
        received_on=dt.date(2026, 3, 11),
        actor=cast.clerk,
        at=NOW,
    )
    confirm(document=again, fields=proposed(again), copy=True, actor=cast.clerk, at=NOW)
    assert first_receipt(first) == dt.date(2026, 3, 11)
    asked = Obligation(
        document=first, position=9, text="Báo cáo", deadline_kind="relative",
        deadline_normalised="P5D after receipt", deadline_phrase="trong 5 ngày kể từ ngày nhận được văn bản",
    )  # fmt: skip
    assert due_of(asked, WorkingDays()).due == dt.date(2026, 3, 16)
