"""`{% load nhip %}`: dates and figures as Vietnamese offices write them, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nhipcau.core.clock import VN
from nhipcau.core.numbers import MISSING_TEXT, Cell, format_cell, format_rounded, format_value, scale
from nhipcau.web import icons
from nhipcau.web.measures import measured
from nhipcau.web.request import AnyRequest
from nhipcau.web.terms import by_key
from nhipcau.web.words import spoken

register = template.Library()
Number = int | Decimal | Cell
NEAR = 7  # days before a deadline from which on they are counted
_marks = count(1)  # an id of its own for each explanation, in whatever fragment it arrives


@register.filter
def vi_date(value: dt.date | dt.datetime | None) -> str:
    """05/11/2026; an instant by its date in Việt Nam; nothing as "…"."""
    if value is None or value == "":
        return MISSING_TEXT
    day = value.astimezone(VN) if isinstance(value, dt.datetime) else value
    return f"{day:%d/%m/%Y}"


@register.filter
def vi_moment(value: dt.datetime | None) -> str:
    """09:05 05/11/2026, Vietnamese time."""
    return f"{value.astimezone(VN):%H:%M %d/%m/%Y}" if value else MISSING_TEXT


@register.filter
def vi_number(value: Number | None, decimals: int = 0) -> str:
    """1.234.567; an int or Decimal is the number itself, a Cell is scaled by `decimals`; None is "…"."""
    if value is None or value == "":
        return MISSING_TEXT
    if isinstance(value, Cell):
        return format_cell(value, decimals)
    return format_value(scale(value, decimals), decimals)


@register.filter
def how_soon(due: dt.date | None, today: dt.date | None) -> str:
    """ "ngày mai": what the date of a deadline does not say at a glance; nothing once it is over or far away."""
    if not isinstance(due, dt.date) or not isinstance(today, dt.date):
        return ""
    days = (due - today).days
    if days in (0, 1):
        return _("ngày mai") if days else _("hôm nay")
    return _("còn %(n)d ngày") % {"n": days} if 1 < days <= NEAR else ""


@register.filter
def money(value: int | Cell | None) -> str:
    """72.000.000 đồng; missing and not applicable stand without a unit."""
    text = vi_number(value)
    return f"{text} đồng" if text[-1].isdigit() else text


@register.filter
def percent(value: int | Decimal | None, decimals: int = 1) -> str:
    """95,5 % from the number 95.5, rounded half up for display; the figure behind it stays exact."""
    if value is None or value == "":
        return MISSING_TEXT
    return f"{format_rounded(Decimal(value), decimals)}\u00a0%"


@register.filter
def share(part: int, whole: int) -> str:
    """A part of a whole as 0 to 100 with a decimal point, for SVG widths; of nothing it is 0."""
    return f"{min(100 * part / whole, 100):.2f}" if whole else "0"


@register.filter
def counted(unit: str) -> str:
    """In what a figure is counted, in the visitor's language."""
    return measured(unit)


@register.filter
def tr(label: object) -> str:
    """What stands in data or in the domain (a state, a role, a reason), in the visitor's language."""
    return spoken(label)


@register.filter
def at(items: Sequence[object], index: int) -> object:
    """The item at that index, or nothing."""
    return items[index] if index < len(items) else ""


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """The page's own query with some parameters changed: `?trang=2&q=…`."""
    request: AnyRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "bell" %}`: a drawing beside words or hidden ones."""
    return icons.drawn(name)


@register.inclusion_tag("web/help/term.html")
def term(key: str, *, label: bool = False) -> dict[str, object]:
    """`{% term "do-phu" %}`: a "?" that explains the word; with `label=True` the word itself does."""
    return {"term": by_key()[key], "id": f"tu-{next(_marks)}", "label": label}
