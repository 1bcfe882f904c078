"""Lines and columns: from raw text to the normalised text every reader works on.

The official header is a borderless two-column table (Decree 30, Appendix I, boxes 1 to 5), and so is
the closing (boxes 7 and 9). Extraction flattens them in many ways: wide gaps, tabs, pipes, or one
space where OCR joined the columns. Here each cell becomes a line of its own, so that the readers
need not know which of these happened. Offsets are offsets in `Layout.text`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from nhipcau.reader.lexicon import AUTHORITY, DOC_TYPES, TITLE
from nhipcau.reader.text import LOWER, UPPER, legible, looks_upper, normalise, plain


@dataclass(frozen=True)
class Line:
    """One line (a cell of the header or closing table, else a line of the body) and where it stands."""

    text: str
    start: int
    column: int = 0
    after_blank: bool = False
    indent: int = 0  # in the text as extracted; a first line stands further in

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def plain(self) -> str:
        return plain(self.text)


@dataclass(frozen=True)
class Layout:
    """Normalised text and its lines. `body`, `closing` and `annex` are indexes into `lines`:
    header before `body`; the letter's body up to `closing`; signature and recipients up to `annex`."""

    text: str
    lines: tuple[Line, ...]
    body: int
    closing: int
    annex: int

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def head(self) -> tuple[Line, ...]:
        return self.lines[: self.body]

    @property
    def end(self) -> tuple[Line, ...]:
        return self.lines[self.closing : self.annex]

    @property
    def body_start(self) -> int:
        return self.lines[self.body].start if self.body < len(self.lines) else len(self.text)

    @property
    def closing_start(self) -> int:
        return self.lines[self.closing].start if self.closing < len(self.lines) else len(self.text)

    @property
    def annex_start(self) -> int:
        return self.lines[self.annex].start if self.annex < len(self.lines) else len(self.text)


# Vowels may be missing: some old files lose every letter beyond Latin-1.
NATION = re.compile(r"c.?ng h[oa]{1,2} x.? h.?i ch|dang cong san viet nam")
MOTTO = re.compile(r"d?.?c\s?l.?p\s*-\s*t.?\s?do|h.?nh ph.?c$")
ADDRESSED = re.compile(r"k.?nh g.?i\b")
RECIPIENTS = re.compile(r"n.?i nh.?n\b\s*[:;.]?")
# What the first sentence of a body opens with; case matters, so it is tried on the printed text.
OPENER = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Để |Nhằm |Theo |Triển khai|Trong |Xét |Được sự|Hưởng ứng|Tiếp tục"
    r"|Phát huy|Quán triệt"
    r"|Sau khi|Qua |Ngày \d|Năm \d|Vừa qua|Hiện nay|Thời gian|Tiếp theo|Nhân dịp|Nhân |Chào mừng|Kính gửi"
    r"|Kính mời|Ban Thường vụ"
    r"|Ban Chấp hành|Phúc đáp|Trả lời|Tại |Từ ngày|Với |Những năm|[IVX]+\s*[.-]|Phần |PHẦN |Chương "
    r"|Điều \d|\d+\s?[.)/-]\s|-\s|[a-eđ]\)"
    r"|Trân trọng|Đồng kính gửi|THÀNH PHẦN|Thành phần)"
)
_ANNEX = re.compile(
    r"(?:phu luc|mau so|bieu mau|bieu so|danh sach|de cuong|mau \d|mau bao cao|bang tong hop|phieu"
    r"|\(?kem theo|\(?ban hanh kem theo)\b"
)
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?-?\s*\d{1,3}\s*-?(?:\s*/\s*\d{1,3})?")
_RULE = re.compile(r"[\s_\-=*.~·•…—|+]+")
CELL = " | "  # between the cells of a table's row in the normalised text
_GAP = re.compile(r"\t+| {3,}|\|")
_AUTHORITY_INSIDE = re.compile(rf"(?<=[\w;:.,)#ˆ^]) +(?=(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[.,]?\s?[{UPPER}]{{2,}})")
_TITLE_INSIDE = re.compile(
    rf"(?:(?<=[;)])|(?<=[{LOWER}]\.)) +(?=[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}})+$|\(?\s?[Đđ]ã ký)"
)
_SUBJECT_THEN_PLACE = re.compile(
    rf"^\s*\W?V\s?/\s?[vV].*?[{LOWER}] (?=(?:[{UPPER}][{LOWER}]+ ?){{1,4}}, ?ngày.{{1,8}}tháng.{{1,6}}năm)"
)
_NUMBER_THEN_PLACE = re.compile(
    rf"^\s*(?:Số|SỐ|So)\b.*?/\s*\S+(?: [{UPPER}&-]{{2,}})*? +(?=(?:TP\.? ?)?[{UPPER}][{LOWER}].*ngày)"
)


