"""What the domain says, in the visitor's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as translated

from nhipcau.core.errors import Fault
from nhipcau.core.said import Said


def spoken(text: object) -> str:
    """A sentence that brings its English; else what the catalogue knows (labels, errors); else the text itself."""
    if isinstance(text, Fault):
        return f"{text.where}: {spoken(text.message)}" if text.where else spoken(text.message)
    if isinstance(text, Said):
        return text.en if (get_language() or "").startswith("en") else str(text)
    return translated(str(text)) if text else ""
