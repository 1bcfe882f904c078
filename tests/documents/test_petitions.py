"""Complaints and denunciations: number, day and handler, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import close_register, fill_line, register_petition, reserve_block, void_entry
from nhipcau.documents.models import Direction, Document, RegisterEntry
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.registers.books import register_entries
from nhipcau.documents.registers.petitions import get_petition_for
from nhipcau.documents.registers.printing import printed_register
from nhipcau.documents.registers.proof import RegisterProof
from nhipcau.org.models import Post
from tests.cast import NOW, TODAY, Cast
from tests.refusals import by_field


def entered(
    cast: Cast, handler: str = "Trưởng ban Kiểm tra", actor: Post | None = None, **given: object
) -> RegisterEntry:
    values: dict[str, object] = {"unit": cast.province, "received_on": TODAY, "handler": handler, "at": NOW}
    return register_petition(actor=actor or cast.clerk, **(values | given))  # type: ignore[arg-type]


def test_petitions_are_numbered_in_a_register_of_their_own(cast: Cast) -> None:
    assert [entered(cast).number for _ in range(3)] == [1, 2, 3]
    line = register_entries(cast.scope(cast.clerk), cast.province, Direction.PETITION, 2026)[0]
    assert (line.petition_on, line.keeper, line.document) == (TODAY, "Trưởng ban Kiểm tra", None)
    assert not line.is_free


def test_nothing_of_a_petition_can_be_searched_or_read(cast: Cast) -> None:
    entered(cast)
    assert not Document.objects.exists()
    assert not visible_documents(cast.scope(cast.clerk), text="Kiểm tra").exists()
    assert "Kiểm tra" not in "".join(Entry.objects.values_list("data", flat=True))


def test_a_form_sent_twice_takes_one_number(cast: Cast) -> None:
    assert entered(cast, client_key="k") == entered(cast, client_key="k")
    assert entered(cast).number == 2


@pytest.mark.parametrize("handler", ["", "x" * 121, "Nguyễn Văn An", "đồng chí Trần Thị Bình, Ban Kiểm tra"])
def test_the_handler_is_a_title_and_no_name(cast: Cast, handler: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        entered(cast, handler)
    assert set(by_field(refusal.value)) == {"handler"}


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=400)])
def test_the_day_is_today_or_before(cast: Cast, day: dt.date) -> None:
    with pytest.raises(InvalidInput):
        entered(cast, received_on=day)


def test_the_handler_may_change_but_no_word_is_added(cast: Cast) -> None:
    entry = entered(cast)
    changed = fill_line(entry=entry, keeper="Chủ tịch", dispatched_on=TODAY, actor=cast.clerk, at=NOW)
    assert (changed.keeper, changed.dispatched_on) == ("Chủ tịch", TODAY)
    for given in ({"note": "về tiền lương"}, {"copies": 2}, {"keeper": "Nguyễn Văn An"}):
        with pytest.raises(InvalidInput):
            fill_line(entry=entry, actor=cast.clerk, at=NOW, **({"keeper": "Chủ tịch"} | given))


def test_only_the_units_own_registrars_see_its_petitions(cast: Cast) -> None:
    entered(cast, unit=cast.commune, actor=cast.commune_officer)
    for post in (cast.provincial_officer, cast.clerk, cast.stranger, cast.local_volunteer):
        with pytest.raises(NotFound):
            get_petition_for(cast.scope(post), 2026, 1)
    with pytest.raises(NotAllowed):
        entered(cast, unit=cast.commune)
    with pytest.raises(NotFound):
        entered(cast, unit=cast.commune, actor=cast.stranger)


def test_the_printed_register_has_number_day_and_handler(cast: Cast) -> None:
    entered(cast)
    void_entry(entry=entered(cast), reason="ghi nhầm", actor=cast.clerk, at=NOW)
    sheet = printed_register(cast.scope(cast.clerk), Direction.PETITION, 2026)
    assert [row[:3] for row in sheet.rows] == [("01", "16/03/2026", "Trưởng ban Kiểm tra")] * 1 + [
        ("02", "16/03/2026", "Trưởng ban Kiểm tra")
    ]
    assert sheet.closing == ("Sổ có 2 số: 1 đơn, 1 số hủy.",)


def test_the_register_proves_itself_and_closes(cast: Cast) -> None:
    entry = entered(cast)
    with pytest.raises(InvalidInput, match="không giữ số"):
        reserve_block(register=entry.register, count=2, reason="mất điện", actor=cast.clerk, at=NOW)
    close_register(register=entry.register, actor=cast.clerk, at=NOW)
    assert list(RegisterProof().findings(lambda _: None)) == []
    RegisterEntry.objects.all().delete()
    assert "một đơn" in "".join(one.message for one in RegisterProof().findings(lambda _: None))


def test_the_register_of_a_unit_is_closed_to_the_level_above(cast: Cast) -> None:
    entered(cast, actor=cast.commune_officer, unit=cast.commune)
    own = register_entries(cast.scope(cast.commune_officer), cast.commune, Direction.PETITION, 2026)
    above = register_entries(cast.scope(cast.clerk), cast.commune, Direction.PETITION, 2026)
    assert (own.count(), above.count()) == (1, 0)
