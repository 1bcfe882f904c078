"""A photograph comes in as a letter: bare of what the camera wrote, waiting for the recogniser like a scan."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the extra ocr is not installed")

from PIL import Image

from nhipcau.core.errors import InvalidInput, NotFound, UnreadableFile
from nhipcau.documents.actions import AlreadyReceived, accept
from nhipcau.documents.models import Document, DocumentState, Scan, ScanState
from nhipcau.documents.outgoing.letters import register_outgoing
from nhipcau.documents.queries import download_original
from nhipcau.documents.storing import media, waiting
from nhipcau.documents.storing.photos import without_metadata
from nhipcau.documents.storing.pictures import page_picture
from nhipcau.org.models import Post
from nhipcau.outbox.jobs import run_due
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import RECEIVED

PLACE = b"Exif\0\0II*\0" + b"GPS 12.34N 108.90E"


def picture(kind: str = "JPEG", *, way: int = 1, size: tuple[int, int] = (640, 800)) -> bytes:
    about = Image.Exif()
    about[0x0112], about[0x010F] = way, "Hãng máy ảnh"
    about.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(target, kind, exif=about)
    return target.getvalue()


def sent(actor: Post, data: bytes, name: str = "IMG_2034.jpg") -> Scan:
    scan = accept(unit=actor.unit, data=data, name=name, received_on=RECEIVED, actor=actor, at=NOW)
    assert isinstance(scan, Scan)
    return scan


@pytest.mark.parametrize(("kind", "name"), [("JPEG", media.JPEG), ("PNG", media.PNG), ("WEBP", media.WEBP)])
@pytest.mark.parametrize("way", [1, 6])
def test_only_the_picture_and_which_way_up_it_was_held_are_kept(kind: str, name: str, way: int) -> None:
    data = picture(kind, way=way)
    bare = without_metadata(data, name)
    kept = Image.open(io.BytesIO(bare)).getexif()
    assert set(kept) <= {0x0112}
    assert kept.get(0x0112, 1) == (way if kind == "JPEG" else 1)
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert without_metadata(bare, name) == bare


def test_film_and_pictures_hidden_behind_the_end_are_cut_off() -> None:
    data = picture()
    assert without_metadata(data + b"ftypmp42 a film" + picture(), media.JPEG) == without_metadata(data, media.JPEG)


ENDLESS = {
    "filling": b"\xff\xd8" + b"\xff" * 2**20 + b"\xd9",
    "restarts": b"\xff\xd8" + b"\xff\xd0" * 2**20 + b"\xff\xd9",
    "tables": b"\xff\xd8" + b"\xff\xdb\0\2" * 2**18 + b"\xff\xd9",
    "notes": b"\xff\xd8" + b"\xff\xe1\0\x12Exif\0\0MM\0*\0\0\0\x08\xff\xff" * 2**16 + b"\xff\xd9",
    "chunks": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXtxxxx" * 2**17 + b"\0\0\0\0IENDxxxx",
    "alphas": b"RIFF" + (2**20).to_bytes(4, "little") + b"WEBP" + b"ALPH\0\0\0\0" * 2**17,
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_picture_of_pieces_without_end_is_refused_at_once(kind: str) -> None:
    began = time.process_time()
    with pytest.raises(InvalidInput, match="hỏng"):
        without_metadata(ENDLESS[kind], str(media.detect(ENDLESS[kind])))
    assert time.process_time() - began < 0.3


def test_a_photograph_waits_bare_and_becomes_a_letter(cast: Cast) -> None:
    scan = sent(cast.clerk, picture())
    assert (scan.state, scan.pages) == (ScanState.WAITING, 1)
    held = waiting.take(scan)
    assert held is not None
    assert b"Exif" not in held
    run_due(at=NOW)
    letter = Document.objects.get(scan=scan)
    assert (letter.state, letter.text_source) == (DocumentState.READ, "ocr")
    data, file_name, media_type = download_original(letter)
    assert (data, file_name, media_type) == (held, "IMG_2034.jpg", "image/jpeg")
    shown = Image.open(io.BytesIO(page_picture(letter, 1)))
    assert shown.format == "JPEG"
    with pytest.raises(NotFound):
        page_picture(letter, 0)


def test_the_same_photograph_is_one_letter_whatever_the_camera_says_of_it(cast: Cast) -> None:
    data = picture()
    sent(cast.clerk, data)
    run_due(at=NOW)
    bare = without_metadata(data, media.JPEG)
    with pytest.raises(AlreadyReceived):
        sent(cast.clerk, bare[:2] + b"\xff\xfe\x00\x06nhat" + bare[2:] + b"film")


@pytest.mark.parametrize("head", [b"\0\0\0\x18ftypheic", b"GIF89a", b"II*\0"])
def test_a_kind_that_cannot_be_opened_says_what_to_do(cast: Cast, head: bytes, data_dir: Path) -> None:
    with pytest.raises(InvalidInput, match=r"lưu thành \.jpg hoặc \.png"):
        sent(cast.clerk, head + b"\0" * 40, "IMG_2034.heic")
    assert not (data_dir / "waiting").exists()


def test_a_logo_out_of_an_email_is_no_letter(cast: Cast) -> None:
    with pytest.raises(UnreadableFile, match="120 × 80 điểm, quá nhỏ"):
        sent(cast.clerk, picture("PNG", size=(120, 80)), "logo.png")
    assert not Scan.objects.exists()


def test_a_broken_photograph_is_refused_before_anything_is_kept(cast: Cast, data_dir: Path) -> None:
    with pytest.raises(InvalidInput, match="hỏng"):
        sent(cast.clerk, picture()[:300])
    assert not (data_dir / "waiting").exists()


def test_what_goes_out_is_a_paper_and_no_photograph(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="không thuộc loại nhận được"):
        register_outgoing(
            unit=cast.province, doc_type="công văn", subject="Về việc báo cáo", dated=TODAY, data=picture(),
            name="IMG_1.jpg", actor=cast.clerk, at=NOW,
        )  # fmt: skip
