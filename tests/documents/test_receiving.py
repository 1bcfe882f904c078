"""A letter comes in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import AlreadyReceived, KeptOut, receive, void_entry
from nhipcau.documents.models import Document, DocumentState, StoredFile
from nhipcau.documents.queries import download_original, get_document_for, visible_documents
from nhipcau.documents.storing.stamps import stamp_on
from nhipcau.org.models import Post
from tests.cast import NOW, Cast
from tests.documents.letters import REFUSED, arrive, plan, register, registered


def test_a_letter_is_read_and_waits_for_a_person(cast: Cast) -> None:
    document = arrive(cast.clerk)
    assert (document.state, document.number, document.doc_type) == (DocumentState.READ, "56/KH-LĐLĐ", "kế hoạch")
    assert document.dated == dt.date(2026, 3, 10)
    assert not hasattr(document, "entry")
    assert document.reading["number"]["confidence"] > 0.5
    assert "text" not in document.reading


def test_the_original_comes_back_bit_for_bit(cast: Cast) -> None:
    uid = arrive(cast.clerk).uid
    data, name, media_type = download_original(get_document_for(cast.scope(cast.clerk), uid))
    assert (data, name, media_type) == (plan(), "ke-hoach.txt", "text/plain")


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "  (TỐI  MẬT) ", "Độ mật: MẬT".upper()])
def test_a_secret_letter_stops_at_the_door_and_nothing_of_it_stays(cast: Cast, data_dir: Path, stamp: str) -> None:
    text = plan().decode().replace("KẾ HOẠCH\n", f"{stamp}\nKẾ HOẠCH\n", 1)
    with pytest.raises(KeptOut, match="sổ văn bản mật"):
        arrive(cast.clerk, text.encode())
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert not (data_dir / "files").exists()
    logged = Entry.objects.get(action="documents.kept_out")
    assert "KH-LĐLĐ" not in logged.data


def test_a_letter_about_secrets_is_not_a_secret_letter() -> None:
    assert stamp_on("HƯỚNG DẪN\nCông tác bảo vệ bí mật nhà nước\nTài liệu MẬT phải để riêng.") is None


def test_a_denunciation_is_never_read_into_the_system(cast: Cast) -> None:
    with pytest.raises(KeptOut, match="sổ tiếp nhận đơn"):
        arrive(cast.clerk, "ĐƠN TỐ CÁO\nTôi tên là ...".encode())
    assert not Document.objects.exists()


def test_the_same_file_again_names_the_letter_it_is(cast: Cast) -> None:
    first = registered(cast.clerk)
    with pytest.raises(AlreadyReceived, match="số đến 1") as stop:
        arrive(cast.clerk, name="ban-khac.txt")
    assert stop.value.document == first
    assert Document.objects.count() == 1


def test_last_years_letter_with_the_same_number_is_another_letter(cast: Cast) -> None:
    first = registered(cast.clerk)
    assert arrive(cast.clerk, plan().replace(b"2026", b"2025")) != first


def test_two_units_each_receive_the_same_letter(cast: Cast) -> None:
    assert arrive(cast.clerk).unit != arrive(cast.commune_officer).unit
    assert StoredFile.objects.count() == 1


def test_a_voided_letter_may_come_in_again(cast: Cast) -> None:
    entry = register(cast.clerk, arrive(cast.clerk))
    void_entry(entry=entry, reason="ghi nhầm sổ", actor=cast.clerk, at=NOW)
    again = arrive(cast.clerk)
    assert register(cast.clerk, again).number == 2


def test_a_letter_from_tomorrow_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="tương lai"):
        receive(
            unit=cast.province,
            data=plan(),
            name="a.txt",
            received_on=dt.date(2026, 3, 17),
            actor=cast.clerk,
            at=NOW,
        )


def test_a_picture_or_a_broken_file_is_refused_in_words(cast: Cast) -> None:
    for data in (b"\xff\xd8\xff\xe0" + b"0" * 50, b"PK\x03\x04 hong", b"%PDF-1.4 hong", b""):
        with pytest.raises(InvalidInput):
            arrive(cast.clerk, data, "a.pdf")
    assert not Document.objects.exists()


def test_a_refused_file_name_is_refused_and_logged_without_its_words(cast: Cast) -> None:
    with pytest.raises(BoundaryRefused):
        arrive(cast.clerk, name=f"{REFUSED}.txt")
    entry = Entry.objects.get(action="boundary.refused")
    assert "lãn công" not in entry.data + entry.object


def test_a_letter_wholly_outside_is_kept_as_it_came(cast: Cast) -> None:
    document = registered(cast.clerk, _outside())
    assert document.state == DocumentState.REGISTERED
    assert document.scope == "outside"


def _outside() -> bytes:
    text = plan(subject="Nắm tình hình tư tưởng, dư luận xã hội trong công nhân").decode()
    head, _, rest = text.partition("I. NỘI DUNG")
    signature = rest[rest.index("Nơi nhận") :]
    order = "I. NỘI DUNG\n1. Lập danh sách công nhân tham gia ngừng việc, báo cáo trước ngày 10/5/2026.\n\n"
    return (head + order + signature).encode()


def test_only_the_unit_itself_receives_its_letters(cast: Cast) -> None:
    def receive_for_commune(actor: Post) -> None:
        receive(
            unit=cast.commune,
            data=plan(),
            name="a.txt",
            received_on=dt.date(2026, 3, 12),
            actor=actor,
            at=NOW,
        )

    with pytest.raises(NotFound):
        receive_for_commune(cast.stranger)
    with pytest.raises(NotAllowed):
        receive_for_commune(cast.provincial_officer)


def test_peers_and_units_below_do_not_see_a_letter(cast: Cast) -> None:
    document = registered(cast.commune_officer)
    for post in (cast.stranger, cast.local_volunteer):
        with pytest.raises(NotFound):
            get_document_for(cast.scope(post), document.uid)
        assert not visible_documents(cast.scope(post)).exists()
    assert get_document_for(cast.scope(cast.provincial_officer), document.uid) == document


def test_above_does_not_see_what_is_not_registered_yet(cast: Cast) -> None:
    document = arrive(cast.commune_officer)
    with pytest.raises(NotFound):
        get_document_for(cast.scope(cast.provincial_officer), document.uid)


@pytest.mark.parametrize("uid", ["khong-phai-uid", "", "0192f0c1-0000-7000-8000-000000000000"])
def test_a_made_up_address_is_not_found(cast: Cast, uid: str) -> None:
    with pytest.raises(NotFound):
        get_document_for(cast.scope(cast.clerk), uid)


@pytest.mark.parametrize("words", ["an toàn", "AN TOAN ve sinh", "56/kh-ldld", "tap huan"])
def test_search_ignores_marks_and_needs_every_word(cast: Cast, words: str) -> None:
    document = registered(cast.clerk)
    assert list(visible_documents(cast.scope(cast.clerk), text=words)) == [document]
    assert not visible_documents(cast.scope(cast.clerk), text=words + " khongco").exists()
