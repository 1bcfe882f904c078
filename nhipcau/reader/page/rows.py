"""Raw lines before the columns are told apart: what extraction broke in two or ran together."""

from __future__ import annotations

import re

from nhipcau.reader.language.lexicon import TYPES
from nhipcau.reader.language.text import LOWER, UPPER, looks_upper, normalise, plain
from nhipcau.reader.page.gaps import ruled
from nhipcau.reader.page.long_lines import A_PAGE_WITHOUT_ENDS, cut
from nhipcau.reader.page.marks import is_header_mark, is_site_row, is_whole_date, motto_in, nation_at
from nhipcau.reader.page.stacked import restacked

_LONGEST_HEAD = 90  # rows in which a header may stand
_NATION_WORDS = "cong hoa xa hoi chu nghia viet nam"
_NATION_BEGUN = re.compile(r"(cong hoa xa hoi(?: chu| chu nghia| chu nghia viet)?)[ |\t]*$")
_RUN_ON = 150  # a line this long that holds the Quốc hiệu is a whole page without line ends
_TYPE = "|".join(sorted((name.upper() for name in TYPES), key=len, reverse=True))
_BREAKS = re.compile(
    rf"(?<=VIỆT NAM) |(?<=[Hh]ạnh [Pp]húc) +|(?=\bĐộc [Ll]ập ?-)|(?<=\S) (?=Số ?: ?)|(?<=\S) (?=V/[vV]\b)"
    rf"|(?<=\d{{4}}) ?(?=(?:{_TYPE}))|(?<=[{UPPER}]) (?=(?:{_TYPE}) (?:Về|V/v))"
    rf"|(?<= )(?=Kính gửi ?:)|(?<=[.;:/] )(?=- )|(?= Nơi nhận ?:)"
    rf"|(?<=[.;] )(?<![KT][TML]\. )(?<!UQ\. )(?=(?:Q\. ?|QUYỀN )?(?:PHÓ )?"
    rf"(?:CHỦ TỊCH|(?:TỔNG )?GIÁM ĐỐC|(?:HIỆU|CỤC|VỤ|BỘ|VIỆN) TRƯỞNG"
    rf"|TRƯỞNG (?:PHÒNG|BAN|KHOA)|CHÁNH VĂN PHÒNG|BÍ THƯ)\b)"
    rf"|(?<=\S) (?=(?:TM|KT|TL|TUQ)\. ?[{UPPER}])|(?<=\. )(?=(?:Căn cứ|Thực hiện|Theo|Vừa qua|Để|Xét|Điều \d) )"
)
# "UBND HUYỆN ĐÔNG KHÊ TRƯỜNG MẦM NON ..." on a page without line ends
# "Kính gửi: Bộ X Xét đề nghị của …": the first words of a body behind its addressee.
_ADDRESSED_THEN_BODY = re.compile(
    r"^(\s*Kính gửi\s*:.{5,200}?\w) (?=(?:Căn cứ|Xét|Thực hiện|Phúc đáp|Trả lời|Tiếp theo|Theo|Để|Vừa qua) )"
)
_TWO_BODIES = re.compile(r"^\s*((?:UBND|PHÒNG|LĐLĐ) [^a-z]{4,40}?) (?=(?:TRƯỜNG|PHÒNG|CÔNG ĐOÀN|SỞ) )")
_CAPITALS_THEN_SMALL = re.compile(rf"[{UPPER}]{{4}}[{LOWER}]")  # what few lines hold, and each glued name
_GLUED_NAME = re.compile(rf"(?<=[{UPPER}]{{3}})(?=[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,3}}\s*$)")
_PAGE_LABEL = re.compile(rf"\s*(?:Trang \d{{1,3}}(?=\s*[{UPPER}]{{2}})|\d{{1,2}}\. (?=(?:UBND|ỦY BAN|SỞ|BỘ) ))")
# Names that Word gives to what is drawn on the page; some converters print them.
_SHAPE = re.compile(
    r"\s*(?:straight (?:arrow )?connector|text box|rectangle|picture|freeform) ?\d{1,3}(?=\D)", re.I
)
_EMPHASIS = re.compile(
    r"\*\*+|^#{1,4} (?=\S)|^\*(?=[^\s*].*[^\s*]\*$)|(?<=[^\s*])\*$"
)  # as some converters mark it
# Pages that print their own marks: the letter's words stand between tags.
_TAG = re.compile(
    r"</?(?:[biu]|em|strong|span|font|center|su[bp])(?:\s[^<>]*)?>|(<(?:br|/?(?:p|div|t[rdh]|table|h\d))(?:\s[^<>]*)?/?>)"
)
_SPACED_TITLE = re.compile(rf"^\W*(?:[{UPPER}] ){{3,}}(?: *[{UPPER}] ?)*[{UPPER}]\W*$")


def rows_of(raw_text: str) -> tuple[list[str], bool]:
    """Normalised lines: wrapped parts of the header joined, run-on lines broken, data of the site left out; and
    whether a line was so long that it was cut."""
    printed = normalise(raw_text).split("\n")
    pages = [piece for raw in printed for piece in cut(raw, A_PAGE_WITHOUT_ENDS)]
    broken = [part for page in pages for part in _broken(page)]
    raws = [piece for part in broken for piece in cut(part)]
    was_cut = len(pages) > len(printed) or len(raws) > len(broken)
    raws = _without_site_rows(raws)
    return _whole_rows(restacked(ruled(_rejoined(_with_whole_nation(raws))))), was_cut


