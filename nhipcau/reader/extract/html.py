"""Letters saved as web pages: their words in order, tables as rows, nothing that runs or hides."""

from __future__ import annotations

from html.parser import HTMLParser

from nhipcau.reader.extract.letterhead import is_letterhead

_SILENT = {"script", "style", "head", "noscript", "template", "iframe", "object", "svg", "select", "nav"}
_BLOCKS = {
    "p", "div", "li", "tr", "table", "ul", "ol", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "header", "footer", "blockquote", "pre", "center",
}  # fmt: skip
_DEEPEST = 500


def read_html(text: str) -> str:
    """The text a reader of the page would see."""
    page = _Page()
    page.feed(text)
    page.close()
    return "\n".join(line for line in page.lines() if line.strip())


class _Page(HTMLParser):
    """Collects lines; cells of a row are kept apart by "|", those of a header or closing line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._silent: list[str] = []
        self._lines: list[str] = [""]
        self._cells: list[list[str]] = []  # one list of lines for each cell of the open row
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._silent.clear()  # some pages never close their head
        elif tag in _SILENT and len(self._silent) < _DEEPEST:
            self._silent.append(tag)
        elif tag == "tr":
            self._end_row()
            self._depth = 1
        elif tag in ("td", "th") and self._depth:
            self._cells.append([""])
        elif tag in _BLOCKS:
            self._break()
            if tag == "li":
                self.handle_data("- ")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._open[-1] += " ".join(f"x{data}x".split())[1:-1]

    def lines(self) -> list[str]:
        self._end_row()
        return self._lines

    @property
    def _open(self) -> list[str]:
        return self._cells[-1] if self._cells else self._lines

    def _break(self) -> None:
        if self._open[-1].strip():
            self._open.append("")

    def _end_row(self) -> None:
        cells = [[line for line in cell if line.strip()] for cell in self._cells]
        self._cells, self._depth = [], 0
        if len(cells) > 1 and is_letterhead("\n".join(line for cell in cells for line in cell)):
            height = max(map(len, cells))
            columns = [cell + [""] * (height - len(cell)) for cell in cells]
            self._lines += [" | ".join(row) for row in zip(*columns, strict=True)]
        elif len(cells) > 1 and any(cells):
            self._lines.append(" | ".join(" ".join(cell) for cell in cells))
        else:
            self._lines += [line for cell in cells for line in cell]
        self._lines.append("")
