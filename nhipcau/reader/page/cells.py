"""A line's cells: where the two columns of header and closing part, whatever flattened them."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from nhipcau.reader.language.lexicon import AUTHORITY, TITLE
from nhipcau.reader.language.syllables import is_syllable
from nhipcau.reader.language.text import LOWER, UPPER, plain
from nhipcau.reader.page.marks import RECIPIENTS, RULE, motto_in, nation_at

CELL = " | "  # between the cells of a table's row in the normalised text
_MOST_GAPS = 40  # no header or closing has so many columns
_GAP = re.compile(r"\t+| {3,}|\|")
# One of them stands in whatever the next expression matches.
_AUTHORITIES = re.compile(r"[TK](?:M|T|L|UQ|[/.][MTL])")
_AUTHORITY_INSIDE = re.compile(
    rf"(?<=[\w;:.,)#ˆ^]) +"
    rf"(?=(?:(?:TM|KT|TL|TUQ)(?:\s?[.,/]\s?|\s)|(?:T[/.]M|K[/.]T|T[/.]L)\s?[.,]?\s?)[{UPPER}]{{2,}})"
)
_TITLE_INSIDE = re.compile(
    rf"(?:(?<=[{LOWER};)])|(?<=[{LOWER})”\"]\.)|(?<=[Ll]ưu: [{UPPER}]{{2}}\.))(?: +[-_~=.:]+)? +"
    rf"(?=[{UPPER}]{{2,}}(?:[ -][{UPPER}]{{2,}})+,?$|\(?\s?[Đđ]ã ký)"
)
_KIND = r"(?:(?:(?:TP|Tp|T\.P)\.? ?)|(?:Thành phố|Thị xã|Thị trấn|Huyện|Quận|Phường|Xã|Đặc khu|Tỉnh) )?"
_PLACE_INSIDE = re.compile(
    rf"(?<=[{LOWER}{UPPER}\d.…_/])(?: [-_~=:*]{{1,3}})? +(?={_KIND}(?:[{UPPER}][{LOWER}]+[ -]?){{1,4}}"
    r", ?ng[àaả]y.{1,10}th[áa]ng.{1,8}n[ăa]m)"
)
_ALL_PLACE = re.compile(rf"\W*{_KIND[:-1]}?(?:Thành phố|Thị xã|Thị trấn)?(?:[{UPPER}][{LOWER}]+[ -]?)*")
_NUMBER_THEN_PLACE = re.compile(
    rf"^\s*(?:Số|SỐ|So)\b.*?/\s*\S+(?: [{UPPER}&-]{{2,}})*? +(?=(?:TP\.? ?)?[{UPPER}][{LOWER}].*ngày)"
)

_NUMBER_THEN_SUBJECT = re.compile(r"^\s*(?:Số|SỐ|So)\b\s*:?[^|]{0,12}/[^|\s]+\s+(?=[Vv]/[Vv]\b)")
_SLIP_IN = 3  # words; of more, recognition may have misread one
_FIRST_RECIPIENT = re.compile(r"\s*(?:[-+•]|nhu (?:tren|kinh gui|dieu)\b)")  # the list goes on behind its label
# The title below each kind of authority (Decree 30, box 7a): who signs KT. is always a deputy.
_TITLE_BELOW = (
    re.compile(r"(?<=\w\w) (?=pho |thu truong\b)"),
    # "TM. ĐOÀN CHỦ TỊCH" and "TM. BAN GIÁM ĐỐC" name bodies.
    re.compile(r"(?<=\w\w)(?<!\bdoan)(?<!\bban) (?=(?:chu tich|bi thu|truong ban|hieu truong|giam doc)\b)"),
)
_NAME_BELOW = re.compile(rf"(?<=[{UPPER}]{{2}}) (?=(?:[{UPPER}][{LOWER}]+ ?){{2,4}}$)")


@lru_cache(maxsize=256)  # the body and the closing are looked for line by line before the lines are taken apart
def cells_of(raw: str) -> tuple[tuple[int, str], ...]:
    """Split a header or closing line into its cells as (position, text)."""
    cuts = [0]
    gaps = list(_GAP.finditer(raw))
    if len(gaps) > _MOST_GAPS:
        return ((0, " ".join(raw.replace("|", " ").split())),)
    for gap in gaps:
        left, right = raw[: gap.start()].strip(), raw[gap.end() :].strip()
        if gap[0] != "|" and (not left or not right or _belongs_together(left, right)):
            continue
        cuts.append(gap.end())
    cells = []
    for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        cells.extend(_merged(raw[start:end], start))
    return tuple((at, text) for at, text in cells if text and not RULE.fullmatch(text))


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
    nation, motto = nation_at(cell, folded), motto_in(folded)
    if nation is not None:
        cuts.add(nation)
    if motto and not motto[0].startswith("h"):
        cuts.add(motto.start())
    for pattern in (_NUMBER_THEN_PLACE, _PLACE_INSIDE) if "ng" in cell else ():  # of "ngày"
        dated = pattern.search(cell)
        if dated and not _ALL_PLACE.fullmatch(cell[: dated.start()]):
            cuts.add(dated.end())
            break
    recipients = RECIPIENTS.match(folded.strip())
    if recipients and not _FIRST_RECIPIENT.match(folded.strip()[recipients.end() :]):
        cuts.add(len(cell) - len(cell.lstrip()) + recipients.end())
    about = _NUMBER_THEN_SUBJECT.match(cell)
    if about:
        cuts.add(about.end())
    cuts.update(_cuts_in_signature(cell, folded))
    if _AUTHORITIES.search(cell):
        cuts.update(match.end() for match in _AUTHORITY_INSIDE.finditer(cell))
    # "- Lãnh đạo Sở; PHÓ CHỦ TỊCH": the title beside a recipient; "- Lưu: VT, TCCB" is none.
    if cell.rstrip(", ")[-2:].isupper() or "ã ký" in cell:
        cuts.update(
            m.end()
            for m in _TITLE_INSIDE.finditer(cell)
            if TITLE.match(plain(cell[m.end() :])) or "ã ký" in cell or _is_rest_of_title(cell, m.end())
        )
    edges = [*sorted(cuts), len(cell)]
    pieces = [(offset + a, cell[a:b].replace("|", " ")) for a, b in itertools.pairwise(edges)]
    return [(at + len(text) - len(text.lstrip()), " ".join(text.split())) for at, text in pieces]


def _cuts_in_signature(cell: str, folded: str) -> list[int]:
    """ "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Văn An": three lines of the signature that extraction ran together."""
    bare = folded.lstrip()
    lead = len(folded) - len(bare)
    authority = AUTHORITY.match(bare)
    if not (authority or TITLE.match(bare)) or not cell.lstrip()[:2].isupper():
        return []
    cuts = []
    if authority:
        kinds = _TITLE_BELOW if bare[:2] in {"tm", "t/"} else _TITLE_BELOW[:1]
        below = [found for kind in kinds if (found := kind.search(folded, lead + authority.end()))]
        cuts += [min(found.end() for found in below)] if below else []
    name = _NAME_BELOW.search(cell)
    return [*cuts, name.end()] if name else cuts


def _is_rest_of_title(cell: str, at: int) -> bool:
    """ "- Lưu: VT, VP. LAO ĐỘNG": whole words in capitals after a recipient's end are the title's next line."""
    words = re.findall(r"\w+", cell[at:])
    known = sum(map(is_syllable, words))
    return cell[:at].rstrip(" -_~=:")[-1:] in ";." and known >= len(words) - (len(words) > _SLIP_IN)


def tidy(raw: str) -> str:
    """A body line: gaps shrink to two spaces (a table's columns stay visible), pipes keep their cells apart."""
    if "|" in raw:
        # Only the outer rules go: a blank cell at either end keeps the others in their columns.
        bare = raw.strip().removeprefix("|").removesuffix("|")
        cells = [" ".join(part.split()) for part in bare.split("|")]
        return CELL.join(cells) if any(cells) else ""
    text = raw.strip()
    return re.sub(r"[ \t]{2,}", "  ", text) if "  " in text or "\t" in text else text
