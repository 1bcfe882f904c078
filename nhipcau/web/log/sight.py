"""Vì sao thấy: the chain of reasons, from the very functions that decide. For oneself, and for the auditors."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.audit.taking import note_taking
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import NotFound
from nhipcau.org.log import OBJECTS
from nhipcau.org.models import Post, Role
from nhipcau.org.queries import name_of
from nhipcau.web.declare import page
from nhipcau.web.log.reasons import KINDS, Seen, explained, find, find_anywhere, seats_at
from nhipcau.web.log.views import UID, chosen_post, read_day
from nhipcau.web.request import PageRequest
from nhipcau.web.words import spoken


@page()
def own(request: PageRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """Why the post one acts for sees that thing; what it does not see does not exist."""
    if kind not in KINDS:
        raise NotFound(_("Không có trang này."))
    seen = explained(KINDS[kind], find(kind, uid), request.scope.post, request.moment)
    if not seen.sees:
        raise NotFound(_("Không có nội dung này trong phạm vi của bạn."))
    context = {
        "seen": [seen],
        "thing": spoken(OBJECTS[kind]),
        "uid": str(uid),
        "at": request.moment,
        "mine": True,
    }
    return render(request, "web/log/sight.html", context)


@page(Role.AUDITOR)
def ask(request: PageRequest) -> HttpResponse:
    """Why a post of the branch saw a thing of the branch at a moment, or why it did not."""
    values = {name: request.GET.get(name, "").strip()[:200] for name in ("loai", "vat", "ai", "luc")}
    wrong: dict[str, str] = {}
    post, alike = chosen_post(request.scope, values["ai"], wrong)
    at = _moment(values["luc"], request.moment, wrong)
    found = UID.search(values["vat"].lower())
    if values["vat"] and found is None:
        wrong["vat"] = _("Hãy dán mã hoặc địa chỉ trang của đối tượng.")
    context: dict[str, object] = {
        "values": values,
        "wrong": wrong,
        "alike": alike,
        "kinds": [(kind, spoken(OBJECTS[kind])) for kind in KINDS],
        "chosen": f"{post.title}, {name_of(post.unit, request.scope.day).name}" if post else "",
    }
    if post and found and at and not wrong:
        context |= _answer(request, values["loai"], found.group(), post, at, wrong)
    return render(request, "web/log/ask.html", context, status=422 if wrong else 200)


def _answer(
    request: PageRequest, kind: str, uid: str, post: Post, at: dt.datetime, wrong: dict[str, str]
) -> dict[str, object]:
    """The chain for the post itself and for every post it acted for by delegation then."""
    kinds = [kind] if kind in KINDS else list(KINDS)
    found = find_anywhere(kinds, uid)
    if found is None or not request.scope.sees(found[1].owner):
        wrong["vat"] = _("Không có đối tượng này trong nhánh của bạn, hoặc loại này không có trang riêng.")
        return {}
    named, thing = found
    note_taking(
        actor=request.scope.post,
        action="audit.sight_asked",
        obj=f"{named}:{uid}",
        at=request.moment,
        data={"post": str(post.uid), "moment": at.isoformat()},
    )
    seats = seats_at(post, at)
    seen: list[Seen] = [explained(KINDS[named], thing, seat, at) for seat in seats]
    owner = name_of(thing.owner, request.scope.day).name
    return {"seen": seen, "thing": spoken(OBJECTS[named]), "uid": uid, "at": at, "owner": owner}


def _moment(text: str, now: dt.datetime, wrong: dict[str, str]) -> dt.datetime | None:
    """The end of the day asked about, in Vietnamese time; now for today and where none is given. Nothing is told of
    what is to come."""
    day = read_day(text, "luc", wrong)
    if day is None or day == local_date(now):
        return now
    if day > local_date(now):
        wrong["luc"] = _("Ngày này chưa tới.")
        return None
    return dt.datetime.combine(day, dt.time(23, 59, 59), VN)
