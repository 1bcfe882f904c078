"""What the domain says, in the visitor's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as translated

from nhipcau.core.errors import Fault
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.reports.design.definition import Definition


def spoken(text: object) -> str:
    """A sentence that brings its English; else what the catalogue knows (labels, errors); else the text itself."""
    if isinstance(text, Fault):
        return f"{text.where}: {spoken(text.message)}" if text.where else spoken(text.message)
    if isinstance(text, Said):
        return text.en if in_english() else str(text)
    return translated(str(text)) if text else ""


def in_english() -> bool:
    """Whether the visitor chose English."""
    return (get_language() or "").startswith("en")


def labelled(item: object) -> str:
    """The label of a type, measure, facet, choice or indicator in the visitor's language."""
    return _either(item, "label")


def titled(item: object) -> str:
    """The title of a section or narrative block in the visitor's language."""
    return _either(item, "title")


def named(definition: Definition) -> str:
    """The template's name in the visitor's language."""
    return definition.name_en if in_english() and definition.name_en not in {"", "-"} else definition.name


def in_words(period: Period) -> str:
    """The period in the visitor's language: "6 tháng đầu năm 2026"."""
    return period.label_en if in_english() else period.label_vi


def _either(item: object, what: str) -> str:
    english = getattr(item, f"{what}_en", "") if in_english() else ""
    return english or str(getattr(item, what, ""))
