"""The log as an auditor may read it: what the posts of his branch did; all of it where nobody stands above."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Substr

from nhipcau.audit.actions import seal
from nhipcau.audit.exported import Line, Stretch
from nhipcau.audit.models import Entry
from nhipcau.audit.taking import note_taking
from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said
from nhipcau.org.models import Delegation, Post, Role
from nhipcau.org.scope import Scope

ON_A_PAGE = 50
MOST = 500_000  # entries of one file
_CHUNK = 2000
_POST = len("post:") + 36
_CURSOR = re.compile(r"(\d{1,20})~(\d{1,19})")
# What the log calls things, in words; each with its id behind a colon.
OBJECTS: Mapping[str, Said] = {
    "account": Said("tài khoản", "account"),
    "activity": Said("hoạt động", "activity"),
    "activity_type": Said("loại hoạt động", "type of activity"),
    "analysis": Said("bảng phân tích", "analysis"),
    "announcement": Said("thông báo", "announcement"),
    "assignment": Said("phần việc của đơn vị", "a unit's part of a task"),
    "backup": Said("bản sao lưu", "backup"),
    "campaign": Said("chiến dịch", "campaign"),
    "day": Said("ngày", "day"),
    "delegation": Said("ủy quyền", "delegation"),
    "document": Said("văn bản", "letter"),
    "field": Said("ô nhập", "field"),
    "handover": Said("biên bản bàn giao", "handover minutes"),
    "instance": Said("hệ thống", "the installation"),
    "instruction": Said("bút phê", "instruction on a letter"),
    "issued": Said("báo cáo đã phát hành", "issued report"),
    "material": Said("tài liệu chiến dịch", "campaign material"),
    "obligation": Said("yêu cầu trong văn bản", "obligation"),
    "person": Said("cán bộ", "officer"),
    "planned": Said("hoạt động dự kiến", "planned activity"),
    "post": Said("chức danh", "post"),
    "register": Said("sổ đăng ký", "register"),
    "reorganisation": Said("quyết định tổ chức", "reorganisation"),
    "scan": Said("bản quét", "scan"),
    "seal": Said("số liệu đã chốt", "sealed figures"),
    "signing": Said("bản trình ký", "draft for signature"),
    "submission": Said("báo cáo", "report"),
    "task": Said("việc được giao", "task"),
    "template": Said("biểu mẫu", "report template"),
    "template_draft": Said("bản thảo biểu mẫu", "template in the making"),
    "token": Said("mã truy cập", "API token"),
    "unit": Said("đơn vị", "unit"),
    "view": Said("cách xem đã lưu", "saved view"),
}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty does not narrow. `obj` is a kind and an id, or the id alone."""

    since: dt.date | None = None
    until: dt.date | None = None
    actions: tuple[str, ...] = ()
    post: Post | None = None
    obj: str = ""


@dataclass(frozen=True)
class Leaf:
    """One page of entries, the newest first; `older`: the cursor of the next, "" at the end."""

    entries: Sequence[Entry]
    older: str


def visible_entries(scope: Scope, wanted: Wanted = Wanted()) -> QuerySet[Entry]:
    """What the scope's auditor may read of that, the newest first. NotAllowed for any other post."""
    scope.require_role(Role.AUDITOR)
    rows = Entry.objects.filter(_narrowed(wanted))
    if not scope.is_whole:
        rows = rows.annotate(doer=Substr("actor", 1, _POST)).filter(doer__in=_posts_in(scope))
    return rows.order_by("-at", "-pk")


def leaf(scope: Scope, wanted: Wanted, cursor: str = "") -> Leaf:
    """A page of them. However long the log, only the page is read: it goes on behind an entry, after no count."""
    rows = visible_entries(scope, wanted)
    found = _CURSOR.fullmatch(cursor)
    if found:
        at, pk = _EPOCH + dt.timedelta(microseconds=int(found[1][:17])), int(found[2])
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
    listed = list(rows[: ON_A_PAGE + 1])
    shown = listed[:ON_A_PAGE]
    return Leaf(shown, _cursor(shown[-1]) if len(listed) > ON_A_PAGE else "")


