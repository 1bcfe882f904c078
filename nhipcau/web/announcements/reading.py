"""Announcements as they are read: what was told to the own unit, what it told, and who has not opened it."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import NotFound
from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.contacts import contacts_of
from nhipcau.org.models import Role, UnitName
from nhipcau.org.queries import name_of, names_of
from nhipcau.tasks.announcements import posting, queries
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.web.declare import page
from nhipcau.web.paging import leaf
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.sending import download
from nhipcau.web.sharing import calling_list, invitation
from nhipcau.web.words import labelled, spoken

ON_A_PAGE = 30
COPIED = 200  # units in a text for a chat group; more than that nobody rings up


SENT = "da-dang"
TOLD = {
    "": gettext_lazy("gửi đến đơn vị"),
    "chua-doc": gettext_lazy("chưa đọc"),
    "con-gia-tri": gettext_lazy("còn giá trị"),
}


@page()
@opens_as_chosen("thong-bao")
def index(request: PageRequest) -> HttpResponse:
    """What the own unit was told, newest first, or a part of it (`?loai=`); `da-dang`: what it told others."""
    scope, shown, reads = request.scope, request.GET.get("loai", ""), request.scope.post.has_role(*OFFICERS)
    if shown not in (*TOLD, SENT):
        raise NotFound("Không có cách lọc này.")
    rows = {
        "": queries.addressed_to,
        "chua-doc": queries.unread,
        "con-gia-tri": lambda scope: queries.in_force(queries.addressed_to(scope), scope.day),
        SENT: queries.sent_by,
    }[shown](scope)
    listed = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_of([one.unit_id for one in listed], request.scope.day)
    context = {
        "page_obj": listed,
        "rows": [(one, names[one.unit_id].name) for one in listed],
        "unread": set(queries.unread(request.scope).values_list("pk", flat=True)),
        "sent": shown == SENT,
        "shown": shown,
        "parts": [*TOLD.items(), *([(SENT, _("đơn vị đã đăng"))] if reads else [])],
        "tells": request.scope.post.has_role(*LEADERS),
    }
    return render(request, "web/announcements/list.html", context)


@page()
def announcement(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One announcement. Opening it says that the unit has read it."""
    scope = request.scope
    told = queries.get_announcement_for(scope, uid)
    own = told.unit_id == scope.unit.pk
    if request.method == "GET" and not own:
        posting.open_announcement(announcement=told, actor=scope.post, at=request.moment)
    stands = queries.in_force(Announcement.objects.filter(pk=told.pk), scope.day).exists()
    counts = queries.read_counts(told, scope) if scope.post.has_role(*OFFICERS) else None
    context = {
        "told": told,
        "issuer": name_of(told.unit, scope.day).name,
        "stands": stands,
        "counts": counts if counts and counts.expected and (own or counts.expected > 1) else None,
        "to_whom": _to_whom(told, request),
        "may_change": own and told.withdrawn_at is None and scope.post.has_role(*LEADERS),
        "may_remind": own and stands and told.reminded_at is None and scope.post.has_role(*LEADERS),
        "message": invitation(_("THÔNG BÁO: %(title)s") % {"title": told.title}, _path(told)),
    }
    return render(request, "web/announcements/announcement.html", context)


@page(takes="announcements.paper_taken", of="announcement")
def paper(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """A paper that goes with it."""
    return download(*queries.download(request.scope, uid, number))


@page(*OFFICERS)
def not_read(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The units that have not opened it, as far as one sees; `?nhanh=`: those below one unit. Never a person."""
    scope = request.scope
    told = queries.get_announcement_for(scope, uid)
    branch = scope.get_unit(request.GET["nhanh"]) if request.GET.get("nhanh") else None
    rows = queries.silent(told, scope, branch)
    listed = leaf(rows, ON_A_PAGE, request.GET.get("page"))
    contacts = contacts_of([one.unit_id for one in listed], scope.day)
    context = {
        "told": told,
        "page_obj": listed,
        "rows": [(one.name, contacts.get(one.unit_id)) for one in listed],
        "branches": [] if branch else queries.counts_by_branch(told, scope),
        "branch": name_of(branch, scope.day).name if branch else "",
        "counts": queries.read_counts(told, scope),
        "message": _calling(told, list(rows[:COPIED]), request),
    }
    return render(request, "web/announcements/not_read.html", context)


def _calling(told: Announcement, units: list[UnitName], request: PageRequest) -> str:
    if not units:
        return ""
    contacts = contacts_of([one.unit_id for one in units], request.scope.day)
    head = _("CHƯA ĐỌC: %(title)s") % {"title": told.title}
    return calling_list(head, [(one.name, contacts.get(one.unit_id)) for one in units], _path(told))


def _path(told: Announcement) -> str:
    return reverse("announcements:announcement", kwargs={"uid": told.uid})


def _to_whom(told: Announcement, request: PageRequest) -> list[str]:
    """Branches, kinds and roles in a few words; a branch out of sight is left out."""
    chosen = [unit for unit in told.branches.all() if unit.pk != told.unit_id]
    names = names_of([unit.pk for unit in chosen], request.scope.day)
    seen = [names[unit.pk].name for unit in chosen if request.scope.sees(unit)]
    roles = [spoken(Role(row.role).label) for row in told.roles.all()]
    return [*seen, *(labelled(kind) for kind in told.kinds.all()), *roles]
