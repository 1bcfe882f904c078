"""The subject, trích yếu (boxes 5a and 5b): after "V/v", or under the type's name."""

from __future__ import annotations

import re

from nhipcau.reader import confidence as why
from nhipcau.reader.confidence import Doubt, Ground
from nhipcau.reader.elements.dateline import is_date_line
from nhipcau.reader.elements.doctype import headline, is_letter_about, title_line
from nhipcau.reader.elements.header import SPEAKS, is_nation_or_motto, is_stamp
from nhipcau.reader.language.lexicon import DANGLING, DOC_TYPES, ORG_HEAD, TITLE, names_body
from nhipcau.reader.language.spelling import misspelt
from nhipcau.reader.language.text import looks_upper
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import ADDRESSED, OPENER, Layout, Line
from nhipcau.reader.page.marks import NUMBER_LINE, PAGE_NUMBER, SUBJECT_LINE

_ABOUT = re.compile(r"^\W*Về (?=[^\W\dA-Z])")  # "Về vận động quyên góp …" below the number, without "việc"
_ABOUT_WORD = len("Về ")
_DAY = re.compile(r"Ngày \d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_LONGEST = 10  # lines; a subject is one sentence
_TYPES = "|".join(sorted(DOC_TYPES, key=len, reverse=True))
_HEADLINE = re.compile(
    rf"^[\W_]*(?:{_TYPES})\b\s*(?:(?:so:?\s*)?\d+\w?\s*/\s*[\w/&.-]+\s*)?(?:,?\s*ngay [\d/.-]+\s*)?"
    rf"(?:va (?:{_TYPES})\b\s*)?"  # "QUY ĐỊNH VÀ HƯỚNG DẪN"
    r"(?:nam \d{4}\s+)?(?:v\s?/\s?v|ve viec)?\s*:?\s*"
)


def read_subject(layout: Layout, doc_type: str | None) -> Field:
    title = title_line(layout)
    if title is not None:
        found = _under_title(layout, title)
        if found.value:
            return found
    found = _after_vv(layout)
    return found if found.value else _headline(layout, doc_type)


def _is_elsewhere(line: Line) -> bool:
    """A line of another element of the header, though it stands between lines of the subject."""
    return (
        is_nation_or_motto(line)
        or (NUMBER_LINE.match(line.plain) is not None and len(line.text) < 45 and not line.text.startswith("số "))
        or is_stamp(line)
        or line.is_mark
    )


def _under_title(layout: Layout, title: Line) -> Field:
    start = layout.lines.index(title) + 1
    rest_of_title = _HEADLINE.sub("", title.plain)
    lines: list[Line] = []
    if rest_of_title and len(rest_of_title) > 3:
        lines.append(_cut(title, len(title.text) - len(rest_of_title)))
    for index, line in enumerate(layout.lines[start : start + _LONGEST], start):
        if _is_elsewhere(line) or (is_date_line(line) and line.column):
            continue
        if ADDRESSED.match(line.plain) or _garbled(line.text):
            break
        festive = not line.after_blank and _FESTIVE.match(line.text) is not None and _blank_after(layout, index)
        if not lines and PAGE_NUMBER.fullmatch(line.plain):  # a figure of a stamp or of the margin
            continue
        if lines and not festive and _body_begins(line, lines, last=index + 1 >= layout.body):
            break
        if not lines and (re.match(r"(?:Căn cứ|Kính gửi)", line.text) or index >= layout.body + 2):
            break
        lines.append(line)
    return _join(lines, why.SUBJECT_UNDER_TITLE)


# A subject's last line may name the occasion; a body that opens so is a longer sentence.
_FESTIVE = re.compile(r"(?:Chào mừng|Hưởng ứng|Nhân dịp) [^.;:]{5,60}$")


# "… NHIỆM / VỤ TÀI CHÍNH": the first half of a word whose second half is also how bodies' names begin.
_HALF_WORD = re.compile(
    r"\b(?:nhiem|nghiep|dich|phuc|can|tien|noi|dang|co|tru|xa|quoc|du|van|moi|thi|nha|cong|giao|thanh)\W*$"
)
_RUNNING = 25  # letters; a shorter line may be a name within the subject
_PERIOD = re.compile(r"\W*(?:Năm(?: học)?|Nhiệm kỳ|nhiệm kỳ|Giai đoạn) \d{4}(?:\s*-\s*\d{4})?\W*")


def _blank_after(layout: Layout, index: int) -> bool:
    return index + 1 < len(layout.lines) and layout.lines[index + 1].after_blank


def _cut(line: Line, at: int) -> Line:
    return Line(line.text[at:], line.start + at, line.column)


def _body_begins(line: Line, so_far: list[Line], *, last: bool) -> bool:
    if line.text[0].islower():
        return False
    if _PERIOD.fullmatch(line.text):
        return False
    if OPENER.match(line.text) or line.after_blank or line.text.rstrip().endswith(":"):
        return True
    if names_body(line.text, line.plain) and SPEAKS.search(line.plain):
        return True
    if not looks_upper(line.text):  # below a subject in capitals running text is the body
        return looks_upper(so_far[0].text) and len(line.text) > _RUNNING and not _hangs(so_far[-1])
    # "CHỦ TỊCH ỦY BAN NHÂN DÂN …" between a decision's subject and its grounds; "… ĐỊA / BÀN TỈNH" names none.
    signer = TITLE.match(line.plain) is not None or names_body(line.text, line.plain)
    signer = signer and not _HALF_WORD.search(so_far[-1].plain)
    return not looks_upper(so_far[-1].text) or (last and signer and not _hangs(so_far[-1]))


def _hangs(line: Line) -> bool:
    return DANGLING.search(line.plain.rstrip()) is not None


def _after_vv(layout: Layout) -> Field:
    """From "V/v" to "Kính gửi" or the body; other elements of the header may stand in between."""
    lines: list[Line] = []
    numbered = False
    for index, line in enumerate(layout.lines[: max(layout.body, 1)]):
        if not lines:
            found = SUBJECT_LINE.match(line.plain) or (_ABOUT.match(line.text) if numbered else None)
            if found:
                lines.append(_cut(line, found.end()))
            numbered = numbered or NUMBER_LINE.match(line.plain) is not None
            continue
        if _is_elsewhere(line) or (line.column == 1 and lines[-1].column == 0) or _names_issuer(line):
            continue
        ends = ADDRESSED.match(line.plain) or line.plain.strip(" :") in DOC_TYPES or len(lines) > _LONGEST
        if line.after_blank and _DAY.fullmatch(line.text):  # "… nghỉ học / Ngày 26/11/2018"
            lines.append(line)
            break
        if ends or _garbled(line.text) or (line.after_blank and _complete(lines, line, layout, index)):
            break
        lines.append(line)
    found_any = [line for line in lines if line.text.strip()] or _below_party_number(layout)
    return _join(found_any, why.SUBJECT_AFTER_VV) if found_any else _displaced(layout)


def _below_party_number(layout: Layout) -> list[Line]:
    """The Party's letters print the subject below the number without "V/v" (Hướng dẫn 36-HD/VPTW)."""
    head = layout.head
    number = next((i for i, line in enumerate(head) if NUMBER_LINE.match(line.plain) and line.is_mark), None)
    if number is None or not any("ĐẢNG CỘNG SẢN VIỆT NAM" in line.text for line in head):
        return []
    below = [line for line in head[number + 1 :] if line.column == 0 and not _is_elsewhere(line)]
    return below if below and below[0].text[0].isupper() and not looks_upper(below[0].text) else []


def _names_issuer(line: Line) -> bool:
    """Reading order may put the bodies' names below "V/v"."""
    return looks_upper(line.text) and ORG_HEAD.match(line.plain) is not None


def _complete(lines: list[Line], line: Line, layout: Layout, index: int) -> bool:
    """After a blank line: does the subject end here? Not if it hangs, or more of the header still follows."""
    if line.text[0].islower() or _hangs(lines[-1]):
        return False
    return not any(later.is_mark for later in layout.lines[index + 1 : layout.body])


def _displaced(layout: Layout) -> Field:
    """Reading order may move the left column's "V/v" below the text, to the signature."""
    end = layout.end
    for index, line in enumerate(end):
        found = re.match(r"\W?V\s?/\s?v\b\s*:?\s*", line.text, re.IGNORECASE)
        if found:
            lines = [_cut(line, found.end())]
            for more in end[index + 1 : index + 5]:
                if looks_upper(more.text) or not more.text[0].islower():
                    break
                lines.append(more)
            return _join(lines, why.SUBJECT_AFTER_VV, why.ODD_SHAPE)
    return Field()


def _headline(layout: Layout, doc_type: str | None) -> Field:
    """The page's title serves where the copy below it has neither V/v nor a title line."""
    line = headline(layout)
    if line is not None and doc_type and not layout.headed and not is_letter_about(layout, line):
        found = _HEADLINE.match(line.plain)
        if found and found.end() < len(line.text) and not line.plain.startswith(("cua ", "so "), found.end()):
            return _join([_cut(line, found.end())], why.SUBJECT_HEADLINE)
    if layout.headed or not layout.head:
        return Field()
    about = next((line for line in layout.head if _ABOUT.match(line.text)), None)
    if about is not None:  # "Về thu quỹ …" below the title of the site's section
        return _join([_cut(about, _ABOUT_WORD)], why.SUBJECT_PAGE_TITLE)
    addressed = layout.body < len(layout.lines) and ADDRESSED.search(layout.lines[layout.body].plain[:30])
    first = layout.head[0]
    if addressed and len(first.text.split()) > 4 and len(layout.head) < 5:
        return _join([first], why.SUBJECT_PAGE_TITLE)
    return Field()


def _garbled(text: str) -> bool:
    """A stamp or signature read as letters: hardly a word in it is a Vietnamese syllable."""
    words = text.split()
    good = sum(
        bool(re.fullmatch(r"[\"“(]?[^\W\d_]{1,7}[\"”),;:.]*|\d{1,4}(?:[-/.]\d{1,4})*[,.;]?", word))
        for word in words
    )
    return len(words) > 2 and good < 0.6 * len(words)


def _join(lines: list[Line], ground: Ground, *doubts: Doubt) -> Field:
    if not lines:
        return Field()
    text = " ".join(line.text for line in lines)
    text = re.sub(r"^\W*(?:V\s?/\s?v|Về việc|VỀ VIỆC)\b\s*:?\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^Về (?=[^\W\dA-Z])", "", text)
    text = re.sub(r"\s+:(?=\s)", "", text).strip(" \t.;:*_-/")
    if text.count(")") > text.count("("):
        text = text.removesuffix(")")
    if text.count("”") > text.count("“") or text.count('"') % 2:
        text = text.strip(' ”"“')
    return why.field(text or None, (lines[0].start, lines[-1].end), ground, *doubts, *_doubts(text))


def _doubts(text: str) -> list[Doubt]:
    doubts = []
    if misspelt(text) > 1 or (misspelt(text) and len(text.split()) < 8):
        doubts.append(why.GARBLED)
    if len(text) > 320:
        doubts.append(why.VERY_LONG)
    if len(text.split()) < 3 or DANGLING.search(text.lower()):
        doubts.append(why.CUT_SHORT)
    return doubts
