"""Who signs (boxes 7a and 7b): authority (TM., KT., TL., TUQ.), title, full name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.reader import confidence as why
from nhipcau.reader.confidence import Doubt, Ground
from nhipcau.reader.language.lexicon import AUTHORITY, SURNAMES, TITLE
from nhipcau.reader.language.spelling import misspelt
from nhipcau.reader.language.syllables import is_syllable
from nhipcau.reader.language.text import LOWER, UPPER, legible, looks_upper, plain
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import RECIPIENTS, Layout, Line

_NOISE = re.compile(
    r"\W*(?:\(?\s*(?:d. k.|k. t.n|k., .?.ng d.u|k. b.i|.. k.)\b|gi. k.|th.i gian k.|ng..i k.|c. quan\s*:"
    r"|ch. k. s.|email\s*:|ng.y k.)"
    r"|\W*\d{4}[.-]\d{2}[.-]\d{2}"
)
_DEGREE = re.compile(r"^(?:(?:PGS|GS|TS|ThS|Ths|BS|CN|KS|Th\.S|Tiến sĩ|Thạc sĩ|Đ/c|Ông|Bà)\.?\s*)+", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-+•*·~]")
_SHORT = 40
_LONGEST_NAME = 150  # letters of a name with all its degrees
_SURNAME_LIKE_A_TITLE = re.compile(r"trương\s", re.IGNORECASE)  # no "trưởng"
# The commonest family names where the stamp beside them took the first letter.
_BEHEADED = frozenset({"guyen", "ran", "ham", "oang", "uynh"})
_NAME_WORD = re.compile(rf"[{UPPER}][{LOWER}]{{0,7}}|[{UPPER}]{{2,7}}")


@dataclass(frozen=True)
class Signature:
    authority: Field
    title: Field
    name: Field


def is_signing_noise(line: Line) -> bool:
    """ "(Đã ký)", and what a digital signature prints: who, when."""
    return _NOISE.match(line.plain) is not None


def name_in(text: str) -> str | None:
    """The person's name that `text` consists of, without degrees, or None."""
    if len(text) > _LONGEST_NAME:
        return None
    bare = _DEGREE.sub("", text.strip(" .,;*_|()"))
    words = bare.split()
    if not 2 <= len(words) <= 5 or not all(_NAME_WORD.fullmatch(word) for word in words[1:]):
        return None
    if len(words) > 2 and plain(words[0]) in _BEHEADED and words[0].islower():
        return bare
    if not _NAME_WORD.fullmatch(words[0]):
        return None
    named = _SURNAME_LIKE_A_TITLE.match(bare) or not TITLE.match(plain(bare))
    return bare if named and plain(words[0]) in SURNAMES else None


_SPECK = 2  # letters: what a stroke is read as


def name_ending(text: str) -> str | None:
    """The name behind what a stamp or a signature left on its line ("TP TH Trần Văn An"), or None."""
    words = text.split()
    for index, word in enumerate(words[1:-2], 1):
        left = words[index - 1].strip(".,;:")
        if is_syllable(left) and (len(left) > _SPECK or left.istitle()) and not (left.isupper() and len(left) < 4):
            return None
        if word[:1].isalpha() and (name := name_in(" ".join(words[index:]))):
            return name
    return None


def read_signer(layout: Layout) -> Signature:
    lines = _with_whole_titles([line for line in layout.end if not is_signing_noise(line)])
    authority = _authority(lines)
    title = _title(lines, authority[1])
    after = max((i for i in (*authority[1], *title[1])), default=-1)
    return Signature(authority[0], title[0], _name(lines, after, found=bool(authority[1] or title[1])))


_TITLE_BEGUN = frozenset({"pho", "thu", "chu", "vu", "cuc", "hieu", "giam", "vien"})


def _with_whole_titles(lines: list[Line]) -> list[Line]:
    """ "THỨ" over "TRƯỞNG": a narrow cell broke the title after its first word."""
    whole: list[Line] = []
    for line in lines:
        above = whole[-1] if whole else None
        if above is not None and above.plain in _TITLE_BEGUN and above.column == line.column:
            joined = Line(f"{above.text} {line.text}", above.start, above.column, above.after_blank, above.indent)
            if is_title(joined):
                whole[-1] = joined
                continue
        if above is not None and above.plain in SURNAMES and above.column == line.column:  # "Nguyễn" / "Khắc Định"
            joined = Line(f"{above.text} {line.text}", above.start, above.column, above.after_blank, above.indent)
            if name_in(joined.text):
                whole[-1] = joined
                continue
        whole.append(line)
    return whole