def _broken(raw: str) -> list[str]:
    """The lines that one line without line ends was made of."""
    for label in (_PAGE_LABEL, _SHAPE):
        found = label.match(raw)
        raw = raw[found.end() :] if found else raw
    if "<" in raw and _TAG.search(raw):
        untagged = _TAG.sub(lambda tag: "\n" if tag[1] else "", raw)
        return [part for line in untagged.split("\n") for part in (_broken(line) if line.strip() else [])]
    if "*" in raw or raw.startswith("#"):
        raw = _EMPHASIS.sub("", raw)
    if len(raw) > _RUN_ON and nation_at(raw[:400], plain(raw[:400])) is not None and motto_in(plain(raw[:600])):
        parts = _BREAKS.sub("\n", raw).split("\n")
        parts = [part for line in parts for part in _TWO_BODIES.sub(r"\1\n", line).split("\n")]
        parts = [part for line in parts for part in _ADDRESSED_THEN_BODY.sub(r"\1\n", line).split("\n")]
        return [part for part in parts if part.strip()]
    if _SPACED_TITLE.match(raw):  # "K Ế  H O Ạ C H"
        return [" ".join("".join(letters.split()) for letters in re.split(r" {2,}", raw.strip()))]
    whole = len(raw) > _RUN_ON or not _CAPITALS_THEN_SMALL.search(raw)
    return [raw] if whole else _GLUED_NAME.sub("\n", raw).split("\n")


def _without_site_rows(raws: list[str]) -> list[str]:
    """Up to the first mark of a header, rows of the site's table of data become blank."""
    rows = list(raws)
    for index, raw in enumerate(raws[:_LONGEST_HEAD]):
        folded = plain(raw.strip())
        if is_site_row(folded):
            rows[index] = ""
        elif is_header_mark(raw.strip(" \t|"), folded.strip(" \t|")):
            break
    return rows


def _with_whole_nation(raws: list[str]) -> list[str]:
    """A right column too narrow wraps "… VIỆT / NAM": its last words go back to the row above."""
    rows = list(raws)
    for index, raw in enumerate(raws[:_LONGEST_HEAD]):
        begun = _NATION_BEGUN.search(plain(raw)) if "cong hoa" in plain(raw.strip()) else None
        if begun is None:
            continue
        missing = _NATION_WORDS.removeprefix(begun[1]).strip()
        below = next((i for i in range(index + 1, min(index + 3, len(raws))) if raws[i].strip()), None)
        if not missing or below is None:
            continue
        tail = re.search(rf"(?:^|[ \t|]){missing}[ |]*$", plain(raws[below]))
        if tail and raws[below][tail.start() :].isupper() and tail.start() > 0:
            rows[index] = raw.rstrip(" |") + " " + missing.upper()
            rows[below] = raws[below][: tail.start()]
        break
    return rows


def _rejoined(raws: list[str]) -> list[str]:
    """Join what a narrow cell wrapped: the Quốc hiệu, and the line of place and date."""
    rows = list(raws)
    cell_begins = True
    for index, raw in enumerate(raws[:_LONGEST_HEAD]):
        text = rows[index].strip(" \t|")
        if not text:
            cell_begins = True
            continue
        for more in (1, 2, 3) if text[0].isupper() else ():
            following = [part.strip(" \t|") for part in raws[index + 1 : index + 1 + more]]
            if len(text) > 45 or "" in following:
                break
            joined = " ".join([text, *following])
            if _is_whole(text, joined, cell_begins=cell_begins):
                rows[index : index + 1 + more] = [joined + (" |" if "|" in raw else ""), *[""] * more]
                break
        cell_begins = False
    return rows


def _is_whole(first: str, joined: str, *, cell_begins: bool) -> bool:
    folded = plain(joined)
    if plain(first) == "kinh":
        return folded.startswith("kinh gui")
    if folded.startswith(_NATION_WORDS):
        return len(joined) < len(_NATION_WORDS) + 3 and not plain(first).startswith(_NATION_WORDS)
    if looks_upper(first) or is_whole_date(first, plain(first)) or not is_whole_date(joined, folded):
        return False
    if not folded.rstrip(" .")[-1:].isdigit():
        return False
    return "," in first or (cell_begins and len(first.split()) <= 3)


def _whole_rows(raws: list[str]) -> list[str]:
    """Rows of a ruled table whose cells were wrapped: a row without its running number continues the one above."""
    rows = list(raws)
    above: int | None = None
    for index, raw in enumerate(raws):
        text = raw.strip()
        cells = text.strip("|").split("|")
        if not (text.startswith("|") and text.endswith("|") and len(cells) > 2):
            above = None
        elif above is None:
            above = index if re.match(r"(?:s\S{0,2}\s?)?tt\b", plain(cells[0]).strip()) else None
        elif cells[0].strip():
            above = index
        else:
            before = rows[above].strip().strip("|").split("|")
            pairs = zip(before, cells, strict=False)
            rows[above] = "|" + "|".join(" ".join(f"{a} {b}".split()) for a, b in pairs) + "|"
            rows[index] = ""
    return rows
