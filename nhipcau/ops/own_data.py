"""Dữ liệu của chính mình: what is kept about the holder of an account, in a zip, as JSON and as a text to read.

It follows the record of processing (`personal`): every table named there is a part of the export or says in
`ELSEWHERE` why it is none; a test holds both against each other. A part gives every field of its rows; what opens
a door (`SECRET`) is named and not given.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, ForeignKey, Model, Q

from nhipcau.access.models import Account
from nhipcau.access.queries import posts_of
from nhipcau.audit import catalogue
from nhipcau.audit.actions import record
from nhipcau.audit.models import Entry
from nhipcau.core.actors import Actor
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.ops.personal import KINDS
from nhipcau.org.models import Appointment, Delegation, Unit

JSON, TEXT = "du-lieu.json", "doc-duoc.txt"
HELD_BACK = "…"


@dataclass(frozen=True)
class Part:
    """One table: `whose` finds the account holder's rows in it."""

    table: str
    title: Said
    whose: Callable[[Account, dt.date], Q]


def _by(path: str) -> Callable[[Account, dt.date], Q]:
    """Rows that lead to the account along that path."""
    return lambda account, _day: Q(**{path: account.pk})


def _of_posts_held(account: Account, day: dt.date) -> Q:
    """Rows of the posts held that day: what a post kept after its change of hands is its new holder's."""
    return Q(post__in=posts_of(account, day).values("pk"))


def _letters(account: Account, _day: dt.date) -> Q:
    """Found by whom they speak to: an address may be shared by a whole office."""
    return Q(about__icontains=account.audit_id)


def _delegations(account: Account, _day: dt.date) -> Q:
    return Q(giver_held__person=account.person_id) | Q(taker_held__person=account.person_id)


def _deeds(account: Account, _day: dt.date) -> Q:
    """What the log says of the account, and what its holder did for the posts while holding them."""
    mine = Q(actor=account.audit_id) | Q(object=account.audit_id) | Q(object=f"person:{account.person.uid}")
    for held in Appointment.objects.filter(person=account.person_id).select_related("post"):
        first, end = (_midnight(day) if day else None for day in (held.valid_from, held.valid_to))
        mine |= _acted(held.post.audit_id, first, end)
    for given in Delegation.objects.filter(taker_held__person=account.person_id).select_related("giver", "taker"):
        as_whom = f"{given.giver.audit_id}/{given.taker.uid}"
        mine |= _acted(as_whom, given.starts_at, given.ended_at or given.ends_at)
    return mine


def _acted(as_whom: str, first: dt.datetime | None, end: dt.datetime | None) -> Q:
    done = Q(actor=as_whom, at__gte=first)
    return done & Q(at__lt=end) if end else done


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), VN)


PARTS = (
    Part("org.Person", Said("Họ tên và cách liên lạc", "Name and how to reach you"), _by("account")),
    Part("access.Account", Said("Tài khoản", "Account"), _by("pk")),
    Part("org.Post", Said("Chức danh đã và đang giữ", "Posts held"), _by("appointments__person__account")),
    Part("org.Appointment", Said("Giữ chức danh từ ngày nào", "Posts held since when"), _by("person__account")),
    Part("org.Delegation", Said("Ủy quyền đã giao, đã nhận", "Delegations given and taken"), _delegations),
    Part("access.Device", Said("Thiết bị đang đăng nhập", "Devices signed in"), _by("account")),
    Part("access.EntryCode", Said("Mã kích hoạt chưa dùng", "Entry code not used yet"), _by("account")),
    Part("mfa.Authenticator", Said("Bước xác thực thứ hai", "Second steps of signing in"), _by("user")),
    Part("access.Identity", Said("Đăng nhập một cửa", "Single sign-on"), _by("account")),
    Part("access.ApiToken", Said("Mã truy cập API", "API tokens"), _by("appointment__person__account")),
    Part("outbox.Mail", Said("Thư đã gửi tới bạn", "Mail sent to you"), _letters),
    Part("access.SavedView", Said("Cách xem đã lưu", "Saved views"), _of_posts_held),
    Part("access.ReadNotice", Said("Tin đã đọc", "Notices put aside"), _of_posts_held),
    Part(
        "audit.Entry",
        Said(
            "Nhật ký: bạn làm gì, ai làm gì trên tài khoản bạn",
            "The log: what you did, what was done to your account",
        ),
        _deeds,
    ),
)

