"""Which font the PDF is set in, and the proof that it holds every Vietnamese letter.

Typst replaces a missing font or letter without a word, so the choice is made and checked here, once, before
any page is set. Preferred are fonts with the widths of Times New Roman (which Decree 30 names).
"""

from __future__ import annotations

import importlib.resources
import importlib.util
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from nhipcau.core.errors import MissingProgram
from nhipcau.core.said import Said

PREFERRED = ("Tinos", "Liberation Serif")
SPARE = "Noto Serif"
SPARE_BREADTH = 1.16
INSTALL = "apt-get install fonts-croscore"
_FACES = {(style, weight) for style in ("normal", "italic") for weight in (400, 700)}
_SPARE_PACKAGE = "fontpkg_noto_serif"
_SPARE_FACES = {
    "NotoSerif[wdth,wght].ttf": {400: "Regular", 700: "Bold"},
    "NotoSerif-Italic[wdth,wght].ttf": {400: "Italic", 700: "BoldItalic"},
}
# Latin, ơ and ư, Vietnamese, punctuation, currency, letter-like signs, arrows, mathematics, bullets.
_SPARE_RANGES = (
    (0x20, 0x17F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1EA0, 0x1EF9), (0x2000, 0x2044), (0x2070, 0x20BF),
    (0x2100, 0x2126), (0x2190, 0x2193), (0x2212, 0x2265), (0x25A0, 0x25CF),
)  # fmt: skip


def _vietnamese() -> str:
    bases = "aăâeêioôơuưy"
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    vowels = "".join(unicodedata.normalize("NFC", base + mark) for base in bases for mark in marks)
    small = vowels + "bcdđghklmnpqrstvxfjwz"
    return small + small.upper()


REQUIRED = frozenset(_vietnamese() + "0123456789 .,;:!?'\"()[]/-–—…“”‘’%&+*=<>@#$_\\²°₫№§×·•")
"""Letters, digits and signs without which an official letter cannot be set."""


@dataclass(frozen=True)
class PressFont:
    """A family fit for the press: name, the four files, the folder typst loads, and all it can print.

    `breadth` is its width in terms of Times New Roman.
    """

    family: str
    folder: Path
    files: tuple[Path, ...]
    characters: frozenset[int]
    breadth: float = 1.0


@dataclass(frozen=True)
class Candidate:
    """A family that was looked at: where it lies and what it lacks (empty `missing`: fit)."""

    family: str
    folder: Path
    missing: str


@dataclass(frozen=True)
class FontReport:
    """For `doctor`: the family in use (None: no PDF can be made), everything tried, a sentence in Vietnamese."""

    family: str | None
    candidates: tuple[Candidate, ...]
    message: str

    @property
    def ok(self) -> bool:
        """Whether PDFs can be made at all."""
        return self.family is not None


def press_font(cache: Path | None = None) -> PressFont:
    """The font for PDFs: Tinos, else Liberation Serif 2, else Noto Serif instantiated into `cache`.

    `cache` is a folder the caller owns (default: the user's cache folder); it is only written to when
    neither of the first two is installed. Raises MissingProgram, naming the one command to run.
    """
    return _choose(cache or default_cache())


def font_report(cache: Path | None = None) -> FontReport:
    """What `doctor` prints about the fonts of the PDF."""
    tried = tuple(_examine(family, folder, files)[1] for family, folder, files in _installed())
    try:
        font = press_font(cache)
    except MissingProgram as error:
        return FontReport(None, tried, error.message)
    if font.family == SPARE:
        advice = f"không cùng độ rộng với Times New Roman nên số trang có thể khác bản Word; nên chạy: {INSTALL}"
        return FontReport(font.family, tried, f"Bản PDF dùng phông {font.family}, {advice}.")
    return FontReport(font.family, tried, f"Bản PDF dùng phông {font.family}, đủ chữ tiếng Việt.")


def default_cache() -> Path:
    """The user's cache folder for fonts; a private temporary one where there is no home."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "nhipcau" / "fonts"
    try:
        return Path.home() / ".cache" / "nhipcau" / "fonts"
    except RuntimeError:
        return Path(tempfile.mkdtemp(prefix="nhipcau-fonts-"))


@lru_cache(maxsize=8)
def _choose(cache: Path) -> PressFont:
    for family, folder, files in _installed():
        font, _ = _examine(family, folder, files)
        if font:
            return font
    spare = _spare_files(cache)
    font = _examine(SPARE, cache, spare)[0] if spare else None
    if font is None:
        raise MissingProgram(
            Said(
                f"Không tìm thấy phông chữ nào đủ chữ tiếng Việt để làm bản PDF. Hãy cài bằng lệnh: {INSTALL}",
                f"No font with all Vietnamese letters was found to make the PDF. Install one by: {INSTALL}",
            )
        )
    return font


def _installed() -> Iterator[tuple[str, Path, tuple[Path, ...]]]:
    """Installed preferred families, best first, once per folder they lie in."""
    found: dict[tuple[str, Path], dict[tuple[str, int], Path]] = {}
    for face in typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts():
        if face.family in PREFERRED and face.path:
            path = Path(face.path)
            found.setdefault((face.family, path.parent), {})[face.style, face.weight] = path
    for (family, folder), faces in sorted(
        found.items(), key=lambda item: (PREFERRED.index(item[0][0]), item[0][1])
    ):
        if faces.keys() >= _FACES and _unambiguous(family, folder):
            yield family, folder, tuple(sorted(faces.values()))


def _unambiguous(family: str, folder: Path) -> bool:
    """Typst loads a folder with its subfolders: two versions of one family there would be a lottery."""
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]).fonts()
    return sum(face.family == family for face in faces) == len(_FACES)


def _examine(family: str, folder: Path, files: Iterable[Path]) -> tuple[PressFont | None, Candidate]:
    files = tuple(files)
    characters = frozenset.intersection(*(_characters(file) for file in files))
    missing = "".join(sorted(c for c in REQUIRED if ord(c) not in characters))
    breadth = SPARE_BREADTH if family == SPARE else 1.0
    font = None if missing else PressFont(family, folder, files, characters, breadth)
    return font, Candidate(family, folder, missing)


def _characters(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def _spare_files(cache: Path) -> tuple[Path, ...]:
    """Noto Serif in four static files in `cache`, made from the variable font of its Python package."""
    if importlib.util.find_spec(_SPARE_PACKAGE) is None:
        return ()
    source = importlib.resources.files(_SPARE_PACKAGE) / "files"
    made: list[Path] = []
    for variable, names in _SPARE_FACES.items():
        targets = {weight: cache / f"NotoSerif-{name}.ttf" for weight, name in names.items()}
        missing = {weight: target for weight, target in targets.items() if not target.exists()}
        if missing:
            with importlib.resources.as_file(source / variable) as path:
                _instantiate(path, missing)
        made += targets.values()
    return tuple(made)


def _instantiate(variable: Path, targets: Mapping[int, Path]) -> None:
    """Static faces by weight: typst cannot use variable fonts. Cutting to Latin first saves most of the time."""
    font = TTFont(variable, lazy=True)
    cutter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=["*"], hinting=False))
    cutter.populate(unicodes=[code for first, last in _SPARE_RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    for weight, target in targets.items():
        static = instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}, updateFontNames=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and moved: two processes starting together must never see half a font.
        handle, temporary = tempfile.mkstemp(suffix=".tmp", dir=target.parent)
        os.close(handle)
        static.save(temporary)
        Path(temporary).replace(target)
