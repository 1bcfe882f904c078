"""A register that was touched says so, and where."""

from __future__ import annotations

import pytest
from django.db import connection

from nhipcau.audit.models import Entry
from nhipcau.documents.actions import register_outgoing, void_entry
from nhipcau.documents.models import Direction, Document, RegisterEntry
from nhipcau.documents.registers.series import open_register
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import arrive, plan, register
from tests.ops.tampering import sentences, sql, without_rules

OUT = "Sổ văn bản đi năm 2026 của T"


@pytest.fixture
def numbered(cast: Cast) -> list[Document]:
    """Four letters out, the third struck; two letters in."""
    letters = [
        register_outgoing(
            unit=cast.province, doc_type="kế hoạch", subject=f"Việc thứ {n}", dated=TODAY, actor=cast.clerk, at=NOW
        )
        for n in range(1, 5)
    ]
    void_entry(entry=letters[2].entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    for number in ("11/KH-LĐLĐ", "12/KH-LĐLĐ"):
        register(cast.clerk, arrive(cast.clerk, plan(number)))
    return letters


def line(number: int, direction: Direction = Direction.OUTGOING) -> RegisterEntry:
    return RegisterEntry.objects.get(register__direction=direction, number=number)


def untold(act: Entry) -> None:
    """The log's entry is gone too, and the log will say so itself."""
    sql("DELETE FROM audit_entry WHERE id = %s", act.pk)


def test_untouched_registers_are_clean(numbered: list[Document]) -> None:
    assert sentences() == []


def test_a_series_opened_at_a_later_number_is_clean(cast: Cast) -> None:
    open_register(
        unit=cast.province, direction=Direction.OUTGOING, year=2026, first_number=57, actor=cast.clerk, at=NOW
    )
    register_outgoing(
        unit=cast.province, doc_type="kế hoạch", subject="Việc", dated=TODAY, actor=cast.clerk, at=NOW
    )
    assert sentences() == []


def test_a_changed_number_is_named_once(numbered: list[Document]) -> None:
    sql("UPDATE documents_registerentry SET number = 9 WHERE id = %s", line(2).pk)
    assert sentences() == [
        f"{OUT}, số 09: nhật ký ghi văn bản «02/KH-LĐLĐ» mang số 02; số hoặc văn bản của dòng này đã bị đổi."
    ]


def test_a_changed_number_of_an_incoming_letter_is_named(numbered: list[Document]) -> None:
    sql("UPDATE documents_registerentry SET number = 5 WHERE id = %s", line(2, Direction.INCOMING).pk)
    (said,) = sentences()
    assert said.startswith("Sổ văn bản đến năm 2026 của T, số 05: nhật ký ghi văn bản «12/KH-LĐLĐ» mang số 02")


def test_letters_that_changed_lines_are_named(numbered: list[Document]) -> None:
    one, other = line(1), line(2)
    without_rules("documents_registerentry")
    for target, taken in ((one, other), (other, one)):
        sql("UPDATE documents_registerentry SET document_id = %s WHERE id = %s", taken.document_id, target.pk)
    assert [said.split(";")[0] for said in sentences()] == [
        f"{OUT}, số 01: nhật ký ghi văn bản «02/KH-LĐLĐ» mang số 02",
        f"{OUT}, số 02: nhật ký ghi văn bản «01/KH-LĐLĐ» mang số 01",
    ]


def test_a_deleted_line_is_named_with_its_letter(numbered: list[Document]) -> None:
    sql("DELETE FROM documents_registerentry WHERE id = %s", line(2).pk)
    assert sentences() == [
        f"{OUT}: nhật ký ghi văn bản (document:{numbered[1].uid}) vào số 02, nhưng dòng sổ đã bị xóa."
    ]


def test_a_deleted_last_line_is_named_though_the_next_number_was_put_back(numbered: list[Document]) -> None:
    sql("DELETE FROM documents_registerentry WHERE id = %s", line(4).pk)
    sql("UPDATE documents_register SET next_number = 4 WHERE direction = 'outgoing'")
    (said,) = sentences()
    assert said.endswith("vào số 04, nhưng dòng sổ đã bị xóa.")


def test_a_gap_that_the_log_does_not_explain_is_named(numbered: list[Document]) -> None:
    untold(Entry.objects.get(object=f"document:{numbered[0].uid}"))
    sql("DELETE FROM documents_registerentry WHERE id = %s", line(1).pk)
    assert sentences() == [f"{OUT} thiếu số 01 (số tiếp theo của sổ là 5)."]


def test_a_next_number_that_jumped_leaves_a_gap(numbered: list[Document]) -> None:
    sql("UPDATE documents_register SET next_number = 9 WHERE direction = 'outgoing'")
    assert sentences() == [f"{OUT} thiếu các số từ 05 đến 08 (số tiếp theo của sổ là 9)."]


def test_a_next_number_that_fell_behind_is_named(numbered: list[Document]) -> None:
    sql("UPDATE documents_register SET next_number = 4 WHERE direction = 'outgoing'")
    assert sentences() == [f"{OUT} có số 04, trong khi số tiếp theo của sổ là 4."]


def test_a_double_number_is_named(numbered: list[Document]) -> None:
    struck = line(3)
    without_rules("documents_registerentry")
    columns = [str(field.column) for field in RegisterEntry._meta.local_fields if field.column != "id"]
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    sql(f"INSERT INTO documents_registerentry (id, {names}) SELECT 999, {names} FROM documents_registerentry "
        "WHERE id = %s", struck.pk)  # fmt: skip
    assert sentences() == [f"{OUT} có hai dòng cùng mang số 03."]


def test_a_line_that_the_log_never_saw_is_named(numbered: list[Document]) -> None:
    untold(Entry.objects.get(object=f"document:{numbered[3].uid}"))
    assert sentences() == [f"{OUT}, số 04: nhật ký không ghi dòng này."]


def test_a_number_changed_on_the_letter_is_named(numbered: list[Document]) -> None:
    sql("UPDATE documents_document SET number = '07/KH-LĐLĐ' WHERE id = %s", numbered[3].pk)
    register, search = sentences()
    assert register == f"{OUT}, số 04: văn bản của dòng này mang số «07/KH-LĐLĐ»; số trên văn bản đã bị sửa."
    assert search.startswith("Tìm kiếm giữ lời cũ của văn bản 07/KH-LĐLĐ")


def test_a_striking_undone_is_named(numbered: list[Document]) -> None:
    sql("UPDATE documents_registerentry SET void_reason = '' WHERE id = %s", line(3).pk)
    assert sentences() == [f"{OUT}, số 03: nhật ký ghi số này đã hủy, trong sổ thì không."]


def test_a_striking_that_nobody_logged_is_named(numbered: list[Document]) -> None:
    sql("UPDATE documents_registerentry SET void_reason = 'nhầm' WHERE id = %s", line(1).pk)
    assert sentences() == [f"{OUT}, số 01: nhật ký không ghi việc hủy số này."]
