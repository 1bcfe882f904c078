"""Names of persons, identity numbers and links to personal profiles in free text."""

from __future__ import annotations

import re
import unicodedata

from nhipcau.core.text import unpiled

_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đoàn|Đinh|Trịnh|Mai|Trương|Lâm|Đào|"
    "Cao|Hà|Tạ|Thái|Lương|Châu|Tô|Triệu|Quách|Phùng|Vương|Kiều|Tống|La|Nông|Vi|Giàng|Sùng|Thạch|Kim|Rơ|Y|H"
)


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _bare_family() -> str:
    """The family names as typed without marks: Nguyễn → Nguyen."""
    bare = "".join(c for c in unicodedata.normalize("NFD", _FAMILY) if unicodedata.category(c) != "Mn")
    return bare.replace("Đ", "D")


# From Ạ to Ỹ Unicode lays capitals and small letters in turn: a range of them would read "Lan ốm" as a name.
_CAPITAL = f"[Đ{''.join(c for c in map(chr, range(ord('A'), ord('ỹ'))) if c.isupper() and _base(c).isascii())}]"
_GIVEN = rf"{_CAPITAL}[a-zà-ỹđăơư]*"
_FULL_NAME = re.compile(rf"(?<!\w)(?:{_FAMILY})(?:\s+{_GIVEN}){{1,4}}(?!\w)")
_APART = r"[\s\-_.,;]{1,4}"
LOOK_BACK = 24  # characters: longer than any word that turns a name into a place
_WRITTEN_ANY_CASE = re.compile(
    # A second given name only where it is written as one: "nguyễn thị lan ốm" names nobody "ốm".
    rf"(?<!\w)(?i:(?:{_FAMILY}){_APART}(?:văn|thị){_APART}[^\W\d_]+)(?:\s+{_CAPITAL}[^\W\d_]*)?(?!\w)"
)
_WITHOUT_MARKS = re.compile(
    rf"(?<!\w)(?:{_bare_family()}){_APART}(?:Van|Thi){_APART}[A-Z]\w*(?:\s+[A-Z]\w*)?(?!\w)"
)
_HONORIFIC = re.compile(
    rf"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c|[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à|[Mm]r\.?|[Mm]s\.?|[Mm]rs\.?)\s+"
    rf"(?:ấy|{_GIVEN}(?:\s+{_GIVEN}){{0,3}})(?!\w)"
)
# "chị L.", "N.T.H.": enough for those who know the workshop.
_INITIALS = re.compile(
    rf"(?<![\w.])(?:(?:[Ee]m|[Cc]háu|[Cc]ô|[Cc]hú|[Bb]ác|[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à|[Cc]ông nhân|[Đđ]oàn viên)\s+)"
    rf"(?:{_CAPITAL}\.?){{1,4}}(?!\w)|(?<![\w.])(?:{_CAPITAL}\.){{2}}{_CAPITAL}\b\.?"
)
# Streets, schools, prizes and movements bear names of the dead; institutions begin like family names.
_NOT_A_PERSON_BEFORE = re.compile(
    r"(?:đường|phố|trường|giải thưởng|giải|quận|huyện|xã|phường|tỉnh|thành phố|tp\.?|khu|cầu|công viên|bệnh viện|"
    r"nhà máy|công ty|quỹ|bảo tàng|quảng trường|tư tưởng|phong cách|bác|chủ tịch|street|school|award|đền|"
    r"nhà văn hóa|cung văn hóa|học bổng|phong trào|mang tên|làng|sông|núi|hồ|bia|mộ|nhà lưu niệm|lăng|"
    r"di tích|tượng đài|chiến sĩ|anh hùng|học viện|đại học|cao đẳng|sân vận động)\s*$",
    re.IGNORECASE,
)
_NOT_A_PERSON = re.compile(
    r"^(?:Hồ Chí Minh|Tôn Đức Thắng|Hà Nội|Hà Nam|Hà Tĩnh|Hà Giang|Hà Đông|Thái Bình|Thái Nguyên|Cao Bằng|Lâm Đồng|"
    r"Lai Châu|Châu Âu|Châu Á|Đoàn Thanh|Đoàn Chủ|Đoàn Kiểm|Đoàn Công|Đoàn TN|Đoàn Giám|Đoàn Đại|Lý Luận|Vi Phạm|"
    r"Hà Tiên|Lâm Thời|Mai Linh|Phan Thiết|Phan Rang|Cao Đẳng|Cao Lãnh|Kim Bảng|La Gi|Vũ Trang|Kim Ngân)"
)