def _cells(raw: str) -> list[tuple[int, str]]:
    """Split a header or closing line into its cells as (position, text)."""
    cuts = [0]
    for gap in _GAP.finditer(raw):
        left, right = raw[: gap.start()].strip(), raw[gap.end() :].strip()
        if gap[0] != "|" and (not left or not right or _belongs_together(left, right)):
            continue
        cuts.append(gap.end())
    cells = []
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        cells.extend(_merged(raw[start:end], start))
    return [(at, text) for at, text in cells if text and not _RULE.fullmatch(text)]


def _belongs_together(left: str, right: str) -> bool:
    """A gap left for a number, or a stretched date, is not a column border."""
    if right.startswith("/") or plain(right).startswith(("thang", "nam ")):
        return True
    last = plain(left).split()[-1].rstrip(":")
    return last in {"so", "ngay", "thang", "nam", "-", "+", "kinh gui"} and (right[0].isdigit() or last in "-+")


def _merged(cell: str, offset: int) -> list[tuple[int, str]]:
    """Split a cell in which OCR joined two columns with one space, at what can only begin the right one."""
    folded = plain(cell)
    cuts = {0}
    for pattern in (NATION, MOTTO):
        found = pattern.search(folded)
        if found and not folded[found.start() :].startswith("hanh phuc"):
            cuts.add(found.start())
    number = _NUMBER_THEN_PLACE.match(cell)
    if number:
        cuts.add(number.end())
    dated = _SUBJECT_THEN_PLACE.search(cell)
    if dated:
        cuts.add(dated.end())
    recipients = RECIPIENTS.match(folded.strip())
    if recipients:
        cuts.add(len(cell) - len(cell.lstrip()) + recipients.end())
    cuts.update(match.end() for match in _AUTHORITY_INSIDE.finditer(cell))
    # "- Lãnh đạo Sở; PHÓ CHỦ TỊCH": the title beside a recipient; "- Lưu: VT, TCCB" is none.
    cuts.update(
        m.end() for m in _TITLE_INSIDE.finditer(cell) if TITLE.match(plain(cell[m.end() :])) or "ã ký" in cell
    )
    edges = [*sorted(cuts), len(cell)]
    pieces = [(offset + a, cell[a:b].replace("|", " ")) for a, b in itertools.pairwise(edges)]
    return [(at + len(text) - len(text.lstrip()), " ".join(text.split())) for at, text in pieces]


def split_items(line: Line) -> list[Line]:
    """ "- Như trên; - Lưu: VT." on one line is two items."""
    edges = [0, *(m.end() for m in re.finditer(r";\s+(?=[-+•]\s*\w)", line.text)), len(line.text)]
    return [
        Line(line.text[a:b].rstrip(), line.start + a, line.column, line.after_blank and a == 0)
        for a, b in pairwise(edges)
    ]


def _tidy(raw: str) -> str:
    """A body line: gaps shrink to two spaces (a table's columns stay visible), pipes keep their cells apart."""
    if "|" in raw:
        cells = [" ".join(part.split()) for part in raw.strip(" \t|").split("|")]
        return CELL.join(cells) if any(cells) else ""
    return re.sub(r"[ \t]{2,}", "  ", raw.strip())


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


