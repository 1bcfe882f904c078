"""The icons of our pages, drawn by us on a field of 20 × 20 in lines of the text's colour.

An icon helps words and never stands for them: where no word is seen, a hidden one is said.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_SHAPES = {
    "search": '<circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 5 5"/>',
    "bell": '<path d="M4 14V9a6 6 0 0 1 12 0v5l1.5 1.5h-15zM8 18h4"/>',
    "person": '<circle cx="10" cy="6.5" r="3.5"/><path d="M3 18c0-8 14-8 14 0"/>',
    "switch": '<path d="M3 7h13m-3.5-3.5L16 7l-3.5 3.5M17 14H4m3.5-3.5L4 14l3.5 3.5"/>',
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
}
NAMES = tuple(_SHAPES)


def drawn(name: str) -> SafeString:
    """The icon; a name that is not among NAMES is a mistake of ours."""
    head = '<svg class="drawn" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">'
    return mark_safe(f"{head}{_SHAPES[name]}</svg>")  # noqa: S308 - our own shapes, nothing typed
