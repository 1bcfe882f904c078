"""The text of one paragraph as Word draws it, with the boxes and notes that hang on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nhipcau.reader.extract.glyphs import from_symbol_font
from nhipcau.reader.extract.legacy import Run, joined
from nhipcau.reader.extract.word.package import w
from nhipcau.reader.extract.word.styles import Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SKIPPED = {w(tag) for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt")}
_SIGNS = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-",
    w("softHyphen"): "\xad",  # the code of "ư" in TCVN3
}  # fmt: skip
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
Note = tuple[str, str]


@dataclass
class ParagraphText:
    """What one paragraph says; boxes left to right."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def text(self) -> str:
        return joined(self.runs)


class Paragraphs:
    """Reads paragraphs with the document's styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def read(self, paragraph: Any) -> ParagraphText:
        """Runs, boxes and notes; deletions, hidden text and old copies of boxes are skipped."""
        found = ParagraphText()
        placed: list[tuple[float, Any]] = []
        self._visit(paragraph, paragraph, found, placed)
        found.boxes = [box for _, box in sorted(placed, key=lambda pair: pair[0])]
        return found

    def _visit(self, element: Any, paragraph: Any, found: ParagraphText, placed: list[tuple[float, Any]]) -> None:
        for child in element.iterchildren():
            if child.tag == w("r"):
                self._run(child, paragraph, found, placed)
            elif child.tag == w("txbxContent"):
                placed.append((_left(child), child))
            elif child.tag == f"{_MC}AlternateContent":
                self._alternative(child, paragraph, found, placed)
            elif child.tag not in _SKIPPED:
                self._visit(child, paragraph, found, placed)

    def _run(self, run: Any, paragraph: Any, found: ParagraphText, placed: list[tuple[float, Any]]) -> None:
        if self._styles.is_on("vanish", run, paragraph):
            return
        text = ""
        for child in run.iterchildren():
            if child.tag == w("t"):
                text += child.text or ""
            elif child.tag in _SIGNS:
                text += _SIGNS[child.tag]
            elif child.tag == w("sym"):
                text += from_symbol_font(child.get(w("char"), ""))
            elif child.tag in _NOTES:
                found.notes.append((_NOTES[child.tag], child.get(w("id"), "")))
        if text:
            upper = any(self._styles.is_on(tag, run, paragraph) for tag in ("caps", "smallCaps"))
            found.runs.append(Run(text, self._styles.font(run, paragraph), upper))
        self._visit(run, paragraph, found, placed)

    def _alternative(
        self, element: Any, paragraph: Any, found: ParagraphText, placed: list[tuple[float, Any]]
    ) -> None:
        """The new form of a drawing, and its old form only if the new one says nothing."""
        for tag in ("Choice", "Fallback"):
            before = len(placed), len(found.runs)
            for child in element.iterchildren(f"{_MC}{tag}"):
                self._visit(child, paragraph, found, placed)
            if (len(placed), len(found.runs)) != before:
                return


def _left(box: Any) -> float:
    """How far to the right a box hangs, in its own unit; 0 where the file does not say."""
    for parent in box.iterancestors():
        offset = parent.find(f"{_WP}positionH/{_WP}posOffset")
        if offset is not None:
            return _number(offset.text)
        style = parent.get("style", "")
        if "margin-left:" in style:
            return _number(style.split("margin-left:")[1].split(";")[0].rstrip("ptincm "))
        if parent.tag == w("p"):
            break
    return 0.0


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