def _find_body(raws: list[str]) -> int:
    """Index of the first raw line of the body: "Kính gửi", else the first sentence after the title."""
    first = next((index for index, raw in enumerate(raws) if raw.strip(" \t|")), 0)
    if raws and _reads_as_sentence(raws[first]) and not _has_header(raws):
        return first
    seen = 0
    below_title = blank = headed = False
    for index, raw in enumerate(raws):
        text = raw.strip(" \t|")
        if not text:
            blank = True
            continue
        folded = plain(text)
        if ADDRESSED.search(folded[:30]) or _is_recipients(raw):
            return index
        opens = OPENER.match(text) is not None and seen > 0
        # The line under "KẾ HOẠCH" is its subject even if it reads "Thực hiện Nghị quyết …".
        if opens and (not below_title or folded.startswith("can cu")):
            return index
        if headed and not below_title and (_ends_as_sentence(raw) or (blank and _reads_as_sentence(raw))):
            return index
        seen += 1
        if seen > _LONGEST_HEAD:
            return index
        below_title = looks_upper(text) and folded.strip(" :.") in DOC_TYPES
        headed = headed or below_title or NATION.search(folded) is not None
        blank = False
    return len(raws)


_LONGEST_HEAD = 60
_HEADER_SIGN = re.compile(r"\W*so\s?:|\W*kinh gui\b")


def _has_header(raws: list[str]) -> bool:
    """A passage copied without its header has neither the nation's name nor a number nor an addressee."""
    folded = map(plain, raws[:_LONGEST_HEAD])
    return any(NATION.search(raw) or MOTTO.search(raw) or _HEADER_SIGN.match(raw) for raw in folded)


def _reads_as_sentence(raw: str) -> bool:
    """A full line of running text in one column: what a header never has."""
    text = raw.strip()
    return (
        len(text) > 60 and len(_cells(raw)) == 1 and text[0].isupper() and not looks_upper(text) and legible(text)
    )


def _ends_as_sentence(raw: str) -> bool:
    """A short line of running text that is closed: "Đề nghị các đơn vị đăng ký trước ngày 15/5."."""
    text = raw.strip()
    words = text.split()
    closed = text.endswith((".", ";")) and not text.endswith("...")
    return closed and len(words) > 5 and text[0].isupper() and not looks_upper(text) and len(_cells(raw)) == 1


def _find_closing(raws: list[str], body: int) -> tuple[int, int]:
    """(first raw line of the closing, first raw line of the annexes)."""
    marks = [
        i for i in range(body, len(raws)) if RECIPIENTS.search(plain(raws[i])[:90]) and _is_recipients(raws[i])
    ]
    if not marks:
        return _closing_without_recipients(raws, body)
    first = marks[0]
    start = first
    for back in range(first - 1, max(body, first - 12), -1):
        text = max((cell for _, cell in _cells(raws[back])), key=len, default="")
        if text and not (looks_upper(text) or (len(text) < 40 and not text.endswith((".", ";", "./.", "/.")))):
            break
        if looks_upper(text):
            start = back
    return start, _find_annex(raws, first)


def _is_recipients(raw: str) -> bool:
    text = plain(raw).strip(" \t|*_")
    found = RECIPIENTS.match(text)
    if found:  # "Nơi nhận hồ sơ: …" is a sentence of the body
        rest = text[found.end() :]
        return found[0].rstrip().endswith((":", ";", ".")) or not rest.strip() or rest.startswith(("  ", "\t", "|"))
    return re.search(r"(?: {3,}|[\t|])\s*n.i nh.n\s*:", plain(raw)) is not None


def _find_annex(raws: list[str], after: int) -> int:
    for index in range(after + 1, len(raws)):
        text = raws[index].strip(" \t|")
        folded = plain(text)
        if NATION.search(folded) and index > after + 3:
            return _title_above(raws, index, after)
        if _ANNEX.match(folded) and (looks_upper(text) or len(text) < 60 or "kem theo" in folded[:20]):
            return _title_above(raws, index, after)
        if index > after + 3 and looks_upper(text) and folded.strip(" :.") in DOC_TYPES:
            return index
    return len(raws)


