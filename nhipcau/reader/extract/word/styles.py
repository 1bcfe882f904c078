"""The font of a run and whether it is drawn in capitals or hidden: said by itself, its styles or the default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nhipcau.reader.extract.word.package import Package, a, w

_OFF = {"0", "false", "off", "none"}
_DEEPEST = 20  # styles based on styles; a circle ends here


class Styles:
    """What the styles part and the theme say."""

    def __init__(self, package: Package) -> None:
        root = package.related("styles")
        self._styles: dict[str, Any] = {}
        self._default: list[Any] = []
        self._default_paragraph: str | None = None
        if root is not None:
            for style in root.iterchildren(w("style")):
                self._styles[style.get(w("styleId"))] = style
                if style.get(w("type")) == "paragraph" and style.get(w("default")) not in (None, *_OFF):
                    self._default_paragraph = style.get(w("styleId"))
            self._default = root.findall(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._theme = _theme_fonts(package.related("theme"))

    def font(self, run: Any, paragraph: Any) -> str | None:
        """The name of the font the run's letters are drawn with."""
        for properties in self._of_run(run, paragraph):
            fonts = properties.find(w("rFonts"))
            if fonts is not None and (name := self._named(fonts)):
                return name
        return None

    def is_on(self, tag: str, run: Any, paragraph: Any) -> bool:
        """Is a switch such as "caps" or "vanish" on for this run?"""
        for properties in self._of_run(run, paragraph):
            switch = properties.find(w(tag))
            if switch is not None:
                return switch.get(w("val")) not in _OFF
        return False

    def paragraph_properties(self, paragraph: Any) -> Iterator[Any]:
        """The w:pPr that hold for a paragraph, nearest first."""
        own = paragraph.find(w("pPr"))
        if own is not None:
            yield own
        for style in self._chain(value_of(own, "pStyle") or self._default_paragraph):
            if (properties := style.find(w("pPr"))) is not None:
                yield properties

    def _of_run(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """The w:rPr that hold for a run, nearest first (ECMA-376 part 1, 17.7.2)."""
        own = run.find(w("rPr"))
        if own is not None:
            yield own
        names = (value_of(own, "rStyle"), value_of(paragraph.find(w("pPr")), "pStyle") or self._default_paragraph)
        for name in names:
            for style in self._chain(name):
                if (properties := style.find(w("rPr"))) is not None:
                    yield properties
        yield from self._default

    def _chain(self, name: str | None) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name) if name else None
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")

    def _named(self, fonts: Any) -> str | None:
        for side in ("hAnsi", "ascii"):  # Latin letters with marks are drawn with the first of them
            theme = fonts.get(w(f"{side}Theme"))
            name: str | None = self._theme.get(theme[:5]) if theme else fonts.get(w(side))
            if name:
                return name
        return None


def value_of(parent: Any, tag: str) -> str | None:
    """The w:val of a child; None without parent, child or value."""
    found = parent.find(w(tag)) if parent is not None else None
    value: str | None = found.get(w("val")) if found is not None else None
    return value


def _theme_fonts(theme: Any) -> dict[str, str]:
    """ "major" and "minor" to the Latin font the theme gives them."""
    found = {}
    for key in ("major", "minor") if theme is not None else ():
        latin = theme.find(f".//{a('fontScheme')}/{a(key + 'Font')}/{a('latin')}")
        if latin is not None and latin.get("typeface"):
            found[key] = latin.get("typeface")
    return found
