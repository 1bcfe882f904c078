"""Vietnamese text: cleaning what people type, folding for search, keys for comparing, keys for sorting.

Everything is plain `str` in and out. Only `clean` refuses anything (`InvalidInput`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said

# The Icelandic eth looks like đ/Đ and comes from old fonts and keyboards.
_D_LOOKALIKES = str.maketrans({"ð": "đ", "Ð": "Đ"})
_D_TO_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2013": "-"})

# Invisible joiners and marks that word processors leave behind. They print nothing, but would let two
# equal-looking texts differ, so cleaning drops them.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# No writing puts thirty marks on one letter (Unicode's Stream-Safe Text Format draws its line there), and to bring
# many of them into order takes the square of their number, with everybody waiting. The last two decompose to marks.
_MOST_MARKS = 30
_PILED = re.compile(rf"(?:[^\w\s\0-\u02ff]|[\uff9e\uff9f]){{{_MOST_MARKS + 1},}}")


def unpiled(s: str) -> str:
    """The text without the marks of a pile above its thirtieth: what may be brought into any form of Unicode."""
    return _PILED.sub(_cut_pile, s) if len(s) > _MOST_MARKS**2 else s


def _cut_pile(pile: re.Match[str]) -> str:
    rest = (char for char in pile[0][_MOST_MARKS:] if unicodedata.category(char)[0] == "M")
    over = frozenset(rest) | frozenset("\uff9e\uff9f")
    return pile[0][:_MOST_MARKS] + "".join(char for char in pile[0][_MOST_MARKS:] if char not in over)


def nfc(s: str) -> str:
    """Unicode NFC, the only form that is stored."""
    return unicodedata.normalize("NFC", unpiled(s))


def clean(s: str, *, multiline: bool = False) -> str:
    """What a person typed or pasted, ready to store: NFC, blanks collapsed, ends stripped.

    Tabs and no-break spaces become spaces. Line breaks are kept as "\\n" if `multiline`, else they
    become spaces. Raises `InvalidInput` on any other control character (NUL included), on marks that
    reverse the reading direction, and on broken characters, naming the character and its place.
    """
    if s.isprintable() and not _INVISIBLE.search(s) and "  " not in s:  # as nearly everything is
        return nfc(s).strip()
    text = _INVISIBLE.sub("", nfc(s))
    text = _LINE_BREAK.sub("\n" if multiline else " ", text)
    for place, char in enumerate(text, start=1):
        if char not in "\n\t" and (unicodedata.category(char) in ("Cc", "Cs") or char in _DIRECTION_MARKS):
            raise InvalidInput(
                Said(
                    f"Nội dung có ký tự không in được (U+{ord(char):04X}) ở vị trí {place}. "
                    "Hãy xóa ký tự đó hoặc gõ lại đoạn văn bản rồi thử lại.",
                    f"The text has a sign that cannot be printed (U+{ord(char):04X}) at place {place}. "
                    "Delete it or type the passage anew, then try again.",
                )
            )
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    # Removing an invisible character can bring a letter and its mark together: compose once more.
    return nfc("\n".join(lines).strip())


class _Bare(dict[int, int | str | None]):
    """A table for `str.translate`: marks go, đ is d, all else stays. It fills itself as it meets letters."""

    def __missing__(self, code: int) -> int | str | None:
        kept = None if unicodedata.category(chr(code)) == "Mn" else _D_TO_PLAIN.get(code, code)
        if code < 0x2000:  # so that no text, however odd, makes it grow without end
            self[code] = kept
        return kept


_BARE = _Bare()


def fold(s: str) -> str:
    """Lower-case letters without any diacritics, đ as d: the searchable form (index and query alike)."""
    return nfc(unicodedata.normalize("NFD", unpiled(s)).translate(_BARE).translate(_NO_BREAK).lower())


_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def _toned(letter: str) -> str:
    return "".join(nfc(letter + tone) for tone in _TONES)


def _tone_pairs() -> dict[str, str]:
    """New-style endings and their old-style spelling: "oà" → "òa", in either case of each letter."""
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for glide in (first, first.upper()):
            for vowel in (second, second.upper()):
                pairs |= {glide + nfc(vowel + tone): nfc(glide + tone) + vowel for tone in _TONES}
    return pairs


_NEW_TO_OLD = _tone_pairs()
_OLD_AFTER_Q = {old: new for new, old in _NEW_TO_OLD.items() if new[0] in "uU"}
_WORD_END = "(?![^\\W_]|[\u0300-\u036f])"
_NEW_ENDING = re.compile(
    f"(?:[oO][{_toned('a')}{_toned('A')}{_toned('e')}{_toned('E')}]"
    f"|(?<![qQ])[uU][{_toned('y')}{_toned('Y')}]){_WORD_END}"
)
_MISPLACED_AFTER_Q = re.compile(f"(?<=[qQ])[{_toned('u')}{_toned('U')}][yY]{_WORD_END}")


def canonical(s: str) -> str:
    """One spelling per word, for keys and matching and never for display.

    NFC; "hoà" and "hòa", "uỷ" and "ủy" become one (the tone on the first vowel; after q on the second:
    "quý"); ð is đ; no-break spaces are spaces; hyphens and en dashes are "-". Case is kept. On text that
    is already NFC the length does not change, so character offsets stay valid.
    """
    text = nfc(s).translate(_NO_BREAK).translate(_D_LOOKALIKES).translate(_HYPHENS)
    text = _NEW_ENDING.sub(lambda m: _NEW_TO_OLD[m.group()], text)
    return _MISPLACED_AFTER_Q.sub(lambda m: _OLD_AFTER_Q[m.group()], text)


# --- sorting ---------------------------------------------------------------------------------------
# A key is made of 0-9a-f only, so that it sorts alike under every collation of every database.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WEIGHT = {c: f"{0x10 + i:02x}" for i, c in enumerate("0123456789")}
_WEIGHT |= {c: f"{0x20 + i:02x}" for i, c in enumerate(_ALPHABET)}
_END, _SPACE, _SIGN, _FOREIGN = "00", "01", "02", "f0"
_TONE_WEIGHT = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS = frozenset("\u0306\u0302\u031b")  # breve, circumflex, horn: part of ă â ê ô ơ ư
_OTHER_MARK = "9"


def _split_letter(char: str) -> tuple[str, str]:
    """(letter without its tone, weight of the tone or foreign mark)."""
    base, tone = "", "0"
    for part in unicodedata.normalize("NFD", char):
        if part in _TONE_WEIGHT:
            tone = _TONE_WEIGHT[part]
        elif unicodedata.category(part) == "Mn" and part not in _LETTER_MARKS:
            tone = _OTHER_MARK
        else:
            base += part
    return nfc(base), tone


def _primary(letter: str) -> str:
    if letter in _WEIGHT:
        return _WEIGHT[letter]
    if not letter or letter.isspace():
        return _SPACE
    kind = _FOREIGN if letter[0].isalnum() else _SIGN
    return kind + "".join(f"{ord(c):06x}" for c in letter[:1])


def _levels(s: str) -> tuple[str, str]:
    """(letters then tones, capitals). The first is self-delimiting: equal letters mean equally many tones."""
    weighed = [_weigh(char) for char in canonical(s)]
    letters, tones, capitals = map("".join, zip(*weighed, strict=True)) if weighed else ("", "", "")
    return letters + _END + tones, capitals


@lru_cache(maxsize=2048)  # a nation's names are written with some two hundred characters
def _weigh(char: str) -> tuple[str, str, str]:
    """(letter, tone, capital) of one character."""
    base, tone = _split_letter(char)
    low = base.lower()
    return _primary(low), tone, "0" if base == low else "1"


def sort_key(s: str) -> str:
    """A key whose plain string order is Vietnamese order, to be stored beside the text.

    Letters first (a ă â b c d đ e ê … o ô ơ … u ư …; blank < signs < digits < letters), then tones
    (ngang < huyền < hỏi < ngã < sắc < nặng), then lower case before upper. Only 0-9a-f, about 3 to 4
    characters per letter.
    """
    body, capitals = _levels(s)
    return body + capitals.rstrip("0")


def given_name_key(full_name: str) -> str:
    """Key for a list of persons as Vietnamese lists are made: given name, then family name, then middle."""
    words = full_name.split()
    given, family = words[-1:], words[:-1][:1]
    bodies, capitals = zip(*(_levels(" ".join(part)) for part in (given, family, words[1:-1])), strict=True)
    return "".join(bodies) + "".join(capitals).rstrip("0")


def whole(text: str, most: int) -> int | None:
    """The number from 0 to `most` that plain digits spell; None for anything else, however long."""
    known = text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most
    return int(text) if known else None
