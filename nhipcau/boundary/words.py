"""Text as the rules see it: a row of words with case, hidden characters and look-alikes taken away.

A written mark may be missing but never wrong: the pattern "đình công" also matches "dinh công" and
"dinh cong", while "định" never matches "đình". So typing without diacritics hides nothing. To make the
place of the tone mark irrelevant (hoà, hòa) the tone is moved to the end of its word, in text and pattern.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate, product
from typing import Any

import yaml

from nhipcau.core.text import unpiled

TONES = "\u0300\u0301\u0303\u0309\u0323"
PLAIN = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u", "đ": "d"}
EXACT = "="  # ends a word that is spelt right without a tone: it stands for itself only
MARKED_TEXT = 0.3  # share of words with a tone from which a text counts as written with marks
LONGEST_SYLLABLE = 7  # "nghiêng"; anything longer is English or several syllables glued together
SENTENCE_GAP = 4  # how many words a full stop or semicolon is worth when distances are measured
MOSTLY = 0.6  # share of lone letters from which a text counts as spelled out (đ ì n h  c ô n g)
ENGLISH_TEXT = 0.6  # share of longer words that are no Vietnamese syllables from which a bare text reads English
SHORT_CLAUSE = 3  # a "sentence" shorter than this is punctuation strewn between words: it gains no gap

# Letters of other alphabets and digits' look-alikes that read as Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнАЕОРСУХІЈЅКМТВНαοερυικντɑıðƌ",
    "aeopcyxijsdhkmtbnAEOPCYXIJSKMTBNaoepuikvtaidd",
)
# "c0ng", "1uận": scanners and people who disguise words put figures for letters. "15h" and "f0" stay.
_FIGURES = {"0": "o", "1": "l"}
# The figure first, then what stands around it: a text without 0 and 1 is passed over at once.
_FIGURE_IN_WORD = re.compile(r"[01](?:(?<=[^\W\d_].)(?=[^\W\d_])|(?<=1)(?<!\w.)(?=[^\W\d_]*[à-ỹăâđêôơư]))")
_ONE_AFTER_CONSONANT = re.compile(r"1(?<=[bcdghklmnpqrstvxđ]1)(?=[^\W\d_])")  # "đ1nh"
_TOKEN = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)?)")
# Pieces of letters strewn with signs but no spaces: Đ.V, đ.ì.n.h, Th.e.o, đ*ì*n*h.
_STREWN = re.compile(r"(?<![^\W_])[^\W\d_]{1,3}(?:[./\-·_*|~+][^\W\d_]{1,3})+(?![^\W_])")
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s./\-_*·|]{1,2}){3,}[^\W\d_](?![^\W_])")
_LONE_LETTER = re.compile(r"(?<![^\W_])[^\W\d_](?![^\W_])")
_WIDE_GAP = re.compile(r"\s{2,}|\n")
_SEPARATORS = re.compile(r"[\s./\-_*·|~+]+")
_BARE_SYLLABLE = re.compile(r"(?:ngh?|g[hi]|[kptcn]h|tr|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:n[gh]|ch|[cmnpt])?")
_FINAL_Y = re.compile(r"^([^aeiouyăâêôơư]*)y$")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, eight times as quick, where it was built


def load_yaml(source: str) -> Any:
    """As `yaml.safe_load`, for sheets of the rules."""
    return yaml.load(source, Loader=_LOADER)  # noqa: S506 - the safe one, in C or not


_SHEET = load_yaml((files("nhipcau.boundary") / "rules" / "words.yaml").read_text(encoding="utf-8"))
ABBREVIATIONS: dict[str, str] = {str(short): long for short, long in _SHEET["abbreviations"].items()}
TONELESS = frozenset(_SHEET["toneless"].split())
ENGLISH = frozenset(_SHEET["english"].split())


class _Without(dict[int, int | None]):
    """For `str.translate`: drops the characters of one Unicode category; each is looked up once."""

    def __init__(self, category: str, known: dict[int, int | None] | None = None) -> None:
        super().__init__(known or {})
        self._category = category

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == self._category else code
        return self[code]


_VISIBLE = _Without("Cf", dict(_LOOKALIKES))
_UNMARKED = _Without("Mn")


# The letters of Vietnamese, composed, and the signs of letters: nothing among them to drop or to replace.
_USUAL = "".join(
    unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in ("", *TONES)
)
_UNUSUAL = re.compile(rf"[^\s!-~{_USUAL}đĐ–…“”‘’•]")


def clean(text: str) -> str:
    """Compatibility forms composed, hidden characters dropped, look-alike letters turned Latin, lower case."""
    seen = unicodedata.normalize("NFKC", unpiled(text))
    if not _UNUSUAL.search(seen):
        return _with_letters(seen.lower())
    visible = unicodedata.normalize("NFC", seen.translate(_VISIBLE))
    return _with_letters(visible.lower()).translate(_UNMARKED)


def _with_letters(text: str) -> str:
    """Letters for the figures that stand for them."""
    if "1" not in text and "0" not in text:
        return text
    return _FIGURE_IN_WORD.sub(lambda figure: _FIGURES[figure.group()], _ONE_AFTER_CONSONANT.sub("i", text))


@lru_cache(maxsize=50_000)  # the syllables of Vietnamese are some 7,000
def encode(word: str) -> str:
    """A lower-case word with its tone at the end and a lone final y written i (lý = lí)."""
    tone, letters = "", []
    for char in unicodedata.normalize("NFD", word):
        if char in TONES:
            tone = char
        else:
            letters.append(char)
    base = unicodedata.normalize("NFC", "".join(letters))
    if len(base) > LONGEST_SYLLABLE:
        return "".join(PLAIN.get(c, c) for c in base)
    return _FINAL_Y.sub(r"\1i", base) + tone


def lenient(word: str) -> str:
    """A regular expression for `word` in which every mark may be missing."""
    if len(word) > LONGEST_SYLLABLE:
        return re.escape(encode(word))
    if word in TONELESS or word in ENGLISH:
        return f"{_lenient_letters(word)}{EXACT}?"
    return _lenient_letters(word)


def _lenient_letters(word: str) -> str:
    parts = []
    for char in encode(word):
        if char in TONES:
            parts.append(f"{char}?")
        else:
            parts.append(f"[{char}{PLAIN[char]}]" if char in PLAIN else re.escape(char))
    return "".join(parts)


@cache  # of the words of the rules: a few thousand, each in a dozen phrases
def spellings(word: str) -> frozenset[str]:
    """Every row of letters that `lenient(word)` matches."""
    if len(word) > LONGEST_SYLLABLE:
        return frozenset({encode(word)})
    letters = [(char, "") if char in TONES else (char, PLAIN.get(char, char)) for char in encode(word)]
    exact = [(EXACT, "")] if word in TONELESS or word in ENGLISH else []
    return frozenset(map("".join, product(*letters, *exact)))


_FOLDED = str.maketrans({**PLAIN, **dict.fromkeys((*TONES, EXACT), "")})


def fold(row: str) -> str:
    """A row of words with every mark taken off, as somebody types who leaves them out."""
    return row.translate(_FOLDED)


_CLAUSE_MARK = re.compile(r"[,;.:!?()\[\]\n–—&]")
_SENTENCE_MARK = re.compile(r"[;.!?\n]")  # each of them is a clause mark too
_JOINERS = {"và", "va", "đồng thời", "nhưng", "mà", "rồi", "kèm", "and", "then", "but", "plus", "&"}


@dataclass(frozen=True)
class Words:
    """The words of one text, where its clauses begin, and how far apart words lie."""

    each: tuple[str, ...]  # the encoded words
    clauses: tuple[int, ...]  # index of the first word of each clause
    sentences: tuple[int, ...]  # index of the first word of each sentence

    # Asked for only where a phrase may stand, which in most texts is nowhere.
    @cached_property
    def row(self) -> str:
        """The words joined by single spaces."""
        return " ".join(self.each)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offset of each word in `row`."""
        return tuple([0, *accumulate(len(word) + 1 for word in self.each)][: len(self.each)])

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Position of each word, sentence gaps counted in."""
        return _places(len(self.each), self.sentences)

    def index(self, offset: int) -> int:
        """Which word stands at an offset of `row`."""
        return bisect_right(self.starts, offset) - 1

    def offset(self, word: int) -> int:
        """Where the word before `word` ends in `row`."""
        return self.starts[word] - 1 if word < len(self.each) else len(self.row)

    def clause_start(self, word: int) -> int:
        """First word of the clause that `word` stands in."""
        return self.clauses[bisect_right(self.clauses, word) - 1]

    def clause_end(self, word: int) -> int:
        """One past the last word of the clause that `word` stands in."""
        after = bisect_right(self.clauses, word)
        return self.clauses[after] if after < len(self.clauses) else len(self.each)

    def sentence(self, word: int) -> tuple[int, int]:
        """First word of the sentence that `word` stands in, and one past its last."""
        after = bisect_right(self.sentences, word)
        return self.sentences[after - 1], self.sentences[after] if after < len(self.sentences) else len(self.each)

    @property
    def count(self) -> int:
        """How many words there are."""
        return len(self.each)


def _joined(text: str) -> str:
    """Spelled-out words (đ ì n h), strewn ones (đ.ì.n.h, Th.e.o) and dotted abbreviations (Đ.V) written as one."""
    if not _LONE_LETTER.search(text):
        return text  # as nearly always
    text = _STREWN.sub(_unstrewn, text)
    parts = _WIDE_GAP.split(text)
    if len(parts) > 1:
        text = " ".join("".join(_SEPARATORS.split(part)) if _mostly_spelled(part) else part for part in parts)
    return _SPELLED.sub(lambda m: "".join(_SEPARATORS.split(m.group())), text)


def _unstrewn(found: re.Match[str]) -> str:
    """The pieces as one word if most are single letters; "có/không" and "tư-tưởng" stay apart."""
    pieces = _SEPARATORS.split(found.group())
    lone = sum(len(piece) == 1 for piece in pieces)
    return "".join(pieces) if lone > MOSTLY * len(pieces) or lone > len(pieces) - 2 > 0 else found.group()


def _mostly_spelled(part: str) -> bool:
    return len(_LONE_LETTER.findall(part)) > MOSTLY * len(_TOKEN.findall(part))


def words(text: str) -> Words:
    """Split a text into the words the rules are matched against."""
    cleaned = clean(text)
    chunks = list(map(_chunk, cleaned.split()))
    found = _together([chunk for chunk in chunks if chunk])
    # Most texts are put together of chunks seen before, in half the time that taking them apart takes.
    usual = all(chunks) and "\n" not in cleaned and _written_with_marks(found.each)
    return found if usual else _apart(_joined(cleaned))


# What stands between two blanks: each of its words, encoded, after the mark before it; and the mark at its end.
_Chunk = tuple[tuple[tuple[int, tuple[str, ...]], ...], int]
_NO_MARK, _OF_CLAUSE, _OF_SENTENCE = range(3)


@lru_cache(maxsize=50_000)
def _chunk(chunk: str) -> _Chunk | None:
    """None for one with a lone letter, which may be one of a word spelled out."""
    if _LONE_LETTER.search(chunk):
        return None
    pieces = _TOKEN.split(chunk)
    heard = (
        (max(_mark(between), _OF_CLAUSE * (token in _JOINERS)), tuple(map(_toned, _written_out(token))))
        for between, token in zip(pieces[::2], pieces[1::2], strict=False)
    )
    return tuple(heard), _mark(pieces[-1])


def _mark(between: str) -> int:
    if _SENTENCE_MARK.search(between):
        return _OF_SENTENCE
    return _OF_CLAUSE if _CLAUSE_MARK.search(between) else _NO_MARK


def _written_out(token: str) -> list[str]:
    return ABBREVIATIONS[token].split() if token in ABBREVIATIONS else [token]


def _together(chunks: list[_Chunk]) -> Words:
    each: list[str] = []
    clauses, sentences = [0], [0]
    mark = _NO_MARK
    for heard, after in chunks:
        for before, spelled in heard:
            if each and (mark or before):
                clauses.append(len(each))
                if _OF_SENTENCE in (mark, before):
                    sentences.append(len(each))
            each += spelled
            mark = _NO_MARK
        mark = max(mark, after)
    return Words(tuple(each), tuple(clauses), tuple(sentences))


def _apart(text: str) -> Words:
    """Any text, whole: words spelled out written as one, and marks seen between them wherever they stand."""
    pieces = _TOKEN.split(text)
    tokens: list[str] = []
    clauses, sentences = [0], [0]
    for between, token in zip(pieces[::2], pieces[1::2], strict=False):
        here, mark = len(tokens), _mark(between)
        if here and (mark or token in _JOINERS):
            clauses.append(here)
            if mark == _OF_SENTENCE:
                sentences.append(here)
        tokens += _written_out(token)
    encoded = tuple(map(_toned, tokens))
    if not _written_with_marks(encoded):
        english = ENGLISH if _reads_english(tokens) else frozenset[str]()  # "no" is not a stripped "nợ"
        encoded = tuple(encode(token) + EXACT if token in english else encode(token) for token in tokens)
    return Words(encoded, tuple(clauses), tuple(sentences))


def _written_with_marks(encoded: tuple[str, ...]) -> bool:
    return sum(map("".join(encoded).count, TONES)) >= MARKED_TEXT * len(encoded)


def _toned(word: str) -> str:
    """A word of a text written with marks, where "dung" is not a stripped "dừng"; without them it may be."""
    return encode(word) + EXACT if word in TONELESS else encode(word)


def _reads_english(tokens: list[str]) -> bool:
    longer = [token for token in tokens if len(token) > 3 and token.isalpha()]
    foreign = sum(not _BARE_SYLLABLE.fullmatch(token) for token in longer)
    return foreign > 2 and foreign > ENGLISH_TEXT * len(longer) and all(map(str.isascii, tokens))


def _places(count: int, sentences: tuple[int, ...]) -> tuple[int, ...]:
    """Positions of the words; a real sentence break (both sides long enough) adds SENTENCE_GAP."""
    bounds = [*sentences, count]
    gaps = {
        here
        for before, here, after in zip(bounds, bounds[1:], bounds[2:], strict=False)
        if here - before >= SHORT_CLAUSE and after - here >= SHORT_CLAUSE
    }
    if not gaps:
        return tuple(range(count))
    places, place = [], 0
    for index in range(count):
        place += SENTENCE_GAP if index in gaps else 0
        places.append(place)
        place += 1
    return tuple(places)
