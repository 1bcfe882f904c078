"""The system check behind default deny: every page has a name and says who may open it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from nhipcau.web.declare import access_of

URLCONF = "nhipcau.web.urls"


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(full name, pattern) of every page; the name is empty where none was given."""
    for entry in (resolver or get_resolver(URLCONF)).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, space)
        else:
            yield (f"{prefix}{entry.name}" if entry.name else ""), entry


def check_pages(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E001: a page declares no access. E002: a page has no name and so cannot stand in the permission table."""
    faults: list[CheckMessage] = []
    for name, pattern in patterns():
        if access_of(pattern.callback) is None:
            hint = "Đặt @page, @signed_in hoặc @public (nhipcau.web.declare) lên view."
            faults.append(
                Error(f"Trang «{pattern.pattern}» không khai báo quyền.", hint=hint, id="nhipcau.web.E001")
            )
        if not name:
            faults.append(Error(f"Trang «{pattern.pattern}» không có tên.", id="nhipcau.web.E002"))
    return faults