def take(scope: Scope, wanted: Wanted) -> tuple[Stretch, Iterator[Line]]:
    """The stretch of the chain in which the wanted entries lie, to be written as a file that proves itself.

    Entries that were not asked for, or lie beyond the scope, are in it by their place alone. What is not chained
    yet is chained first, and the taking itself is in the log. InvalidInput where there is nothing, or too much.
    """
    seal(at=scope.at)
    shown = visible_entries(scope, wanted).order_by().exclude(seq=None)
    ends = shown.aggregate(first=Min("seq"), last=Max("seq"))
    first, last = ends["first"], ends["last"]
    if first is None:
        raise InvalidInput(Said("Không có mục nào để lấy ra.", "There is no entry to take."))
    if last - first >= MOST:
        raise InvalidInput(
            Said(
                f"Khoảng này có hơn {MOST} mục. Hãy chọn khoảng ngày ngắn hơn.",
                f"This stretch has more than {MOST} entries. Choose fewer days.",
            )
        )
    chains = dict(Entry.objects.filter(seq__in=(first - 1, last)).values_list("seq", "chain"))
    note_taking(
        actor=scope.post,
        action="audit.log_taken",
        obj=f"unit:{scope.unit.uid}",
        at=scope.at,
        data={"first": first, "last": last, "chain": chains[last]},
    )
    return Stretch(scope.at, first, chains.get(first - 1, "")), _lines(shown, first, last)


def _lines(shown: QuerySet[Entry], first: int, last: int) -> Iterator[Line]:
    """Chunk by chunk: memory does not grow with the stretch."""
    for start in range(first, last + 1, _CHUNK):
        part = Q(seq__gte=start, seq__lte=min(start + _CHUNK - 1, last))
        known = set(shown.filter(part).values_list("seq", flat=True))
        for one in Entry.objects.filter(part).order_by("seq"):
            seq = one.seq or 0
            yield Line(
                seq, one.at, one.actor, one.action, one.object, one.data, one.digest, one.chain, seq in known
            )


def _narrowed(wanted: Wanted) -> Q:
    narrow = Q()
    if wanted.since:
        narrow &= Q(at__gte=_midnight(wanted.since))
    if wanted.until:
        narrow &= Q(at__lt=_midnight(wanted.until + dt.timedelta(days=1)))
    if wanted.actions:
        narrow &= Q(action__in=wanted.actions)
    if wanted.post:
        narrow &= Q(actor__in=list(_names_of(wanted.post)))
    if wanted.obj:
        narrow &= (
            Q(object=wanted.obj)
            if ":" in wanted.obj
            else Q(object__in=[f"{kind}:{wanted.obj}" for kind in OBJECTS])
        )
    return narrow


def _names_of(post: Post) -> Iterator[str]:
    """Under which names the log knows a post: its own, as whose hand, and through whose hand it acted."""
    yield f"post:{post.uid}"
    given = Delegation.objects.filter(Q(giver=post.pk) | Q(taker=post.pk)).values_list("giver__uid", "taker__uid")
    for giver, taker in given.distinct():
        yield f"post:{giver}/{taker}"


def _posts_in(scope: Scope) -> QuerySet[Post, str]:
    """The names of the scope's posts, past ones included, as a subquery.

    SQLite keeps an id without its hyphens, PostgreSQL as one.
    """
    uid: list[Any]
    if connection.vendor == "sqlite":
        ends = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        parts = [Substr(Cast(F("uid"), CharField()), start, length) for start, length in ends]
        uid = [piece for part in parts for piece in (Value("-"), part)][1:]
    else:
        uid = [Cast(F("uid"), CharField())]
    named = Concat(Value("post:"), *uid, output_field=CharField())
    return Post.objects.filter(scope.own_or_below("unit")).annotate(name=named).values_list("name", flat=True)


def actors(entries: Iterable[Entry]) -> dict[str, Post]:
    """The posts that the entries name as doers or hands, by their uid; two queries for a page."""
    uids = {uid for one in entries if one.actor.startswith("post:") for uid in one.actor[5:].split("/")}
    return {str(post.uid): post for post in Post.objects.filter(uid__in=uids).select_related("unit")}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), VN)


def _cursor(entry: Entry) -> str:
    return f"{(entry.at - _EPOCH) // dt.timedelta(microseconds=1)}~{entry.pk}"