_CONTEXT_12 = r"(?:cccd|căn\s*cước|can\s*cuoc|định\s*danh|dinh\s*danh|citizen\s*id|id\s*card|identity)"
_CONTEXT_9 = r"(?:cmnd|cmt|chứng\s*minh|chung\s*minh)"
_GROUPED = r"(?:[\s.\-]?\d)"
_CITIZEN_NUMBER = re.compile(rf"(?<![\d.,])0(?:[\s.\-]?(?:0[1-9]|[1-9]\d)){_GROUPED}{{9}}(?![\d])(?![.,]\d)")
_NUMBER_IN_CONTEXT = re.compile(
    rf"(?:{_CONTEXT_12}|{_CONTEXT_9})\D{{0,25}}\d{_GROUPED}{{8}}(?:{_GROUPED}{{3}})?(?!\d)", re.IGNORECASE
)
_PROFILE = re.compile(
    r"(?:facebook|fb|messenger|instagram|tiktok|threads|twitter|zaloapp|linkedin|youtube)\s*\.\s*(?:com|net|vn)\s*/\s*\S"
    r"|(?<!\w)(?:fb|m|zalo|t)\s*\.\s*me\s*/\s*\S|(?<!\w)x\s*\.\s*com\s*/\s*\S|(?<!\w)youtu\s*\.\s*be\s*/\s*\S",
    re.IGNORECASE,
)


def _visible(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", unpiled(text)) if unicodedata.category(c) != "Cf")


def person_names(text: str) -> list[str]:
    """What reads as names of persons, in order; streets, provinces and institutions are left out."""
    plain = _visible(text)
    shouting = plain.upper() == plain
    shapes = (
        (_WRITTEN_ANY_CASE,) if shouting else (_FULL_NAME, _WRITTEN_ANY_CASE, _WITHOUT_MARKS, _HONORIFIC, _INITIALS)
    )
    found = {
        match.start(): match.group()
        for shape in shapes
        for match in shape.finditer(plain)
        if not _NOT_A_PERSON.match(match.group())
        and not _NOT_A_PERSON_BEFORE.search(plain[max(0, match.start() - LOOK_BACK) : match.start()])
    }
    return [found[at] for at in sorted(found)]


def has_identity_number(text: str, *, free_text: bool) -> bool:
    """True for a citizen or identity-card number. Outside free text only when the words beside it say so.

    A citizen number is 12 digits beginning with a province code 001-096 (Decree 137/2015/NĐ-CP, Art. 13), so
    amounts and telephone numbers are no match.
    """
    plain = _visible(text)
    return bool(_NUMBER_IN_CONTEXT.search(plain) or (free_text and _CITIZEN_NUMBER.search(plain)))


def has_profile_link(text: str) -> bool:
    """True for a link to a page or person on a social network."""
    return bool(_PROFILE.search(_visible(text)))


_PLACE = re.compile(
    r"(?<!\w)((?i:xã|phường|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh))"
    rf"(?:\s+(?:{_GIVEN}|\d{{1,2}})(?!\w)){{1,4}}"
)


def without_places(text: str) -> str:
    """The text with "xã An Ninh" left as "xã": what a place is called says nothing of what a text is for."""
    return _PLACE.sub(r"\1", text)
