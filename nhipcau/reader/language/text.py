"""Letters and lines: one plain form to match on, and what a line looks like."""

from __future__ import annotations

import re
import unicodedata

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


def plain(text: str) -> str:
    """Lower case without marks, **one character for one**, so that offsets stay those of NFC `text`."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore")
    if len(bare) == len(text):  # nothing but Latin letters, with their marks or without, as nearly always
        return bare.decode("ascii").lower()
    if "\n" in text:
        return "\n".join(map(plain, text.split("\n")))
    return text.translate(_PLAIN)


_SLIPS = str.maketrans("liIoO", "11100")  # letters that recognition takes for figures
_FIGURES_OF_DATES = re.compile(
    r"(?<![\w/.-])[\dlio]{1,2}(?:\s?/\s?[\dlio]{1,2}(?:\s?/\s?[\dlio]{4})?|\.[\dlio]{1,2}\.[\dlio]{4})(?![\w/])"
    r"|(?<=\bngay )[\dlio]{1,2}\b|(?<=\bthang )[\dlio]{1,2}\b|(?<=\bnam )[\dlio]{4}\b"
)
_FIGURES_OF_SYMBOLS = re.compile(r"(?<![\w/.,-])[\dlIOo]{1,5}(?=\s?[/-]\s?[A-ZĐ]{2})")


def _as_figures(match: re.Match[str]) -> str:
    return match[0].translate(_SLIPS) if any(char.isdigit() for char in match[0]) else match[0]


def with_figures(folded: str) -> str:
    """Plain text in which the dates' "l4", "3O" are 14, 30: slips of recognition, one character for one."""
    return _FIGURES_OF_DATES.sub(_as_figures, folded)


def with_symbols(text: str) -> str:
    """Printed text in which "l2/LĐLĐ" is 12/LĐLĐ, one character for one."""
    return _FIGURES_OF_SYMBOLS.sub(_as_figures, text)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = {
    ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
}


def normalise(text: str) -> str:
    """NFC, one kind of space, dash and line end, Đ for the look-alike Ð; lines and gaps are kept."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE | _SPACES)
    text = text.replace("\u00d0", "Đ").replace("\u00f0", "đ").replace("\u2044", "/")
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace("\\r\\n", "\n")  # some sites print the escapes
    text = re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)


# Explicit letters: in Unicode order capitals and small letters alternate, so ranges would mix them.
_VOWELS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LOWER = f"a-zđ{_VOWELS}"
UPPER = f"A-ZĐ{_VOWELS.upper()}"


def legible(text: str) -> bool:
    """Mostly letters; stamps and signatures read by OCR are mostly not."""
    marks = [c for c in text if not c.isspace()]
    return bool(marks) and sum(c.isalpha() for c in marks) >= 0.75 * len(marks)


def looks_upper(text: str) -> bool:
    """Mostly capitals: OCR and abbreviations such as "GDTrH" may leave a few small letters."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.7 * len(letters)
