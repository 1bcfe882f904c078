"""Recipients (box 9b): every line of "Nơi nhận", although the signature stands beside them."""

from __future__ import annotations

import re

from nhipcau.reader import confidence as why
from nhipcau.reader.confidence import Doubt, Ground
from nhipcau.reader.elements.signer import is_authority, is_signing_noise, is_title, name_ending, name_in
from nhipcau.reader.language.lexicon import DOC_TYPES, TITLE, names_body
from nhipcau.reader.language.spelling import misspelt
from nhipcau.reader.language.text import legible, looks_upper
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import RECIPIENTS, Layout, Line, split_items
from nhipcau.reader.page.marks import AS_ABOVE

_BULLET = re.compile(r"^\s*[-+*•·~]+\s*")
_GROUP = re.compile(r"^\W*(?:b.n (?:.i.n t.|gi.y)|g.i b.n .i.n t.|qua .i.n t.|v.n b.n .i.n t.)\W*\w*\W*$")


_LISTED = re.compile(rf"[\W\d]*(?:{'|'.join(DOC_TYPES)}) (?:so:? )?\d+\w?\s?[/-]")


def read_recipients(layout: Layout) -> tuple[Field, ...]:
    lines = layout.end
    ground = why.RECIPIENT
    start = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.plain.strip(" *_"))), None)
    if start is None:
        ground = why.RECIPIENT_UNLABELLED
        start = next((i for i, line in enumerate(lines) if AS_ABOVE.match(line.plain)), None)
    if start is None:
        return ()
    items = _items(lines[start:])
    if not any(map(_is_recipient, items)):
        return ()
    return tuple(found for item in items if (found := _field(item, ground)) is not None)


def _is_recipient(item: list[Line]) -> bool:
    """One such line makes a list of recipients; a page whose list was lost goes on with words of the site."""
    first = item[0]
    marked = _BULLET.match(first.text) or AS_ABOVE.match(first.plain) or _archived(item)
    return bool(marked) or names_body(first.text, first.plain) or item[-1].text.endswith(";")


def _items(lines: tuple[Line, ...]) -> list[list[Line]]:
    items: list[list[Line]] = []
    open_item = True  # may the next unmarked line still belong to the last item?
    signed = False  # once the signature has begun below the list, only marked lines are recipients
    for printed in (item for line in lines for item in split_items(line)):
        line = _without_label(printed)
        if not line.text or line.column == 1 or _signs(line, items):
            signed = signed or (bool(items) and line.column == 0 and bool(line.text))
            continue
        if _LISTED.match(line.plain):  # the site's list of documents below a letter
            break
        if signed and name_in(line.text) and any(map(_archived, items)):
            break
        if signed and not open_item and not _BULLET.match(line.text) and not _GROUP.match(line.plain):
            continue
        if _GROUP.match(line.plain):
            open_item = False
            continue
        if (
            not items
            or _BULLET.match(line.text)
            or not (open_item or _runs_on(line, items))
            or _stands_apart(line, items)
        ):
            if not items and not _BULLET.match(line.text) and not line.text[0].isupper():
                continue
            if items and _archived(items[-1]) and not _BULLET.match(line.text):
                break
            items.append([line])
        else:
            items[-1].append(line)
        open_item = not line.text.rstrip().endswith((";", "."))
    return items


def _runs_on(line: Line, items: list[list[Line]]) -> bool:
    """In a list with dashes, a line without one that begins small goes on ("…, các PCN; / các vụ: TH")."""
    if not items or not _BULLET.match(items[0][0].text):
        return False
    if _archived(items[-1]) and items[-1][-1].text.rstrip().endswith("."):
        return line.text[0].islower()
    within = ":" in items[-1][0].text and names_body(
        re.sub(r"^Các\s+", "", line.text), re.sub(r"^cac\s+", "", line.plain)
    )
    return line.text[0].islower() or within


def _stands_apart(line: Line, items: list[list[Line]]) -> bool:
    """In a list without dashes a blank line ends the recipient, though its ";" is missing."""
    unmarked = not _BULLET.match(items[0][0].text)
    return unmarked and line.after_blank and line.text[:1].isupper() and items[0][0].text.rstrip().endswith(";")


def _without_label(line: Line) -> Line:
    found = RECIPIENTS.match(line.plain)
    if not found:
        return line
    rest = line.text[found.end() :]
    skipped = len(rest) - len(rest.lstrip(" :#*_^ˆ.,"))
    return Line(rest[skipped:].rstrip(" *_"), line.start + found.end() + skipped, line.column)


def _signs(line: Line, items: list[list[Line]]) -> bool:
    """Is this line the signature's, not a recipient?"""
    if _BULLET.match(line.text):
        return False
    if is_signing_noise(line) or is_authority(line):
        return True
    if (looks_upper(line.text) and (TITLE.match(line.plain) or not items)) or is_title(line):
        return True
    ended = not items or items[-1][-1].text.rstrip().endswith((";", ".", ")")) or _archived(items[-1])
    return ended and (name_in(line.text) or name_ending(line.text)) is not None


def _archived(item: list[Line]) -> bool:
    return re.match(r"^\W*l.u\b", item[0].plain) is not None


def _field(item: list[Line], ground: Ground) -> Field | None:
    text = " ".join(" ".join(line.text.split()) for line in item)
    text = _BULLET.sub("", text)
    text = _without_tail(text).strip(" ;.,:")
    text = text.strip(" “”") if text.count("“") != text.count("”") else text
    if not re.search(r"\w{2}", text):
        return None
    return why.field(text, (item[0].start, item[-1].end), ground, *_doubts(text))


def _without_tail(text: str) -> str:
    """What follows ";" on the same line is the signature's (a name), or what a stamp left there."""
    junk = re.search(r";\s*(?!\s)[^;]{1,5}$", text)
    beside = re.search(r"[;.]\s+([^;.]*)$", text)
    if beside and name_in(beside[1]):
        return text[: beside.start()]
    noise = re.search(r"[;.]\s+(?:[\W_]|(?<!\w)\w(?!\w))+$", text)
    if noise and not noise[0].rstrip().endswith(")"):
        return text[: noise.start()]
    if beside and looks_upper(beside[1]) and " " in beside[1].strip():
        return text[: beside.start()]
    return text[: junk.start()] if junk else text


def _doubts(text: str) -> list[Doubt]:
    doubts = []
    if misspelt(text) or not legible(text) or re.search(r"[^\w\s.,&()/:;+'\"“”’-]", text):
        doubts.append(why.GARBLED)
    if len(text) > 150:
        doubts.append(why.VERY_LONG)
    if re.search(r"(?<=[^\W\d_]) [^\W\d_] [^\W\d_](?: |$)", text) or name_in(text.rsplit(";", 1)[-1]):
        doubts.append(why.ODD_SHAPE)
    return doubts
