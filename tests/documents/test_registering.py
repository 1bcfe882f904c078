"""A person confirms; the register has neither gaps nor doubles."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.core.official import Signer
from nhipcau.documents.actions import (
    KeptOut,
    confirm,
    confirm_warnings,
    open_register,
    proposed,
    register_outgoing,
    void_entry,
)
from nhipcau.documents.models import Direction, Document, DocumentState, Register, RegisterEntry
from nhipcau.documents.queries import citations, cited_by
from nhipcau.documents.registers import books as registers
from nhipcau.documents.registers.books import next_number, register_entries, take_number
from tests.cast import NOW, TODAY, Cast, assemble
from tests.documents.letters import REFUSED, arrive, plan, register, registered
from tests.documents.threads import a_database_for_threads, at_once
from tests.refusals import by_field

TEXT_FIELDS = [
    "doc_type", "number", "issuer", "parent_issuer", "place", "subject", "signer_authority", "signer_title",
    "signer_name",
]  # fmt: skip


def _outgoing(cast: Cast, **changes: object) -> Document:
    values: dict[str, object] = {
        "unit": cast.province,
        "doc_type": "kế hoạch",
        "subject": "Tổ chức Tháng Công nhân năm 2026",
        "dated": TODAY,
        "actor": cast.clerk,
        "at": NOW,
    }
    return register_outgoing(**(values | changes))  # type: ignore[arg-type]


def test_confirming_enters_the_register_under_the_next_number(cast: Cast) -> None:
    numbers = [register(cast.clerk, arrive(cast.clerk, plan(f"{n}/KH-LĐLĐ"))).number for n in (11, 12, 13)]
    assert numbers == [1, 2, 3]
    lines = register_entries(cast.scope(cast.clerk), cast.province, Direction.INCOMING, 2026)
    assert [line.document.number for line in lines if line.document] == ["11/KH-LĐLĐ", "12/KH-LĐLĐ", "13/KH-LĐLĐ"]
    assert next_number(cast.scope(cast.clerk), Direction.INCOMING, 2026) == 4


def test_a_correction_is_kept_and_found_by_search(cast: Cast) -> None:
    document = arrive(cast.clerk)
    fields = replace(proposed(document), number="57/KH-LĐLĐ", signer_name="Lê Thị Minh Hoa")
    confirm(document=document, fields=fields, actor=cast.clerk, at=NOW)
    document.refresh_from_db()
    assert (document.number, document.signer_name, document.confirmed_by) == (
        "57/KH-LĐLĐ", "Lê Thị Minh Hoa", cast.clerk,
    )  # fmt: skip
    assert "57/kh-ldld" in document.folded


def test_confirming_twice_gives_the_same_line(cast: Cast) -> None:
    document = arrive(cast.clerk)
    assert register(cast.clerk, document) == register(cast.clerk, document)
    assert RegisterEntry.objects.count() == 1


def test_confirming_again_with_other_words_is_a_conflict(cast: Cast) -> None:
    document = registered(cast.clerk)
    with pytest.raises(Conflict, match="số đến 1"):
        confirm(document=document, fields=replace(proposed(document), place="Hà Nội"), actor=cast.clerk, at=NOW)


def test_a_corrected_number_that_shows_a_copy_joins_the_first_when_a_person_says_so(cast: Cast) -> None:
    first = registered(cast.clerk)
    misread = arrive(cast.clerk, plan("66/KH-LĐLĐ"))
    fields = replace(proposed(misread), number="56/KH-LĐLĐ")
    entry = confirm(document=misread, fields=fields, actor=cast.clerk, at=NOW, copy=True)
    assert entry.document == first
    assert Document.objects.get(pk=misread.pk).copy_of == first
    assert next_number(cast.scope(cast.clerk), Direction.INCOMING, 2026) == 2


def test_a_failing_confirmation_leaves_no_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(cast.clerk, plan("11/KH-LĐLĐ"))
    document = arrive(cast.clerk, plan("12/KH-LĐLĐ"))

    def fail(document: Document) -> None:
        raise Conflict("đứt giữa chừng")

    with monkeypatch.context() as patch:
        patch.setattr("nhipcau.documents.incoming.registering.link", fail)
        with pytest.raises(Conflict, match="giữa chừng"):
            register(cast.clerk, document)
    assert Document.objects.get(pk=document.pk).state == DocumentState.READ
    assert register(cast.clerk, document).number == 2


def test_implausible_dates_and_empty_fields_are_named(cast: Cast) -> None:
    document = arrive(cast.clerk)
    fields = replace(proposed(document), dated=dt.date(2026, 3, 13), subject=" ", place="x" * 81)
    with pytest.raises(InvalidInput) as refusal:
        confirm(document=document, fields=fields, actor=cast.clerk, at=NOW)
    assert set(by_field(refusal.value)) == {"dated", "subject", "place"}


def test_an_odd_number_only_warns(cast: Cast) -> None:
    document = arrive(cast.clerk)
    fields = replace(proposed(document), number="5/KH-LĐLĐ")
    assert confirm_warnings(fields)
    assert confirm(document=document, fields=fields, actor=cast.clerk, at=NOW).number == 1


@pytest.mark.parametrize("field", [*TEXT_FIELDS, "addressees", "recipients"])
def test_refused_words_typed_into_any_field_are_refused(cast: Cast, field: str) -> None:
    document = arrive(cast.clerk)
    planted: Any = (REFUSED,) if field in ("addressees", "recipients") else REFUSED[:60]
    with pytest.raises(BoundaryRefused):
        confirm(
            document=document,
            fields=replace(proposed(document), **{field: planted}),
            actor=cast.clerk,
            at=NOW,
        )
    entry = Entry.objects.get(action="boundary.refused")
    assert field in entry.data
    assert "lãn công" not in entry.data
    assert not RegisterEntry.objects.exists()


def test_citations_find_what_came_before_and_what_comes_after(cast: Cast) -> None:
    later = registered(cast.clerk)
    assert [cited.target for cited in citations(later)] == [None]
    guide = arrive(cast.clerk, plan("12/HD-TLĐ", day="02").replace("tháng 3".encode(), "tháng 2".encode(), 1))
    fields = replace(proposed(guide), number="12/HD-TLĐ", dated=dt.date(2026, 2, 2))
    confirm(document=guide, fields=fields, actor=cast.clerk, at=NOW)
    assert [cited.target for cited in citations(later)] == [guide]
    assert [cited.document for cited in cited_by(guide)] == [later]


def test_strangers_cannot_confirm_and_above_may_not(cast: Cast) -> None:
    document = arrive(cast.commune_officer)
    with pytest.raises(NotFound):
        register(cast.stranger, document)
    with pytest.raises(NotAllowed):
        register(cast.provincial_officer, document)


def test_a_void_number_stays_in_the_register_with_its_reason(cast: Cast) -> None:
    entry = register(cast.clerk, arrive(cast.clerk))
    void_entry(entry=entry, reason="trùng", actor=cast.clerk, at=NOW)
    assert void_entry(entry=entry, reason="trùng", actor=cast.clerk, at=NOW).number == 1
    with pytest.raises(Conflict):
        void_entry(entry=entry, reason="khác", actor=cast.clerk, at=NOW)
    with pytest.raises(BoundaryRefused):
        void_entry(entry=entry, reason=REFUSED, actor=cast.clerk, at=NOW)
    lines = register_entries(cast.scope(cast.clerk), cast.province, Direction.INCOMING, 2026)
    assert [(line.number, line.void_reason) for line in lines] == [(1, "trùng")]


def test_a_number_that_an_app_above_holds_is_not_voided(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = register(cast.clerk, arrive(cast.clerk))
    monkeypatch.setattr(registers, "_holds", [])
    registers.holds(lambda document: f"{document.number} đang được dùng." if document.pk else None)
    with pytest.raises(Conflict, match="56/KH-LĐLĐ đang được dùng"):
        void_entry(entry=entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    entry.refresh_from_db()
    assert (entry.void_reason, Document.objects.get(entry=entry).state) == ("", DocumentState.REGISTERED)


def test_a_strangers_register_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFound):
        register_entries(cast.scope(cast.stranger), cast.commune, Direction.INCOMING, 2026)


def test_a_series_goes_on_from_the_paper_register(cast: Cast) -> None:
    values = {"unit": cast.province, "direction": Direction.OUTGOING, "year": 2026, "actor": cast.clerk, "at": NOW}
    open_register(**values, first_number=41)  # type: ignore[arg-type]
    assert _outgoing(cast).number == "41/KH-LĐLĐ"
    with pytest.raises(Conflict, match="42"):
        open_register(**values, first_number=50)  # type: ignore[arg-type]


def test_an_outgoing_letter_is_numbered_by_the_decree(cast: Cast) -> None:
    cited = registered(cast.clerk)
    first = _outgoing(cast, cites=[cited])
    assert (first.number, first.entry.number) == ("01/KH-LĐLĐ", 1)
    assert first.issuer == "Liên đoàn Lao động tỉnh Đông Giang"
    assert _outgoing(cast, doc_type="công văn", drafter="CSPL").number == "02/LĐLĐ-CSPL"
    assert [row.target for row in citations(first)] == [cited]


@pytest.mark.parametrize("field", ["subject", "text", "addressees", "recipients", "place", "data", "name"])
def test_refused_words_in_any_part_of_an_outgoing_letter_are_refused(cast: Cast, field: str) -> None:
    planted: dict[str, object] = {field: (REFUSED,) if field in ("addressees", "recipients") else REFUSED}
    if field == "data":
        planted = {"data": f"KẾ HOẠCH\n{REFUSED}.\n".encode(), "name": "a.txt"}
    if field == "name":
        planted = {"data": plan(), "name": f"{REFUSED}.txt"}
    with pytest.raises(BoundaryRefused):
        _outgoing(cast, **planted)
    assert "lãn công" not in "".join(Entry.objects.values_list("data", flat=True))
    assert _outgoing(cast).entry.number == 1


def test_a_letter_dated_tomorrow_takes_no_number(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        _outgoing(cast, dated=TODAY + dt.timedelta(days=1))
    assert not Register.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_get_two_numbers_in_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = assemble()
    numbers: list[int] = []

    def work() -> None:
        for _ in range(5):
            with transaction.atomic():
                document = Document.objects.create(
                    unit=cast.province, direction=Direction.OUTGOING, state=DocumentState.REGISTERED, created_at=NOW
                )
                entry = take_number(
                    unit=cast.province,
                    direction=Direction.OUTGOING,
                    year=2026,
                    document=document,
                    actor=cast.clerk,
                    at=NOW,
                )
            numbers.append(entry.number)

    with a_database_for_threads(tmp_path, monkeypatch):
        at_once(work, work)
    assert sorted(numbers) == list(range(1, 11))


@pytest.mark.parametrize("stamp", ["MẬT", "ĐƠN TỐ CÁO"])
@pytest.mark.parametrize("field", ["data", "text"])
def test_a_secret_letter_or_a_complaint_takes_no_number(cast: Cast, data_dir: Path, stamp: str, field: str) -> None:
    text = f"LIÊN ĐOÀN LAO ĐỘNG          {stamp}\nCÔNG VĂN\nVề việc bảo quản hồ sơ.\n"
    given: dict[str, object] = {"data": text.encode(), "name": "a.txt"} if field == "data" else {"text": text}
    with pytest.raises(KeptOut):
        _outgoing(cast, **given)
    assert Entry.objects.filter(action="documents.kept_out").count() == 1
    assert not Register.objects.exists()
    assert not (data_dir / "files").exists()


def test_refused_words_in_the_drafter_or_the_signers_name_are_refused(cast: Cast) -> None:
    for given in ({"drafter": "Lãn công"}, {"signer": Signer(name=REFUSED)}):
        with pytest.raises(BoundaryRefused):
            _outgoing(cast, **given)


def test_of_two_waiting_copies_the_first_confirmed_is_entered_and_the_other_joins_it(cast: Cast) -> None:
    one, two = (arrive(cast.clerk, plan(f"{number}/KH-LĐLĐ")) for number in (66, 67))
    entries = [
        confirm(
            document=each,
            fields=replace(proposed(each), number="56/KH-LĐLĐ"),
            actor=cast.clerk,
            at=NOW,
            copy=True,
        )
        for each in (two, one)
    ]
    assert entries[0] == entries[1]
    assert Document.objects.get(pk=one.pk).copy_of == two


def test_of_two_waiting_letters_with_one_number_either_may_be_confirmed_first(cast: Cast) -> None:
    one, two = (arrive(cast.clerk, plan(f"{number}/KH-LĐLĐ")) for number in (66, 67))
    Document.objects.filter(pk=one.pk).update(number="67/KH-LĐLĐ", number_key=two.number_key)
    one.refresh_from_db()
    entry = register(cast.clerk, two)
    assert confirm(document=one, fields=proposed(one), actor=cast.clerk, at=NOW, copy=True) == entry


def test_a_form_sent_twice_takes_one_number(cast: Cast) -> None:
    first = _outgoing(cast, client_key="k1")
    assert _outgoing(cast, client_key="k1") == first
    assert [_outgoing(cast, client_key=key).number for key in ("k2", "", "")] == [
        "02/KH-LĐLĐ", "03/KH-LĐLĐ", "04/KH-LĐLĐ",
    ]  # fmt: skip
    with pytest.raises(Conflict, match="đơn vị khác"):
        _outgoing(cast, client_key="k1", unit=cast.commune, actor=cast.commune_officer)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_takes_one_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = assemble()
    numbers: list[str] = []

    def work() -> None:
        numbers.append(_outgoing(cast, client_key="k1").number)

    with a_database_for_threads(tmp_path, monkeypatch):
        at_once(work, work)
    assert numbers == ["01/KH-LĐLĐ"] * 2


def test_a_day_of_arrival_more_than_a_year_ago_is_named(cast: Cast) -> None:
    document = arrive(cast.clerk)
    early = replace(proposed(document), received_on=TODAY - dt.timedelta(days=367), dated=None)
    with pytest.raises(InvalidInput) as refusal:
        confirm(document=document, fields=early, actor=cast.clerk, at=NOW)
    assert set(by_field(refusal.value)) == {"received_on"}
