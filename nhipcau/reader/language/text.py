"""Letters and lines: one plain form to match on, and what a line looks like."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

from nhipcau.core.text import nfc

_MARKS = {"đ": "d", "ð": "d", "Đ": "D", "Ð": "D"}


def _plain_char(char: str) -> str:
    base = _MARKS.get(char) or unicodedata.normalize("NFD", char)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


class _PlainTable(dict[int, str]):
    """What each character becomes, found when first met; hostile text must not fill the memory with it."""

    _MOST = 4096

    def __missing__(self, code: int) -> str:
        value = _plain_char(chr(code))
        if len(self) < self._MOST:
            self[code] = value
        return value


_PLAIN = _PlainTable()


_LINE = 400  # letters up to which a text is remembered: readers look at each line some ten times over


def plain(text: str) -> str:
    """Lower case without marks, **one character for one**, so that offsets stay those of NFC `text`."""
    if len(text) <= _LINE:
        return _plain_line(text)
    return "\n".join(map(plain, text.split("\n"))) if "\n" in text else _plain(text)


def _plain(text: str) -> str:
    bare = _bare(text)
    return text.translate(_PLAIN) if bare is None else bare.decode("ascii").lower()


def _bare(text: str) -> bytes | None:
    """In ASCII, without marks, a text of nothing but Latin letters, as nearly all are; else None."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore")
    return bare if len(bare) == len(text) else None


_plain_line = lru_cache(maxsize=512)(_plain)  # of a letter or two; reading takes a tenth less time

_SLIPS = str.maketrans("liIoO", "11100")  # letters that recognition takes for figures
# The figure first and what stands before it second, so that other letters are passed over three times as quickly.
_FIGURES_OF_DATES = re.compile(
    r"[\dlio](?:(?<![\w/.-].)[\dlio]?(?:\s?/\s?[\dlio]{1,2}(?:\s?/\s?[\dlio]{4})?|\.[\dlio]{1,2}\.[\dlio]{4})(?![\w/])"
    r"|(?:(?<=\bngay .)|(?<=\bthang .))[\dlio]?\b|(?<=\bnam .)[\dlio]{3}\b)"
)
# What every slip that is mended holds, and few texts do: such a letter beside a figure, no others around them.
_FIGURE_THEN_LETTER = re.compile(r"\d(?:\s?/\s?|\.)?[lio][\dlio]{0,3}(?!\w)")
_LETTER_THEN_FIGURE = re.compile(
    r"\d(?:(?<=[lio].)|(?<=[lio][/.].)|(?<=[lio]\s/.)|(?<=[lio]/\s.)|(?<=[lio]\s/\s.))[\dlio]{0,3}(?!\w)"
)
_FIGURES_OF_SYMBOLS = re.compile(r"[\dlIOo](?<![\w/.,-].)[\dlIOo]{0,4}(?=\s?[/-]\s?[A-ZĐ]{2})")


def _as_figures(match: re.Match[str]) -> str:
    text = match[0]
    return text if text.isdigit() or not any(map(str.isdigit, text)) else text.translate(_SLIPS)


def with_figures(folded: str) -> str:
    """Plain text in which the dates' "l4", "3O" are 14, 30: slips of recognition, one character for one."""
    if _FIGURE_THEN_LETTER.search(folded) or _LETTER_THEN_FIGURE.search(folded):
        return _FIGURES_OF_DATES.sub(_as_figures, folded)
    return folded


def with_symbols(text: str) -> str:
    """Printed text in which "l2/LĐLĐ" is 12/LĐLĐ, one character for one."""
    return _FIGURES_OF_SYMBOLS.sub(_as_figures, text)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = {
    ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
}
# Anything that `normalise` changes; most texts hold none of it.
_UNEVEN = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff\u00a0\u2000-\u200a\u202f\u3000\u00d0\u00f0\u2044\u2010-\u2015\u2212"
    "\\\\\r\f\v\x85\u2028\u2029\x00-\x08\x0e-\x1f\x7f]"
)


def normalise(text: str) -> str:
    """NFC, one kind of space, dash and line end, Đ for the look-alike Ð; lines and gaps are kept."""
    text = nfc(text)
    if not _UNEVEN.search(text):
        return text
    text = text.translate(_INVISIBLE | _SPACES)
    text = text.replace("Đ\u00d0", "Đ").replace("\u00d0", "Đ")  # recognition may see one letter as both
    text = text.replace("\u00f0", "đ").replace("\u2044", "/")
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\\r\\n", "\n")  # some sites print the escapes
    text = re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)


# Explicit letters: in Unicode order capitals and small letters alternate, so ranges would mix them.
_VOWELS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LOWER = f"a-zđ{_VOWELS}"
UPPER = f"A-ZĐ{_VOWELS.upper()}"


_CAPITALS, _LETTERS = string.ascii_uppercase.encode(), string.ascii_letters.encode()
_WHITE = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"


def legible(text: str) -> bool:
    """Mostly letters; stamps and signatures read by OCR are mostly not."""
    _, letters, marks = _counts(text)
    return bool(marks) and letters >= 0.75 * marks


def looks_upper(text: str) -> bool:
    """Mostly capitals: OCR and abbreviations such as "GDTrH" may leave a few small letters."""
    capitals, letters, _ = _counts(text)
    return letters > 1 and capitals >= 0.7 * letters


@lru_cache(maxsize=512)
def _counts(text: str) -> tuple[int, int, int]:
    """How many capitals, letters, and characters that are not white. In ASCII ten times as quickly."""
    bare = _bare(text)
    if bare is not None:
        size = len(bare)
        lost = (size - len(bare.translate(None, some)) for some in (_CAPITALS, _LETTERS, _WHITE))
        capitals, letters, white = lost
        return capitals, letters, size - white
    found = "".join(filter(str.isalpha, text))
    return sum(map(str.isupper, found)), len(found), len("".join(text.split()))