_WORK = Said(
    "thuộc công việc của đơn vị, không phải dữ liệu tài khoản; đơn vị mang đi bằng «nhipcau export»",
    "it belongs to the unit's work, not to an account; “nhipcau export” takes it along",
)
_EMPTY = Said("bảng của thư viện, để trống", "a library's table, left empty")
_NOBODY = Said("không nói về ai: chỉ có số hoặc mã", "it tells of nobody: numbers and codes alone")
_REASONS = (
    (
        Said(
            "nói lại ở «Thiết bị đang đăng nhập»; phần còn lại là khóa phiên",
            "told under “Devices signed in”; the rest is the session's key",
        ),
        ("sessions.Session",),
    ),
    (
        Said(
            "câu trả lời cho chương trình, giữ một ngày: số liệu của đơn vị",
            "answers to programs, kept for a day: the unit's figures",
        ),
        ("access.ApiAnswer",),
    ),
    (_NOBODY, ("access.SharedCount", "access.SentForm", "outbox.Job", "audit.Head")),
    (
        _EMPTY,
        (
            "socialaccount.SocialApp",
            "socialaccount.SocialAccount",
            "socialaccount.SocialToken",
            "account.EmailAddress",
            "account.EmailConfirmation",
        ),
    ),
    (
        _WORK,
        (
            "documents.Document",
            "documents.StoredFile",
            "documents.SearchRow",
            "documents.TextPrint",
            "documents.Citation",
            "documents.Amendment",
            "documents.RegisterEntry",
            "documents.MadeCopy",
            "documents.Scan",
            "activities.WaitingPhoto",
            "activities.ActivityEvidence",
            "analytics.SavedAnalysis",
            "tasks.Handling",
            "org.Handover",
        ),
    ),
)
ELSEWHERE = {table: why for why, tables in _REASONS for table in tables}
# Whoever finds the file must not come in with it.
SECRET = {
    "access.Account": ("password", "calendar"),
    "access.Device": ("session_key",),
    "access.EntryCode": ("digest",),
    "access.ApiToken": ("digest",),
    "mfa.Authenticator": ("data",),
}


@dataclass(frozen=True)
class OwnData:
    """The zip and how many rows of each table stand in it."""

    name: str
    body: bytes
    rows: dict[str, int]


def take_own_data(*, account: Account, actor: Actor, at: dt.datetime) -> OwnData:
    """Everything kept about the account's holder. Logged, so that its owner sees when it was taken and by whom."""
    with transaction.atomic():
        told = [(part, [_row(one) for one in _rows(part, account, local_date(at))]) for part in PARTS]
        rows = {part.table: len(found) for part, found in told}
        data = {"rows": sum(rows.values())}
        record(actor=actor, action="ops.own_data_taken", obj=account.audit_id, at=at, data=data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = {"made_at": at.isoformat(), "login": account.login}
        tables = {part.table: found for part, found in told}
        archive.writestr(JSON, json.dumps(whole | tables, ensure_ascii=False, indent=1))
        archive.writestr(TEXT, "\n".join(_readable(account, told, at)))
    return OwnData(f"du-lieu-{account.login}.zip", out.getvalue(), rows)


def named(login: str) -> Account:
    """The account of that name, closed ones too. Raises NotFound."""
    found = Account.objects.select_related("person").filter(login=login.strip().lower()).first()
    if found is None:
        raise NotFound(Said(f"Không có tài khoản «{login}».", f"There is no account «{login}»."))
    return found


def _rows(part: Part, account: Account, day: dt.date) -> Iterator[Model]:
    model = apps.get_model(part.table)
    found = model._default_manager.filter(part.whose(account, day)).values("pk")
    yield from model._default_manager.filter(pk__in=found).order_by("pk").iterator(500)


def _row(one: Model) -> dict[str, Any]:
    """Every field under its own name; a secret only by whether there is one."""
    secret = SECRET.get(one._meta.label, ())
    told = {
        field.name: (HELD_BACK if getattr(one, field.attname) else "")
        if field.name in secret
        else _plain(one, field)
        for field in one._meta.concrete_fields
    }
    return told | ({"label": catalogue.require(one.action).label} if isinstance(one, Entry) else {})


def _plain(one: Model, field: Field[Any, Any]) -> object:
    value = getattr(one, field.name)
    if isinstance(value, Unit):
        latest = value.names.order_by("-valid_from").first()
        return latest.name if latest else str(value.uid)
    if isinstance(field, ForeignKey):
        return None if value is None else str(getattr(value, "uid", value.pk))
    return value if value is None or isinstance(value, str | int | list | dict) else str(value)


def _readable(account: Account, told: list[tuple[Part, list[dict[str, Any]]]], at: dt.datetime) -> Iterator[str]:
    """The same, to be read: each table under its title, with what it is for and how long it is kept."""
    yield f"Nhịp Cầu · {account.person.name} ({account.login}) · {at.astimezone(VN):%d/%m/%Y %H:%M}"
    kinds = {table: kind for kind in KINDS for table in kind.fields}
    for part, rows in told:
        yield f"\n== {part.title} · {part.title.en} ({part.table}): {len(rows)}"
        if kind := kinds.get(part.table):
            yield f"   để: {kind.purpose}; giữ: {kind.kept}; ai thấy: {kind.seen_by}"
        labels = {one.name: str(one.verbose_name) for one in apps.get_model(part.table)._meta.concrete_fields}
        for row in rows:
            yield ""
            yield from (
                f"   {labels.get(name, name)}: {value}" for name, value in row.items() if value not in ("", None)
            )
    yield f"\n({HELD_BACK}: có, nhưng không đưa ra vì mở được cửa vào · kept, and not given: it would open a door)"
    yield "\n== Không có ở đây · Not in here"
    yield from (f"   {table}: {why} · {why.en}" for table, why in ELSEWHERE.items())
