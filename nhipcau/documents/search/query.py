"""What a person types into the search box, understood: words, phrases and fields. Nothing typed is an error.

an toàn "vệ sinh lao động" số:56/KH từ:"Sông Lam" ngày:3/2018 loại:kế hoạch
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from nhipcau.core.text import canonical, fold, nfc
from nhipcau.documents.numbering import CODES, WITHOUT_CODE
from nhipcau.documents.search.words import Word, words
from nhipcau.reader.language.syllables import unmarked_beginning_with

_LENGTH = 300
_PIECES = 16
_MOST_BEGUN = 40  # syllables; "th" begins more, "tho" does not
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


class Field(StrEnum):
    """Where a piece must stand; TEXT is anywhere."""

    TEXT = "text"
    NUMBER = "number"
    ISSUER = "issuer"
    TYPE = "type"


_NAMES = {
    "so": Field.NUMBER,
    "number": Field.NUMBER,
    "tu": Field.ISSUER,
    "from": Field.ISSUER,
    "loai": Field.TYPE,
    "type": Field.TYPE,
}
_DATE_NAMES = {"ngay", "date"}
_FIELD = re.compile(rf"({'|'.join((*_NAMES, *_DATE_NAMES))})\s*[:\uff1a]\s*")
_VALUE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_TYPES = {tuple(w.folded for w in words(name)): name for name in (*CODES, *WITHOUT_CODE)}
_BY_CODE = {fold(canonical(code)): name for name, code in CODES.items()}
_LONGEST_TYPE = max(map(len, _TYPES))


@dataclass(frozen=True)
class Piece:
    """Words that must stand side by side (one word, a phrase, a symbol), in a field or anywhere."""

    field: Field
    words: tuple[Word, ...]
    typed: str


@dataclass(frozen=True)
class Query:
    """A search as understood. `first` and `last` bound the letter's date; `unclear` lists what was no date.
    `either`: words of which one must stand somewhere, besides all the pieces."""

    pieces: tuple[Piece, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    unclear: tuple[str, ...] = ()
    either: tuple[Word, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.pieces or self.either or self.first or self.last)

    @property
    def free(self) -> tuple[Piece, ...]:
        """The pieces that may stand anywhere: those that are highlighted and ranked."""
        return tuple(piece for piece in self.pieces if piece.field is Field.TEXT)

    @property
    def accented(self) -> bool:
        """Whether the person took care of diacritics anywhere."""
        return any(word.exact != word.folded for piece in self.free for word in piece.words)


def parse(text: str) -> Query:
    """Whatever is typed, as a query; what is too long is cut."""
    rest = nfc(text)[:_LENGTH].translate(_QUOTES)
    pieces: list[Piece] = []
    first, last = dt.date.min, dt.date.max
    unclear: list[str] = []
    while rest := rest.lstrip():
        name, rest = _field(rest)
        if name in _DATE_NAMES:
            value, rest = _value(rest)
            span = _span(value)
            if span is None:
                unclear.append(value)
            else:
                first, last = max(first, span[0]), min(last, span[1])
            continue
        piece, rest = _piece(_NAMES.get(name, Field.TEXT), rest)
        if piece.words and len(pieces) < _PIECES:
            pieces.append(piece)
    return Query(
        tuple(pieces),
        first if first != dt.date.min else None,
        last if last != dt.date.max else None,
        tuple(unclear),
    )


def begun(query: Query) -> Query | None:
    """The same with its last word taken for the beginning of one: "tap hua" for "tập huấn".

    The syllables that can be written are a closed list, so each is asked for by itself, which costs either index
    little; None for a word that begins none of them, or too many to tell anything.
    """
    last = query.pieces[-1] if query.pieces else None
    if last is None or last.field is not Field.TEXT or len(last.words) != 1:
        return None
    found = unmarked_beginning_with(last.words[0].folded)
    if not 0 < len(found) <= _MOST_BEGUN:
        return None
    return replace(query, pieces=query.pieces[:-1], either=tuple(Word(one, one) for one in found))


def _field(rest: str) -> tuple[str, str]:
    """("so", the rest) for "Số: 56 …"; ("", the same) where no field begins."""
    # Folding may not change the length here: only plain letters and blanks can match.
    head = rest[:20]
    plain = fold(head)
    found = _FIELD.match(plain) if len(plain) == len(head) else None
    return (found[1], rest[found.end() :]) if found else ("", rest)


def _value(rest: str) -> tuple[str, str]:
    found = _VALUE.match(rest)
    if found is None:
        return "", rest
    return (found[1] if found[1] is not None else found[2]), rest[found.end() :]


def _piece(field: Field, rest: str) -> tuple[Piece, str]:
    if field is Field.TYPE and not rest.startswith('"'):
        known = _known_type(rest)
        if known is not None:
            return known
    value, rest = _value(rest)
    found = tuple(words(value))
    if field is Field.TYPE and len(found) == 1:
        found = tuple(words(_BY_CODE.get(found[0].folded, value)))
    return Piece(field, found, value), rest


def _known_type(rest: str) -> tuple[Piece, str] | None:
    """The longest known type of document that the text begins with: "kế hoạch năm 2018" → "kế hoạch"."""
    chunks = list(re.finditer(r"\S+", rest))[:_LONGEST_TYPE]
    for count in range(len(chunks), 0, -1):
        typed = rest[: chunks[count - 1].end()]
        found = tuple(words(typed))
        if tuple(word.folded for word in found) in _TYPES:
            return Piece(Field.TYPE, found, typed), rest[len(typed) :]
    return None


_FORMS = (
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})"),
)


def _span(value: str) -> tuple[dt.date, dt.date] | None:
    """First and last day meant by "1/3/2018", "3/2018", "2018-03", "2018", "1/3/2018..31/3/2018", "3/2018.."."""
    begins, dots, ends = value.partition("..")
    if not dots:
        return _days(value)
    first = _days(begins) if begins else (dt.date.min, dt.date.min)
    last = _days(ends) if ends else (dt.date.max, dt.date.max)
    return (first[0], last[1]) if first and last and (begins or ends) else None


def _days(value: str) -> tuple[dt.date, dt.date] | None:
    found = next((match for form in _FORMS if (match := form.fullmatch(value))), None)
    if found is None:
        return None
    parts = {name: int(part) for name, part in found.groupdict().items()}
    try:
        first = dt.date(parts["y"], parts.get("m", 1), parts.get("d", 1))
    except ValueError:
        return None
    if "d" in parts:
        return first, first
    month = parts.get("m", 12)
    return first, dt.date(first.year, month, calendar.monthrange(first.year, month)[1])
