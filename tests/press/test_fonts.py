"""The font of the PDF: every Vietnamese letter, the spare font, and a plain word when none is fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nhipcau.core.errors import MissingProgram
from nhipcau.press import font_report, fonts, press_font, to_pdf
from tests.press import reading
from tests.press.samples import dispatch


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fonts, "_installed", lambda: iter(()))
    fonts._choose.cache_clear()
    yield
    fonts._choose.cache_clear()


def test_all_134_vietnamese_letters_are_required() -> None:
    foreign = set("fjwzFJWZ")
    letters = {character for character in fonts.REQUIRED if character.isalpha()} - foreign - {"№"}
    assert len(letters - set("fjwz")) == 178
    marked = {letter for letter in letters if not letter.isascii()}
    assert len(marked) == 134


def test_the_chosen_font_has_every_required_character() -> None:
    font = press_font()
    assert {ord(character) for character in fonts.REQUIRED} <= font.characters
    assert len(font.files) == 4
    assert font_report().ok


@pytest.mark.needs_program("tinos")
def test_tinos_is_preferred() -> None:
    assert press_font().family == "Tinos"


def test_without_installed_fonts_the_packaged_one_is_made_and_used(nothing_installed: None, tmp_path: Path) -> None:
    report = font_report(tmp_path)
    assert report.family == fonts.SPARE
    assert fonts.INSTALL in report.message
    pdf = to_pdf(dispatch(), cache=tmp_path)
    assert all(name.startswith("NotoSerif") for name in reading.fonts(pdf))
    assert "/LĐLĐ-CSPL" in reading.pages(pdf)[0]
    assert len(list(tmp_path.iterdir())) == 4


def test_without_any_font_the_message_names_the_one_command(
    nothing_installed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "_SPARE_PACKAGE", "no_such_package")
    with pytest.raises(MissingProgram, match="apt-get install fonts-croscore"):
        press_font(tmp_path)
    assert not font_report(tmp_path).ok
