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
from functools import cached_property
from itertools import accumulate

TONES = "\u0300\u0301\u0303\u0309\u0323"
PLAIN = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u", "đ": "d"}
EXACT = "="  # ends a word that is spelt right without a tone: it stands for itself only
MARKED_TEXT = 0.3  # share of words with a tone from which a text counts as written with marks
LONGEST_SYLLABLE = 7  # "nghiêng"; anything longer is English or several syllables glued together
SENTENCE_GAP = 4  # how many words a full stop or semicolon is worth when distances are measured
SHORT_CLAUSE = 3  # a "sentence" shorter than this is punctuation strewn between words: it gains no gap

# Letters of other alphabets and digits' look-alikes that read as Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнАЕОРСУХІЈЅКМТВНαοερυικντɑıðƌ",
    "aeopcyxijsdhkmtbnAEOPCYXIJSKMTBNaoepuikvtaidd",
)
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_][./\-·])+[^\W\d_](?![^\W_])")
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s./\-_*·|]{1,2}){3,}[^\W\d_](?![^\W_])")
_SEPARATORS = re.compile(r"[\s./\-_*·|]+")
_FINAL_Y = re.compile(r"^([^aeiouyăâêôơư]*)y$")

ABBREVIATIONS = {
    "đv": "đoàn viên", "đvcđ": "đoàn viên công đoàn", "dvcd": "đoàn viên công đoàn", "nlđ": "người lao động",
    "nld": "người lao động", "cn": "công nhân", "cnlđ": "công nhân lao động", "cnld": "công nhân lao động",
    "cnvclđ": "công nhân viên chức lao động", "cnvcld": "công nhân viên chức lao động",
    "cnvc": "công nhân viên chức", "cbcc": "cán bộ công chức", "cbccvc": "cán bộ công chức viên chức",
    "cbđv": "cán bộ đoàn viên", "cbnv": "cán bộ nhân viên", "cbcnv": "cán bộ công nhân viên",
    "cbgv": "cán bộ giáo viên", "cbgvnv": "cán bộ giáo viên nhân viên", "ccvc": "công chức viên chức",
    "nv": "nhân viên", "gv": "giáo viên", "đc": "đồng chí", "ds": "danh sách", "mxh": "mạng xã hội",
    "fb": "facebook", "face": "facebook", "yt": "youtube", "dlxh": "dư luận xã hội", "ttxh": "trật tự xã hội",
    "tttt": "tâm tư tình cảm", "bc": "báo cáo", "dn": "doanh nghiệp", "cđcs": "công đoàn cơ sở",
    "cdcs": "công đoàn cơ sở", "cđ": "công đoàn", "lđlđ": "liên đoàn lao động", "kcn": "khu công nghiệp",
    "antt": "an ninh trật tự", "anct": "an ninh chính trị", "sđt": "số điện thoại", "sdt": "số điện thoại",
    "dtts": "dân tộc thiểu số", "đtts": "dân tộc thiểu số", "tg": "tôn giáo", "hcm": "hồ chí minh",
    "nq": "nghị quyết", "atvslđ": "an toàn vệ sinh lao động", "tnlđ": "tai nạn lao động", "sk": "sức khỏe",
    "ksk": "khám sức khỏe", "hckk": "hoàn cảnh khó khăn", "kk": "khó khăn", "ttll": "tư tưởng",
    "ncc": "nòng cốt", "pbgdpl": "phổ biến giáo dục pháp luật", "đt": "điện thoại", "cmt": "cmnd",
    "đvtn": "đoàn viên thanh niên", "qhlđ": "quan hệ lao động", "tclđ": "tranh chấp lao động",
    "ctct": "công tác chính trị", "ctxh": "chính trị xã hội", "hđlđ": "hợp đồng lao động",
}  # fmt: skip


# Common words whose right spelling bears no tone, and which would otherwise read as another word stripped.
TONELESS = frozenset(
    "an anh ba bao ban bay bên bình cao cha chi chia cho chung chưa chuyên chuyên công cơ cung cha con ca cân câu dung "
    "dao dân duy dùng đang đi đưa đông đâu đăng giao gia gian gây ghi giam gom hai hay hoa hơn hôm hư huy in kem kê kinh "
    "không khi khoa khu kho khô lao lâm lên liên lo loan loa long lâu lưu ly mai mau mang may mua mưa minh môn mong môi năm nam nay "
    "nên ngang nga nghi ngân nghe ngay nhau nhân nhưng nhanh nơi nông nâng nuôi nữ ông phân phong phi phim phơi phương quân "
    "quan quy qua quanh quen quên ra rau sau sao sinh song sông sưu sân sang tai tay tan tâm tăng than thanh thai thay thăm "
    "thi theo thêm thông thôi thu thương thư tham thân thiên tin tiên tiêu tinh to toa tôn tôi tong trang trao tranh trên tre "
    "trong trông trung tri trưng tư tương tua tuy tuyên tuyên trưa tươi tu vay vân văn vay vây vay vi viên vinh vu vui vùng xa xanh xe xem "
    "xin xuân xung xoay yên yêu dư đêm kiên giang vương chương hương lương phân khoan ngon chân chăm cam".split()
)