def is_authority(line: Line) -> bool:
    """ "TM. BAN THƯỜNG VỤ"; web copies print "TM. Ban Thường vụ"."""
    return AUTHORITY.match(line.plain) is not None and line.text[:2].isupper()


def is_title(line: Line) -> bool:
    """ "PHÓ CHỦ TỊCH", or "Phó Chủ tịch" alone on its line as web copies print it."""
    folded = line.plain
    if looks_upper(line.text):  # specks of a scan: "BỘ-TRƯỞNG", "'THỨ TRƯỞNG"
        folded = folded.replace("-", " ").lstrip("'‘`. ")
    titled = any(map(TITLE.match, folded.split(", ")))  # "RƯỞNG, CHỦ NHIỆM": a seal took the beginning
    if not titled or _BULLET.match(line.text) or _SURNAME_LIKE_A_TITLE.match(line.text):
        return False
    if looks_upper(line.text):
        return legible(line.text)
    whole = re.fullmatch(rf"{TITLE.pattern}(?:\s+\w+){{0,3}}", line.plain)
    return whole is not None and line.text[0].isupper() and len(line.text) < _SHORT


def _capitals(line: Line) -> bool:
    """A line of the signature block in capitals that is not a recipient."""
    return (
        legible(line.text)
        and looks_upper(line.text)
        and not _BULLET.match(line.text)
        and not RECIPIENTS.match(line.plain)
    )


def _authority(lines: list[Line]) -> tuple[Field, list[int]]:
    """ "TM. …" and a following "KT. …" make one value; a wrapped body's name joins its line."""
    used: list[int] = []
    for index, line in enumerate(lines):
        if is_authority(line):
            used.append(index)
        elif used and is_title(line):
            if not any(map(is_authority, lines[index + 1 : index + 4])):
                break
        elif used and _capitals(line) and line.column == lines[used[0]].column and len(used) < 4:
            used.append(index)
    return _join(lines, used, why.AUTHORITY_LINE), used


def _title(lines: list[Line], authority: list[int]) -> tuple[Field, list[int]]:
    """The title and what wraps or adds to it ("PHÓ TRƯỞNG BAN / GIÁM ĐỐC SỞ …")."""
    used: list[int] = []
    for index in range(authority[-1] + 1 if authority else 0, len(lines)):
        line = lines[index]
        if not used:
            if is_title(line):
                used.append(index)
            continue
        between = [other for other in lines[used[-1] + 1 : index] if other.column == line.column]
        near = index - used[-1] <= 6 and len(between) < 2 and line.column == lines[used[0]].column
        goes_on = is_title(line) or (_capitals(line) and not is_authority(line) and name_in(line.text) is None)
        if near and goes_on:
            used.append(index)
        elif line.column == lines[used[0]].column:
            break
    return _join(lines, used, why.SIGNER_TITLE), used


def _name(lines: list[Line], after: int, *, found: bool) -> Field:
    """The first name under the title; beside a recipient ("…; Trần Văn An") where columns ran together."""
    below = lines[after + 1 :]
    column = lines[after].column if after >= 0 else 0
    for line in sorted(below, key=lambda line: line.column != column):  # its own column first
        name = name_in(line.text) if not _BULLET.match(line.text) else None
        at = line.text.find(name) if name else -1
        if name is None:
            tail = re.search(r"[;.]\s+([^;.]+)$", line.text)
            name = name_in(tail[1]) if tail else name_ending(line.text) if not _BULLET.match(line.text) else None
            at = line.text.rfind(name) if name else -1
        if name is not None:
            ground = why.SIGNER_NAME if found else why.SIGNER_NAME_ALONE
            odd = misspelt(name) or len(name.split()) > 4 or name[0].islower()
            doubts = [why.GARBLED] if odd else []
            return why.field(name, (line.start + at, line.start + at + len(name)), ground, *doubts)
    return Field()


def _join(lines: list[Line], used: list[int], ground: Ground) -> Field:
    if not used:
        return Field()
    text = " ".join(lines[i].text.strip(" *_|'‘`") for i in used)
    return why.field(text, (lines[used[0]].start, lines[used[-1]].end), ground, *_doubts(text))


def _doubts(text: str) -> list[Doubt]:
    doubts = []
    if misspelt(text) or re.search(r"[^\w\s.,&()/:'\"“”’-]|\d", text):
        doubts.append(why.GARBLED)
    if len(text) > 70:
        doubts.append(why.VERY_LONG)
    return doubts
