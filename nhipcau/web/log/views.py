"""Nhật ký on screen, 50 entries a page, and a stretch of it as a file that proves itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.audit import catalogue
from nhipcau.audit.exported import written
from nhipcau.audit.models import Head
from nhipcau.core.errors import InvalidInput
from nhipcau.org.directory import cards, directory
from nhipcau.org.log import Wanted, leaf, take
from nhipcau.org.models import Post, Role
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope, fetch
from nhipcau.web.declare import page
from nhipcau.web.fields import DayField
from nhipcau.web.log.shown import choices, told
from nhipcau.web.request import PageRequest
from nhipcau.web.tables import send_file
from nhipcau.web.words import spoken

UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ALIKE = 12  # posts offered where the words fit several
_FIELDS = ("tu", "den", "viec", "ai", "vat")


@dataclass(frozen=True)
class Asked:
    """The filter as it was filled in; `wrong` says at which fields it cannot be understood."""

    wanted: Wanted
    values: dict[str, str]
    wrong: dict[str, str]
    alike: list[tuple[str, str]]


@page(Role.AUDITOR)
def index(request: PageRequest) -> HttpResponse:
    """What the posts of the branch did, the newest first."""
    asked = read(request)
    found = leaf(request.scope, asked.wanted, request.GET.get("sau", ""))
    return render(request, "web/log/index.html", _context(request, asked) | {
        "rows": told(found.entries, request.scope.day),
        "older": _query(asked, sau=found.older) if found.older else "",
        "first": "sau" not in request.GET,
    })  # fmt: skip


@page(Role.AUDITOR)
def as_file(request: PageRequest) -> HttpResponseBase:
    """The same as a file for `nhipcau verify --log`. The taking itself is in the log (see `take`)."""
    asked = read(request)
    try:
        if asked.wrong:
            raise InvalidInput(_("Hãy sửa điều kiện lọc trước khi lấy ra tệp."))
        stretch, lines = take(request.scope, asked.wanted)
    except InvalidInput as refusal:
        context = _context(request, asked) | {"refusal": spoken(refusal.message), "rows": [], "first": True}
        return render(request, "web/log/index.html", context, status=422)
    name = f"nhat-ky-{request.scope.day:%Y%m%d}.jsonl"
    return send_file(
        lambda out: [out.write(line.encode()) for line in written(stretch, lines)], name, "application/jsonl"
    )


def _context(request: PageRequest, asked: Asked) -> dict[str, object]:
    head = Head.objects.filter(pk=1).first() or Head()
    chosen = asked.wanted.post
    return {
        "asked": asked,
        "actions": choices(catalogue.known()),
        "chosen": f"{chosen.title}, {name_of(chosen.unit, request.scope.day).name}" if chosen else "",
        "without_post": _query(asked, ai=""),
        "file_query": _query(asked),
        "head": head,
        "whole": request.scope.is_whole,
    }


def read(request: PageRequest) -> Asked:
    """The filter that the address says."""
    values = {name: request.GET.get(name, "").strip()[:200] for name in _FIELDS}
    wrong: dict[str, str] = {}
    since, until = read_day(values["tu"], "tu", wrong), read_day(values["den"], "den", wrong)
    if since and until and since > until:
        wrong["den"] = _("Ngày cuối đứng trước ngày đầu.")
    post, alike = chosen_post(request.scope, values["ai"], wrong)
    obj = UID.search(values["vat"].lower())
    if values["vat"] and obj is None:
        wrong["vat"] = _("Hãy dán mã hoặc địa chỉ trang của đối tượng.")
    actions = (values["viec"],) if values["viec"] in catalogue.known() else ()
    wanted = Wanted(since, until, actions, post, obj.group() if obj else "")
    return Asked(wanted, values, wrong, alike)


def read_day(text: str, field: str, wrong: dict[str, str]) -> dt.date | None:
    """The day typed, as every page takes it; what is wrong with it stands at the field."""
    try:
        day: dt.date | None = DayField(required=False).clean(text)
    except ValidationError as error:
        wrong[field] = str(error.message)
        return None
    return day


def chosen_post(scope: Scope, text: str, wrong: dict[str, str]) -> tuple[Post | None, list[tuple[str, str]]]:
    """The post by its uid, or by words that fit it alone; else those that they fit."""
    if not text:
        return None, []
    if UID.fullmatch(text):
        posts = Post.objects.filter(scope.own_or_below("unit")).select_related("unit")
        return fetch(posts, text, _("Không có chức danh này trong phạm vi của bạn.")), []
    found = [post for post in directory(scope, text, holders=False)[: 4 * _ALIKE] if scope.sees(post.unit)][:_ALIKE]
    if len(found) == 1:
        return found[0], []
    if not found:
        wrong["ai"] = _("Không thấy chức danh nào trong nhánh của bạn khớp với từ này.")
    else:
        wrong["ai"] = _("Có nhiều chức danh khớp; hãy chọn một.")
    return None, [
        (str(post.uid), f"{card.title}, {card.unit}") for post, card in zip(found, cards(scope, found), strict=True)
    ]


def _query(asked: Asked, **changes: str) -> str:
    return urlencode({name: value for name, value in (asked.values | changes).items() if value})
