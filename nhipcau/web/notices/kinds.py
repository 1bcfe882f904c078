"""What can reach a post, as a table: each kind brings functions that read it from the rows of its area.

Nothing is sent or stored when something happens: a notice is a look at what is there, so none can be missing and
none can outlive what it speaks of. Every function asks the database a fixed number of times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from nhipcau.core.clock import local_date
from nhipcau.org.scope import Scope

SHOWN = dt.timedelta(days=45)
MOST = 60  # of one function, the newest


@dataclass(frozen=True)
class Notice:
    """One thing that happened. `told`: what happened, in a few words; `source`: where it comes from.

    `key` names the happening, not the thing: a report returned a second time is news again.
    """

    key: str
    at: dt.datetime
    title: str
    url: str
    told: str
    source: str = ""
    kind: str = ""
    read: bool = False

    @property
    def day(self) -> dt.date:
        return local_date(self.at)


Find = Callable[[Scope, dt.datetime], list[Notice]]


@dataclass(frozen=True)
class Kind:
    """A kind of notice, as the filter names it, and the functions that find its notices since a moment."""

    name: str
    label: Promise
    finds: Sequence[str]


KINDS: tuple[Kind, ...] = (
    Kind(
        "viec",
        _("Việc được giao"),
        (
            "nhipcau.web.notices.work.given",
            "nhipcau.web.notices.work.reminded",
            "nhipcau.web.notices.work.opened_again",
            "nhipcau.web.notices.work.taken_back",
        ),
    ),
    Kind(
        "gia-han",
        _("Gia hạn, trả lại việc"),
        (
            "nhipcau.web.notices.asked.extensions",
            "nhipcau.web.notices.asked.extensions_answered",
            "nhipcau.web.notices.asked.given_back",
            "nhipcau.web.notices.asked.given_back_answered",
        ),
    ),
    Kind(
        "bao-cao",
        _("Báo cáo"),
        (
            "nhipcau.web.notices.reports.decided",
            "nhipcau.web.notices.reports.entered",
            "nhipcau.web.notices.reports.received",
        ),
    ),
    Kind("so-lieu", _("Số liệu thay đổi sau khi chốt"), ("nhipcau.web.notices.reports.changed",)),
    Kind(
        "thong-bao",
        _("Thông báo"),
        (
            "nhipcau.web.notices.told.announced",
            "nhipcau.web.notices.told.corrected",
            "nhipcau.web.notices.told.reminded",
        ),
    ),
    Kind("chien-dich", _("Chiến dịch"), ("nhipcau.web.notices.told.campaigns",)),
    Kind(
        "hoat-dong",
        _("Hoạt động cùng làm"),
        ("nhipcau.web.notices.told.joint", "nhipcau.web.notices.told.declined"),
    ),
    Kind("uy-quyen", _("Ủy quyền"), ("nhipcau.web.notices.told.delegated",)),
)


def reached(scope: Scope, kinds: Sequence[Kind] = KINDS) -> list[Notice]:
    """What has reached the post lately, the newest first."""
    since = scope.at - SHOWN
    found = chain.from_iterable(_of(kind, scope, since) for kind in kinds)
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _of(kind: Kind, scope: Scope, since: dt.datetime) -> list[Notice]:
    finds: list[Find] = [import_string(name) for name in kind.finds]
    return [_named(one, kind.name) for find in finds for one in find(scope, since)]


def _named(notice: Notice, kind: str) -> Notice:
    return Notice(**{**notice.__dict__, "kind": kind})
