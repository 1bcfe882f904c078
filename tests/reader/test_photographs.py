"""A photograph of a letter: the sheet found and laid flat, read as a scan, opened only in a confined process."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader import read_bytes
from nhipcau.reader.extract import extract
from nhipcau.reader.extract.apart import picture_apart, searchable_apart

pytest.importorskip("PIL", reason="the extra ocr is not installed")

from PIL import Image

from nhipcau.reader.extract.photos import as_pdf
from nhipcau.reader.extract.sheet import find, flat, lit
from tests.reader.photographs import Shot, as_file, on_table, photographed
from tests.reader.scans import letter, truth

needs_tesseract = pytest.mark.needs_program("tesseract")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sheet_is_found_to_the_breadth_of_a_line_of_print(seed: int) -> None:
    paper = Image.new("RGB", (900, 1273), (250, 248, 240))
    shot = Shot(high=1600, askew=0.04)
    found = find(on_table(paper, shot, seed))
    assert found is not None
    random = np.random.default_rng(seed)
    for (x, y), (u, v) in zip(found.corners, ((0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94)), strict=True):
        there = (u + random.uniform(-1, 1) * 0.04) * 1200, (v + random.uniform(-1, 1) * 0.04) * 1600
        assert math.dist((x, y), there) < 0.015 * 1600


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (600, 800), (240, 240, 240)),
        Image.new("RGB", (600, 800), (20, 20, 20)),
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (800, 600, 3), np.uint8)),
    ],
    ids=["nothing but paper", "nothing but table", "anything"],
)
def test_where_no_sheet_stands_out_the_picture_stays_as_it_lies(picture: Image.Image) -> None:
    assert find(picture) is None
    assert flat(picture).size == picture.size


def test_paper_in_the_shade_becomes_as_white_as_paper_in_the_light() -> None:
    page = photographed(letter(1), Shot(high=1200, askew=0.0, shade=0.6)).crop((90, 90, 810, 1110))
    even = np.asarray(lit(page)).astype(int)
    corners = [even[20:60, 20:60], even[20:60, -60:-20], even[-60:-20, 20:60], even[-60:-20, -60:-20]]
    whites = [float(np.median(one)) for one in corners]
    assert min(whites) > 225
    assert max(whites) - min(whites) < 15


def test_red_ink_stays_red_on_yellow_light() -> None:
    paper = np.full((400, 400, 3), 240, np.uint8)
    paper[180:220, 180:220] = (200, 40, 50)
    yellow = (paper * np.array([1.0, 0.95, 0.8]) * 0.6).astype(np.uint8)
    red, green, blue = np.asarray(lit(Image.fromarray(yellow)))[200, 200].astype(int)
    assert red - max(green, blue) > 60


@needs_tesseract
@pytest.mark.parametrize("turned", [0, 90, 180])
def test_a_photograph_is_read_like_a_scan_whichever_way_it_was_held(turned: int) -> None:
    document = letter(2)
    reading = read_bytes(as_file(photographed(document, Shot(turned=turned), seed=2)), "IMG_0012.jpg")
    expected: Any = truth(document)
    assert reading.text_source == "ocr"
    assert (reading.number.value, reading.date.value, reading.subject.value) == (
        expected["number"], expected["date"], expected["subject"],
    )  # fmt: skip
    assert [page.page for page in reading.pages] == [0]


@needs_tesseract
def test_what_the_camera_says_of_its_position_is_followed() -> None:
    about = Image.Exif()
    about[0x0112] = 6  # to be turned by a quarter to the right
    page = photographed(letter(2), Shot(turned=90), seed=2)
    reading = read_bytes(as_file(page, exif=about), "a.jpg")
    assert reading.number.value == truth(letter(2))["number"]
    assert abs(reading.pages[0].angle) < 10


def test_nobody_waits_for_the_recogniser_while_sending() -> None:
    found = extract(as_file(photographed(letter(1), Shot(high=900))), "a.jpg", ocr=False)
    assert (found.text, found.source, found.unread) == ("", "ocr", 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_gives_one_page_of_the_height_of_a4(kind: str) -> None:
    page = pdfium.PdfDocument(as_pdf(as_file(photographed(letter(1), Shot(high=900)), kind), "a"))[0]
    assert max(page.get_size()) == pytest.approx(842, abs=3)


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    page = pdfium.PdfDocument(as_pdf(as_file(clear, "PNG"), "a"))[0]
    assert np.asarray(page.render().to_pil().convert("L")).min() > 200


def test_the_page_shown_and_the_searchable_copy_are_made_of_the_sheet_alone() -> None:
    data = as_file(photographed(letter(1), Shot(high=900)))
    shown = Image.open(io.BytesIO(picture_apart(data, "a.jpg", 0)))
    assert np.asarray(shown)[5, 5].min() > 150  # paper, not the table
    pytest.importorskip("pikepdf")
    assert searchable_apart(data, "a.jpg", ()).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0 no picture at all",
        as_file(Image.new("RGB", (900, 900)))[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0",
    ],
    ids=["rubbish", "cut short", "empty", "webp without a picture"],
)
def test_a_broken_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_bytes(data, "anh.jpg")


def test_a_picture_that_claims_a_billion_points_is_refused_unopened() -> None:
    small = as_file(Image.new("L", (800, 800)), "PNG")
    bomb = small[:16] + (40_000).to_bytes(4, "big") + (40_000).to_bytes(4, "big") + small[24:]
    with pytest.raises(UnreadableFile):
        extract(bomb, "a.png", ocr=False)
