"""The tree of a letter, and the letters that others cite and the registers lack."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.documents.lineage.citing import decline, link_by_hand, waive
from nhipcau.documents.lineage.tree import Way, branches, described, missing
from nhipcau.documents.models import Citation
from nhipcau.documents.queries import get_document_for
from nhipcau.documents.rights import OFFICERS, REGISTRARS
from nhipcau.documents.search.finding import Hit, search
from nhipcau.documents.search.query import parse
from nhipcau.documents.search.ranks import Order
from nhipcau.tasks.queries import get_letter_for
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest
from nhipcau.web.words import spoken

PER_PAGE = 30


@page(*OFFICERS)
def lineage(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """What the letter rests on and what rests on it."""
    letter = get_letter_for(request.scope, uid)
    context = {
        "document": letter,
        "above": branches(request.scope, letter, Way.UP),
        "below": branches(request.scope, letter, Way.DOWN),
        "crumbs": [
            (_("Văn bản"), reverse("documents:register")),
            (letter.number or _("Văn bản chưa có số"), reverse("documents:document", kwargs={"uid": letter.uid})),
            (_("Mạch văn bản"), ""),
        ],
    }
    return render(request, "web/documents/lineage.html", context)


@page(*OFFICERS)
def unresolved(request: PageRequest) -> HttpResponse:
    """Letters that the own unit's letters cite and its registers lack, the most cited first."""
    shown = Paginator(missing(request.scope), PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "page_obj": shown,
        "lines": described(request.scope, list(shown.object_list)),
        "may_decide": request.scope.post.has_role(*REGISTRARS),
        "crumbs": [(_("Văn bản"), reverse("documents:register")), (_("Viện dẫn chưa có trong sổ"), "")],
    }
    return render(request, "web/documents/unresolved.html", context)


@page(*REGISTRARS, methods=FORM)
def citation(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One of them, named by a letter that cites it (`uid`) and its symbol (`ky-hieu`): link it, or waive it."""
    cited, status = _citation(request, uid), HTTPStatus.OK
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, cited))
        except (InvalidInput, NotFound) as refusal:
            messages.error(request, spoken(refusal.message))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            return redirect("documents:unresolved")
    asked = request.GET.get("q", "").strip() or f"số:{cited.symbol.partition('/')[0].partition('-')[0]}"
    context = {
        "cited": cited,
        "asked": asked,
        "hits": _candidates(request, cited, asked),
        "crumbs": [(_("Viện dẫn chưa có trong sổ"), reverse("documents:unresolved")), (cited.symbol, "")],
    }
    return render(request, "web/documents/citation.html", context, status=status)


def _citation(request: PageRequest, uid: uuid.UUID) -> Citation:
    letter = get_document_for(request.scope, uid)
    rows = Citation.objects.select_related("document__unit", "possible").filter(document=letter)
    symbol = request.GET.get("ky-hieu", "")
    found = rows.filter(symbol=symbol).first() if symbol else rows.filter(target=None).order_by("pk").first()
    if found is None or letter.unit_id != request.scope.unit.pk:
        raise NotFound(_("Văn bản này không viện dẫn ký hiệu đó."))
    return found


def _candidates(request: PageRequest, cited: Citation, asked: str) -> list[Hit]:
    """Registered letters of the own unit, the one asked about first."""
    found = search(request.scope, parse(asked), order=Order.RANKED).hits
    own = [hit for hit in found if hit.unit_id == request.scope.unit.pk and hit.pk != cited.document_id]
    return sorted(own, key=lambda hit: hit.pk != cited.possible_id)


def _decide(request: PageRequest, cited: Citation) -> str:
    who, at = request.scope.post, request.moment
    chosen, answer = request.POST.get("viec", ""), request.POST.get("van-ban", "")
    if chosen == "noi":
        target = get_document_for(request.scope, answer)
        link_by_hand(citation=cited, target=target, actor=who, at=at)
        return _("Đã nối %(symbol)s với %(number)s.") % {"symbol": cited.symbol, "number": target.number}
    if chosen == "khong-phai":
        decline(citation=cited, actor=who, at=at)
        return _("Đã ghi: văn bản gợi ý không phải %(symbol)s.") % {"symbol": cited.symbol}
    if chosen == "khong-can":
        waive(citation=cited, reason=request.POST.get("ly-do", ""), actor=who, at=at)
        return _("Đã ghi: không cần %(symbol)s.") % {"symbol": cited.symbol}
    raise InvalidInput(_("Hãy chọn một trong các việc trên trang."))
