"""Stamps that keep a paper out of this system: it stops at the door and nothing of it is kept.

Sources: Law 29/2018/QH14 on the protection of state secrets (Art. 8: the three degrees); Law 2/2011 and
25/2018/QH14 on complaints and denunciations (the sender's identity is protected).

A stamp stands alone: on its own line, in its own cell of the header, or as one piece of a file's name. The same
words in a sentence ("bảo vệ bí mật nhà nước") are no stamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhipcau.core.said import Said
from nhipcau.core.text import canonical, fold

_HEADER_LINES = 40
_CELLS = re.compile(r"\n|\||\t|\s{3,}")
_EDGES = " \t.:;,*_-–—|=~[](){}<>“”\"'«»•"
_BLANK = r"[\s\u200b.·_-]*"


def _letter_by_letter(*words: str) -> str:
    """The words with any blanks between their letters: "M Ậ T", "T Ố I   M Ậ T"."""
    return _BLANK.join(_BLANK.join(letter for letter in word) for word in words)


# What a scan makes of Ậ, Ố and Ệ when it loses or mistakes a mark. The bare A ("MAT") is left to a degree before
# it, for alone it could be anything.
_A, _O, _E = "[ẬẠẤẦẨẪÂ]", "[ỐÓÔỔỒỖỘỎ]", "[ỆẸÊẾỀỂỄ]"
_SECRET = _letter_by_letter("M#T").replace("#", _A)
_ANY_SECRET = _letter_by_letter("M#T").replace("#", f"(?:{_A}|A)")
_TOP = _letter_by_letter("T#I").replace("#", f"(?:{_O}|O)") + _BLANK + _ANY_SECRET
_UTMOST = _letter_by_letter("TUY#T").replace("#", f"(?:{_E}|E)") + _BLANK + _ANY_SECRET
_DEGREE = rf"(?:{_UTMOST}|{_TOP}|{_SECRET})"
_LABELS = r"(?:DẤU\s*CHỈ\s*)?(?:MỨC\s*)?ĐỘ\s*(?:MẬT|BẢO\s*MẬT)"

_STAMPED = re.compile(rf"(?:{_LABELS}\s*[:.\-–]?\s*)?{_DEGREE}(?:\s*(?i:(?:bản\s*)?số)\s*[:.]?\s*[\d.…/]*)?")
# "Độ mật: Mật": behind its label a degree may be written in any case, and a line may go on with the urgency.
_LABELLED = re.compile(rf"{_LABELS}\s*[:.\-–]\s*{_DEGREE}(?:\W.*)?", re.IGNORECASE)
# In title case only as the whole line, and near the top: further down it may be a word of the text.
_TITLED = re.compile(r"Mật|Tối mật|Tuyệt mật")
_TOP_LINES = 12
_PETITION = re.compile(
    r"ĐƠN\s+(?:THƯ\s+)?(?:TỐ\s*GIÁC\s*(?:,\s*)?)?(?:XIN\s+|ĐỀ\s+NGHỊ\s+)?(?:KHIẾU\s*(?:NẠI|TỐ|KIỆN)|TỐ\s*CÁO)(?:\W.*)?"
)
# A scan of a hand-written sheet loses the marks of its title, and the title is all that is looked at. Blanks
# between all letters are read too.
_BARE_PETITION = re.compile(r"don (?:thu )?(?:xin )?(?:khieu nai|khieu to|to cao)(?:\W.*)?")
_SPACED_PETITION = frozenset({"donkhieunai", "dontocao", "donkhieuto", "donthukhieunai", "donthutocao"})
_TITLED_PETITION = re.compile(r"Đơn (?:thư )?(?:khiếu nại|tố cáo)(?:,? (?:khiếu nại|tố cáo))?(?:\s*\(.*\))?")
_LIKE_A_PETITION = 60
# A line that ends so goes on in the next: "… BẢO VỆ BÍ" / "MẬT", "… XỬ LÝ" / "ĐƠN KHIẾU NẠI".
_GOES_ON = re.compile(r"(?:^|\W)(?:bi|bao|co|than|ve|va|cac|cua|xu ly|giai quyet|tiep nhan|tra loi|phan loai)$|,$")


@dataclass(frozen=True)
class Stamp:
    """What the paper is ("secret", "complaint"), and where such a paper belongs."""

    name: str
    message: Said


SECRET = Stamp(
    "secret",
    Said(
        "Văn bản có dấu chỉ mức độ mật. Hệ thống này không nhận văn bản mật và không giữ lại gì của tệp vừa gửi. "
        "Hãy đăng ký vào sổ văn bản mật bằng giấy theo quy định về bảo vệ bí mật nhà nước.",
        "The letter bears a mark of secrecy. This system takes no secret letters and keeps nothing of this file. "
        "Enter it in the paper register of secret letters, as the law on state secrets asks.",
    ),
)
COMPLAINT = Stamp(
    "complaint",
    Said(
        "Đây là đơn khiếu nại hoặc tố cáo. Hệ thống không đọc, không lưu nội dung đơn và không giữ lại gì của tệp. "
        "Hãy ghi số, ngày và người xử lý vào sổ tiếp nhận đơn.",
        "This is a complaint or a denunciation. The system neither reads nor keeps it, nor anything of this file. "
        "Enter its number, day and handler in the register of such papers.",
    ),
)


def stamp_on(text: str) -> Stamp | None:
    """The stamp found among the first lines of a letter, each cell of its header counting as a line."""
    before = ""
    for number, row in enumerate(_rows(text)):
        goes_on = bool(_GOES_ON.search(before))
        for line in row:
            if not goes_on and (_is_degree(line) or (number < _TOP_LINES and _TITLED.fullmatch(line))):
                return SECRET
            if _LABELLED.fullmatch(line):
                return SECRET
            if not goes_on and _is_petition(line):
                return COMPLAINT
        before = fold(row[0])
    return None


def _rows(text: str) -> Iterator[list[str]]:
    """The first lines that say anything, each as a whole and by its cells."""
    found = 0
    for row in text.split("\n"):
        # The whole row too: wide gaps part the letters of a spaced-out stamp as they part two columns.
        if not row.strip(_EDGES):
            continue
        lines = [canonical(bare) for cell in (row, *_CELLS.split(row)) if (bare := cell.strip(_EDGES))]
        yield lines
        found += 1
        if found == _HEADER_LINES:
            return


def _is_degree(line: str) -> bool:
    return bool(_STAMPED.fullmatch(line))


def _is_petition(line: str) -> bool:
    if _PETITION.fullmatch(line) or _TITLED_PETITION.fullmatch(line):
        return True
    # Without marks only a title counts: short, and in capitals.
    if len(line) > _LIKE_A_PETITION or not line.isupper():
        return False
    bare = " ".join(fold(line).split())
    return bool(_BARE_PETITION.fullmatch(bare)) or bare.replace(" ", "") in _SPACED_PETITION


# --- file names -------------------------------------------------------------------------------------------

_NAME_PIECES = re.compile(r"[_\-–.,;+()\[\]{}#&]+")
_NAME_DEGREES = frozenset(
    {"mật", "tối mật", "tuyệt mật", "độ mật", "văn bản mật", "công văn mật", "cv mật", "vb mật"}
)
# Without marks only what means nothing else: "toi mat the" is somebody who lost a card.
_BARE_DEGREE = re.compile(
    r"(?:.* )?tuyet mat(?: .*)?|(?:.* )?do mat (?:toi )?mat(?: .*)?|toi mat(?: (?:so )?\d.*)?|.*\d toi mat"
)
_NAME_PETITION = re.compile(r"(?:\d+ )*don (?:thu )?(?:xin )?(?:khieu nai|khieu to|to cao)(?: .*)?")
_PART_OF_A_WORD = frozenset({"bi", "bao", "co", "than"})


def stamp_in_name(name: str) -> Stamp | None:
    """The stamp that a file's name tells of: "TỐI MẬT - 12.pdf", "CV 05 (Mật).docx", "don_to_cao.pdf".

    A degree must be a piece of its own between signs, or stand in capitals at an end of a name that is not all
    capitals; "bao-cao-bi-mat.pdf" and "mật ong" are none.
    """
    stem = canonical(name.rsplit(".", 1)[0] if "." in name else name)
    pieces = [" ".join(one.split()) for one in _NAME_PIECES.split(stem)]
    whole = " ".join(filter(None, pieces))
    if any(piece.lower() in _NAME_DEGREES or _ends_in_capitals(piece) for piece in pieces):
        return SECRET
    if whole.isascii() and _BARE_DEGREE.fullmatch(whole.lower()):
        return SECRET
    return COMPLAINT if _NAME_PETITION.fullmatch(fold(whole)) else None


def _ends_in_capitals(piece: str) -> bool:
    """ "MẬT" first or last among words in another case, or alone but for figures."""
    words = [word for word in piece.split() if any(map(str.isalpha, word))]
    if "MẬT" not in (words[:1] + words[-1:]):
        return False
    place = 0 if words[0] == "MẬT" else len(words) - 1
    before = words[place - 1] if place else ""
    others = [word for word in words if word not in ("MẬT", "TỐI", "TUYỆT")]
    return fold(before) not in _PART_OF_A_WORD and not any(word.isupper() for word in others)
