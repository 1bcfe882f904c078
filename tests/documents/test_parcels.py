"""An e-mail or archive arrives with several letters."""

from __future__ import annotations

import pytest

from nhipcau.core.errors import NotFound
from nhipcau.documents.actions import receive_parcel, receive_several
from nhipcau.documents.models import Document, StoredFile
from nhipcau.documents.storing.evidence import Paper
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import plan
from tests.reader.test_parcels import archive, mail

SECRET = plan().decode().replace("KẾ HOẠCH\n", "TỐI MẬT\nKẾ HOẠCH\n", 1).encode()


def test_every_letter_of_an_email_waits_for_the_clerk_by_itself(cast: Cast) -> None:
    other = plan().decode().replace("56/KH", "57/KH").encode()
    arrivals = receive_parcel(
        unit=cast.clerk.unit, data=mail(("a.txt", plan()), ("b.txt", other)), name="thu.eml",
        received_on=TODAY, actor=cast.clerk, at=NOW,
    )  # fmt: skip

    assert arrivals is not None
    assert [one.document.number for one in arrivals if one.document] == ["56/KH-LĐLĐ", "57/KH-LĐLĐ"]


def test_a_secret_paper_stops_itself_alone_and_nothing_of_it_stays(cast: Cast) -> None:
    data = archive(("mat.txt", SECRET), ("cv.txt", plan()))
    arrivals = receive_parcel(
        unit=cast.clerk.unit, data=data, name="cac-van-ban.zip", received_on=TODAY, actor=cast.clerk, at=NOW
    )

    assert arrivals is not None
    assert [bool(one.refusal) for one in arrivals] == [True, False]
    assert "sổ văn bản mật" in arrivals[0].refusal
    assert StoredFile.objects.count() == 1


def test_a_program_is_no_letter_whatever_it_holds(cast: Cast) -> None:
    data = archive(("cong-van.EXE", plan()), ("cong-van.pdf.js", plan()))
    arrivals = receive_parcel(
        unit=cast.clerk.unit, data=data, name="la.zip", received_on=TODAY, actor=cast.clerk, at=NOW
    )

    assert arrivals is not None
    assert all("không thuộc loại nhận được" in one.refusal for one in arrivals)
    assert not StoredFile.objects.exists()


def test_the_same_email_twice_takes_nothing_twice(cast: Cast) -> None:
    for _ in range(2):
        arrivals = receive_parcel(
            unit=cast.clerk.unit, data=mail(("a.txt", plan())), name="thu.eml",
            received_on=TODAY, actor=cast.clerk, at=NOW,
        )  # fmt: skip

    assert arrivals is not None
    assert [one.known for one in arrivals] == [True]
    assert Document.objects.count() == 1


def test_a_stranger_opens_no_parcel(cast: Cast) -> None:
    with pytest.raises(NotFound):
        receive_parcel(
            unit=cast.clerk.unit, data=archive(("cv.txt", plan())), name="a.zip",
            received_on=TODAY, actor=cast.stranger, at=NOW,
        )  # fmt: skip


def test_a_letter_is_no_parcel(cast: Cast) -> None:
    arrivals = receive_parcel(
        unit=cast.clerk.unit, data=plan(), name="cv.txt", received_on=TODAY, actor=cast.clerk, at=NOW
    )

    assert arrivals is None


def test_of_files_chosen_at_once_each_is_taken_in_or_refused_by_itself(cast: Cast) -> None:
    other = plan().decode().replace("56/KH", "57/KH").encode()
    third = plan().decode().replace("56/KH", "58/KH").encode()
    papers = [
        Paper("mat.txt", SECRET),
        Paper("hong.zip", b"PK\x03\x04 broken"),
        Paper("thu.eml", mail(("a.txt", plan()), ("b.txt", other))),
        Paper("cv.txt", third),
    ]
    arrivals = receive_several(unit=cast.clerk.unit, papers=papers, received_on=TODAY, actor=cast.clerk, at=NOW)

    assert [(one.name, bool(one.refusal)) for one in arrivals[:2]] == [("mat.txt", True), ("hong.zip", True)]
    assert [one.document.number for one in arrivals if one.document] == ["56/KH-LĐLĐ", "57/KH-LĐLĐ", "58/KH-LĐLĐ"]
    assert Document.objects.count() == 3


def test_a_stranger_takes_in_nothing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        receive_several(
            unit=cast.clerk.unit, papers=[Paper("cv.txt", plan())], received_on=TODAY, actor=cast.stranger, at=NOW
        )
    assert not Document.objects.exists()