def clean(text: str) -> str:
    """Compatibility forms composed, hidden characters dropped, look-alike letters turned Latin, lower case."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    composed = unicodedata.normalize("NFC", visible.translate(_LOOKALIKES)).lower()
    return "".join(c for c in composed if unicodedata.category(c) != "Mn")


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
    if word in TONELESS:
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


def _expanded(token: str) -> list[str]:
    return ABBREVIATIONS.get(token, token).split()


_CLAUSE_MARK = re.compile(r"[,;.:!?()\[\]\n–—]")
_SENTENCE_MARK = re.compile(r"[;.!?\n]")
_JOINERS = {"và", "đồng thời", "nhưng", "mà", "rồi", "kèm", "and", "then", "but", "plus", "&"}


@dataclass(frozen=True)
class Words:
    """The words of one text, where its clauses begin, and how far apart words lie."""

    row: str  # encoded words joined by single spaces
    starts: tuple[int, ...]  # offset of each word in `row`
    clauses: tuple[int, ...]  # index of the first word of each clause
    places: tuple[int, ...]  # position of each word, sentence gaps counted in

    def index(self, offset: int) -> int:
        """Which word stands at an offset of `row`."""
        return bisect_right(self.starts, offset) - 1

    def clause_start(self, word: int) -> int:
        """First word of the clause that `word` stands in."""
        return self.clauses[bisect_right(self.clauses, word) - 1]

    def clause_end(self, word: int) -> int:
        """One past the last word of the clause that `word` stands in."""
        after = bisect_right(self.clauses, word)
        return self.clauses[after] if after < len(self.clauses) else len(self.starts)

    @cached_property
    def count(self) -> int:
        """How many words there are."""
        return len(self.starts)


def _joined(text: str) -> str:
    """Spelled-out words (đ ì n h) and dotted abbreviations (Đ.V) written as one."""
    text = _SPELLED.sub(lambda m: "".join(_SEPARATORS.split(m.group())), text)
    return _DOTTED.sub(lambda m: "".join(_SEPARATORS.split(m.group())), text)


def words(text: str) -> Words:
    """Split a text into the words the rules are matched against."""
    cleaned = _joined(clean(text))
    tokens: list[str] = []
    clauses, sentences, end = [0], [0], 0
    for found in _TOKEN.finditer(cleaned):
        between = cleaned[end : found.start()]
        token = found.group()
        if tokens and (_CLAUSE_MARK.search(between) or token in _JOINERS or "&" in between):
            clauses.append(len(tokens))
        if tokens and _SENTENCE_MARK.search(between):
            sentences.append(len(tokens))
        tokens.extend(_expanded(token))
        end = found.end()
    encoded = [encode(token) for token in tokens]
    if sum(word[-1] in TONES for word in encoded) >= MARKED_TEXT * len(encoded):
        # In a text written with marks "dung" is not a stripped "dừng"; without them it may be.
        encoded = [word + EXACT if token in TONELESS else word for token, word in zip(tokens, encoded, strict=True)]
    starts = [0, *accumulate(len(word) + 1 for word in encoded)][: len(encoded)]
    return Words(" ".join(encoded), tuple(starts), tuple(dict.fromkeys(clauses)), _places(len(tokens), sentences))


def _places(count: int, sentences: list[int]) -> tuple[int, ...]:
    """Positions of the words; a real sentence break (both sides long enough) adds SENTENCE_GAP."""
    bounds = [*dict.fromkeys(sentences), count]
    gaps = {
        here
        for before, here, after in zip(bounds, bounds[1:], bounds[2:], strict=False)
        if here - before >= SHORT_CLAUSE and after - here >= SHORT_CLAUSE
    }
    places, place = [], 0
    for index in range(count):
        place += SENTENCE_GAP if index in gaps else 0
        places.append(place)
        place += 1
    return tuple(places)
