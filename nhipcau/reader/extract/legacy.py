"""Old encodings under Latin letters: TCVN3 (fonts ".Vn…"), VNI ("VNI-…"), and letters swapped on the way.

An old Vietnamese font draws "ế" where the file holds "Õ". Which table holds is said by the font of a run; where
no font says it, only the words can prove it: they are no syllables as they stand and are syllables once
converted. Text is never converted as a whole because a part of it is old: "đoμn viên" would become "viờn".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from nhipcau.core.said import Said
from nhipcau.reader.language.syllables import is_syllable

Encoding = Literal["tcvn3", "vni"]

_ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni")
_OLD = {
    "tcvn3": Said("bảng mã cũ TCVN3 (phông .Vn…)", "the old encoding TCVN3 (.Vn… fonts)"),
    "vni": Said("bảng mã cũ VNI", "the old encoding VNI"),
}
_SWAPPED = Said("chữ “à”, “ư” bị thay bằng ký hiệu lạ", "signs in place of “à” and “ư”")
_SUBSET = re.compile(r"^[A-Z]{6}\+")  # how a PDF marks a font of which it holds a part
_UNICODE = re.compile("[\u0100-\u017f\u01a0-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~…“”‘’–]+")  # TCVN3 draws letters for signs such as "§" and "©"
_HYPHENED = re.compile(r"[^\s\d,.;:/()“”\"-]*-[^\s\d,.;:/()“”\"-]+")
_SIGNS = {ord("μ"): "à", ord("µ"): "à", ord("−"): "ư"}  # seen where a font was swapped on the way to a PDF
_SIGNED = re.compile(r"(?:[^\W\d_]|−)*[μµ−](?:[^\W\d_]|−)*")
_FEWEST = 3  # words that must agree before words alone prove an encoding
_PROOF = 0.9


@dataclass(frozen=True)
class Run:
    """A stretch of text in one font. `font` is the name as the file gives it, None if it names none."""

    text: str
    font: str | None = None
    upper: bool = False  # drawn in capitals whatever was typed


@lru_cache(maxsize=256)
def encoding_of_font(font: str | None) -> Encoding | None:
    """TCVN3 for ".VnTime" and its kin, VNI for "VNI-Times"; None for any other font."""
    name = _SUBSET.sub("", font or "").lower().lstrip()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) or name == "vni" else None


@lru_cache(maxsize=256)
def draws_capitals(font: str | None) -> bool:
    """A ".VnTimeH" draws capitals for the codes of small letters."""
    name = re.sub(r"(?i)[ ,-]*(?:bold|italic|regular)\b.*$", "", font or "")
    return encoding_of_font(font) == "tcvn3" and name.endswith("H")


def joined(runs: Iterable[Run]) -> str:
    """The text of a paragraph; neighbours of one font are converted together, for VNI writes a letter as two."""
    parts = []
    for (encoding, upper), group in groupby(runs, key=_treatment):
        text = "".join(run.text for run in group)
        if encoding is not None:
            text = decode(text, encoding)
        parts.append(text.upper() if upper else text)
    return "".join(parts)


def _treatment(run: Run) -> tuple[Encoding | None, bool]:
    encoding = encoding_of_font(run.font)
    # Text pasted from elsewhere keeps the old font's name although it is Unicode already.
    if encoding is not None and _UNICODE.search(run.text):
        return None, run.upper
    return encoding, run.upper or draws_capitals(run.font)


def decode(text: str, encoding: Encoding) -> str:
    """The text as its old font drew it."""
    from viparse.normalize.encodings import get_charmap  # it takes 80 ms to import; few files need it
    from viparse.normalize.tables import convert

    def word(found: re.Match[str]) -> str:
        # A PDF gives "-" for the code of "ư" in TCVN3; a real hyphen does not make a syllable.
        as_letter: str = convert(found[0].replace("-", "\xad"), get_charmap(encoding))
        return as_letter if is_syllable(as_letter) else found[0]

    if encoding == "tcvn3" and "-" in text:
        text = _HYPHENED.sub(word, text)
    decoded: str = convert(text, get_charmap(encoding))
    return decoded


def proven_encoding(text: str) -> Encoding | None:
    """The old encoding of a text without any font names, or None unless its words leave no doubt."""
    before = [word for word in _WORD.findall(text) if not word.isascii()]
    if len(before) < _FEWEST or sum(map(is_syllable, before)) > 0.5 * len(before):
        return None
    for encoding in _ENCODINGS:
        after = [decode(word, encoding) for word in before]
        if sum(map(is_syllable, after)) >= _PROOF * len(after):
            return encoding
    return None


@dataclass(frozen=True)
class Repaired:
    """A text and what was put right in it, in words for a warning."""

    text: str
    done: tuple[Said, ...] = ()


def repair(text: str) -> Repaired:
    """Put right what the words themselves prove; everything else stays as it came."""
    lines = text.split("\n")
    # A line of real Vietnamese has a letter that no old encoding has; it is left alone, whatever the others are.
    old = [index for index, line in enumerate(lines) if not line.isascii() and not _UNICODE.search(line)]
    encoding = proven_encoding("\n".join(lines[index] for index in old))
    done: tuple[Said, ...] = ()
    if encoding is not None:
        for index in old:
            lines[index] = _WORD.sub(lambda word: _decoded_word(word[0], encoding), lines[index])
        text, done = "\n".join(lines), (_OLD[encoding],)
    if _proves_swap(text):
        text, done = _SIGNED.sub(_swap, text), (*done, _SWAPPED)
    return Repaired(text, done)


def _decoded_word(word: str, encoding: Encoding) -> str:
    """A ".VnTimeH" draws capitals for the codes of small letters: "§OµN" without its font is "ĐOÀN"."""
    typed = [char for char in word if char.isascii()]
    decoded = decode(word, encoding)
    return decoded.upper() if len(typed) > 1 and all(map(str.isupper, typed)) else decoded


def _proves_swap(text: str) -> bool:
    """Do nearly all words with a strange sign inside become syllables, and are they several?"""
    words = [word.translate(_SIGNS) for word in _SIGNED.findall(text) if word[:1].isalpha() and len(word) > 1]
    return len(set(words)) >= _FEWEST and sum(map(is_syllable, words)) >= _PROOF * len(words)


def _swap(found: re.Match[str]) -> str:
    word = found[0].translate(_SIGNS)
    return word if is_syllable(word) else found[0]


def is_suspect(text: str) -> bool:
    """Is there a word that makes sense only in an old encoding?"""
    words = {word for word in _WORD.findall(text) if not word.isascii() and not is_syllable(word)}
    return any(is_syllable(decode(word, encoding)) for word in words for encoding in _ENCODINGS)
