"""Photographs: faces covered, nothing of the camera's kept, hostile files stopped."""

from __future__ import annotations

import struct
import zlib

import pytest

pytest.importorskip("cv2", reason="the extra photos is not installed")

import cv2
import numpy as np

from nhipcau.core.errors import InvalidInput
from nhipcau.documents.storing import blurring, faces, files
from nhipcau.documents.storing.blurring import cells_covered, faces_covered, thumbnail
from nhipcau.documents.storing.evidence import Paper
from tests.documents.drawn import Picture, coded, decoded, gathering, head
from tests.refusals import by_field

TWO = gathering((20, 40, 120), (280, 90, 100))


def eyes(picture: Picture, left: int, top: int, size: int) -> float:
    """How much light and shade there is about the eyes of the head drawn there."""
    unit = size / 200
    part = picture[top + int(115 * unit) : top + int(160 * unit), left + int(80 * unit) : left + int(180 * unit)]
    return float(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY).std())


def test_every_face_is_covered_and_the_rest_stays() -> None:
    [made] = faces_covered([Paper("anh.jpg", coded(TWO))])
    after = decoded(made.data)
    assert made.places >= 2
    for place in ((20, 40, 120), (280, 90, 100)):
        assert eyes(after, *place) < eyes(TWO, *place) / 2
    assert not faces.faces_in(after[60:340, :160]), "a covered face is found no more"
    assert np.abs(after[:20].astype(int) - TWO[:20]).max() < 12


def test_a_tilted_head_is_found() -> None:
    turn = cv2.getRotationMatrix2D((130, 150), 22, 1)
    tilted = cv2.warpAffine(head(200), turn, (260, 300), borderMode=cv2.BORDER_REPLICATE)
    assert any(box.x < 130 < box.x + box.width for box in faces.faces_in(tilted.astype(np.uint8)))


def test_what_the_camera_wrote_is_gone_and_the_way_up_is_kept() -> None:
    sideways = np.ascontiguousarray(np.rot90(TWO))  # held on its side: the camera notes "turn it clockwise"
    about = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0GPS: 10.77, 106.69"
    data = coded(sideways)
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(about) + 2) + about + data[2:]
    [made] = faces_covered([Paper("anh.jpg", data)])
    assert b"GPS" not in made.data
    assert b"Exif" not in made.data
    assert decoded(made.data).shape == TWO.shape


def test_a_large_photograph_is_made_small_and_has_a_thumbnail(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = cells_covered(coded(np.full((1800, 3200, 3), 128, np.uint8)), [0])
    assert decoded(made.data).shape[:2] == (900, 1600)
    file = files.store(made.data, "image/jpeg")
    assert decoded(thumbnail(file)).shape[:2] == (180, 320)
    monkeypatch.setattr(blurring, "_ask", None)
    assert thumbnail(file), "made once"


def test_marked_squares_are_covered_and_no_others() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (320, 400, 3), np.uint8)
    after = decoded(cells_covered(coded(noise), [0, 79]).data)
    assert after[:38, :38].std() < 40 < after[100:200, 100:200].std()
    assert after[284:, 364:].std() < 40


def _bomb() -> bytes:
    """A PNG of 30,000 by 30,000 white pixels in a few kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [_bomb(), b"\xff\xd8\xff" + b"\0" * 200, b"GIF89a" + b"\0" * 50, b"van ban"])
def test_what_is_no_sound_photograph_is_refused_at_its_field(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refusal:
        faces_covered([Paper("anh.jpg", data)])
    assert set(by_field(refusal.value)) == {"photos"}
