"""What can be searched, as a table: each area brings one function that finds within a scope.

Every function asks the database a fixed number of times, however much there is, and gives back what the post may
open and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.search.marks import Span
from nhipcau.org.scope import Scope
from nhipcau.web.everywhere.matching import Wanted


@dataclass(frozen=True)
class Hit:
    """One thing found. `meta`: what tells it from others of its name; `text`: a long text it was found in."""

    title: str
    url: str
    meta: str = ""
    text: str = ""


class Find(Protocol):
    """Finds at most `limit` things, the nearest first."""

    def __call__(self, scope: Scope, wanted: Wanted, limit: int) -> list[Hit]: ...


@dataclass(frozen=True)
class Source:
    """A group of results. `more`: the area's own search page (`?q=`), where there is a better one than ours."""

    name: str
    label: Promise
    find: str
    more: str = ""


# The order is the page's. A function stands by its dotted name, as the builders of the worklist do.
SOURCES: tuple[Source, ...] = (
    Source("viec", _("Việc"), "nhipcau.web.everywhere.work.tasks"),
    Source("van-ban", _("Văn bản"), "nhipcau.web.everywhere.papers.documents", "documents:find"),
    Source("yeu-cau", _("Yêu cầu trong văn bản"), "nhipcau.web.everywhere.work.obligations"),
    Source("bao-cao", _("Báo cáo của đơn vị"), "nhipcau.web.everywhere.papers.reports"),
    Source("bieu-mau", _("Biểu mẫu báo cáo"), "nhipcau.web.everywhere.papers.templates"),
    Source("thong-bao", _("Thông báo"), "nhipcau.web.everywhere.work.announcements"),
    Source("chien-dich", _("Chiến dịch"), "nhipcau.web.everywhere.work.campaigns"),
    Source("hoat-dong", _("Hoạt động của đơn vị"), "nhipcau.web.everywhere.work.activities"),
    Source("don-vi", _("Đơn vị"), "nhipcau.web.everywhere.offices.units", "org:tree"),
    Source("chuc-danh", _("Chức danh trong danh bạ"), "nhipcau.web.everywhere.offices.posts", "org:directory"),
    Source("tu-ngu", _("Từ ngữ"), "nhipcau.web.help.terms.found", "help:terms"),
)


@dataclass(frozen=True)
class Line:
    """A hit as the page shows it, what was wanted marked."""

    url: str
    title: Sequence[Span]
    meta: Sequence[Span]
    excerpt: Sequence[Span]


@dataclass(frozen=True)
class Group:
    """What one source gave; `further`: there is more than is shown."""

    source: Source
    lines: list[Line]
    further: bool


def search(scope: Scope, wanted: Wanted, sources: Sequence[Source], limit: int) -> list[Group]:
    """The groups in which something was found; nothing typed finds nothing."""
    if not wanted.words:
        return []
    found = []
    for source in sources:
        find: Callable[[Scope, Wanted, int], list[Hit]] = import_string(source.find)
        hits = find(scope, wanted, limit + 1)
        if hits:
            lines = [_line(hit, wanted) for hit in hits[:limit]]
            found.append(Group(source, lines, len(hits) > limit))
    return found


def _line(hit: Hit, wanted: Wanted) -> Line:
    excerpt = wanted.excerpt(hit.text) if hit.text else []
    return Line(hit.url, wanted.marked(hit.title), wanted.marked(hit.meta), excerpt)