def _title_above(raws: list[str], index: int, after: int) -> int:
    """An annex begins with its title in capitals, above "(Ban hành kèm theo …)"."""
    back = index
    while (
        back > after + 3 and looks_upper(raws[back - 1].strip()) and not TITLE.match(plain(raws[back - 1].strip()))
    ):
        back -= 1
    return back


def _closing_without_recipients(raws: list[str], body: int) -> tuple[int, int]:
    """No "Nơi nhận": the closing is the last run of short lines that holds a signature's capitals."""
    for index in range(len(raws) - 1, body, -1):
        for _, cell in _cells(raws[index]):
            folded = plain(cell)
            if looks_upper(cell) and len(cell) < 70 and (AUTHORITY.match(folded) or TITLE.match(folded)):
                start = index
                while (
                    start - 1 > body
                    and looks_upper(raws[start - 1].strip(" |"))
                    and len(raws[start - 1].strip(" |")) < 90
                ):
                    start -= 1
                return start, _find_annex(raws, index)
    return len(raws), len(raws)


def lay_out(raw_text: str) -> Layout:
    """Normalise, separate the columns of header and closing, and mark where the parts begin."""
    raws = _whole_rows(normalise(raw_text).split("\n"))
    body = _find_body(raws)
    closing, annex = _find_closing(raws, body)
    rows: list[list[tuple[int, str]]] = []
    for index, raw in enumerate(raws):
        if index < body or closing <= index < annex:
            cells = _cells(raw)
            # A page number stands alone; in the header a lone number may be the document's.
            rows.append([] if index >= body and len(cells) == 1 and _PAGE_NUMBER.fullmatch(cells[0][1]) else cells)
        else:
            text = _tidy(raw)
            drop = not text or (_PAGE_NUMBER.fullmatch(text) and index >= body) or _RULE.fullmatch(text)
            rows.append([] if drop else [(len(raw) - len(raw.lstrip()), text)])
    return _assemble(rows, body, closing, annex)


def _assemble(rows: list[list[tuple[int, str]]], body: int, closing: int, annex: int) -> Layout:
    spaced = _double_spaced(rows)
    borders = {
        region: _border(rows[a:b]) for region, (a, b) in {"head": (0, body), "end": (closing, annex)}.items()
    }
    lines: list[Line] = []
    marks = {}
    parts: list[str] = []
    offset, blank = 0, False
    for index, cells in enumerate(rows):
        for name, at in (("body", body), ("closing", closing), ("annex", annex)):
            if index == at:
                marks[name] = len(lines)
        if not cells:
            blank = True
            continue
        if blank and lines:
            parts.append("\n")
            offset += 1
        region = "head" if index < body else "end" if closing <= index < annex else ""
        for order, (at, text) in enumerate(cells):
            right = order > 0 or (bool(region) and at >= borders[region])
            after_blank = blank and order == 0 and not spaced
            lines.append(Line(text, offset, 1 if right else 0, after_blank, at))
            parts.append(text + "\n")
            offset += len(text) + 1
        blank = False
    count = len(lines)
    text = "".join(parts)
    return Layout(
        text, tuple(lines), marks.get("body", count), marks.get("closing", count), marks.get("annex", count)
    )


def _double_spaced(rows: list[list[tuple[int, str]]]) -> bool:
    """A blank line after every wrapped line says nothing about paragraphs."""
    filled = [index for index, cells in enumerate(rows) if cells]
    if len(filled) < 10 or max(len(text) for index in filled for _, text in rows[index]) > 160:
        return False
    return sum(not rows[index - 1] for index in filled[1:]) > 0.9 * len(filled)


def _border(rows: list[list[tuple[int, str]]]) -> int:
    """Where the right column begins in this region, or far away if no row has two cells."""
    starts = [cells[1][0] for cells in rows if len(cells) == 2]
    edge = int(median(starts) * 0.8) if starts else 0
    return edge if edge > 15 else 10_000
