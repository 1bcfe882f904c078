"""The last look before a version is published: what changes, whose reports move, what falls away from them."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.core.periods import parse_period
from nhipcau.org.queries import names_of
from nhipcau.reports.design.against import with_codes
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.differences import Difference, differences
from nhipcau.reports.design.drafts import publish_draft
from nhipcau.reports.design.moving import Outlook, outlook
from nhipcau.reports.models import TemplateVersion
from nhipcau.web.declare import FORM, page
from nhipcau.web.design.desk import Desk, desk_for, frame
from nhipcau.web.design.duty import duty_of
from nhipcau.web.request import PageRequest, edits_of
from nhipcau.web.words import in_words, spoken

SHOWN = 30


@page(methods=FORM)
def publish(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """GET shows it all; POST publishes what was shown."""
    desk = desk_for(request, uid)
    if request.method != "POST":
        return _shown(request, desk)
    try:
        done = publish_draft(draft=desk.draft, edits=edits_of(request), actor=request.scope.post, at=request.moment)
    except Conflict as conflict:
        return _shown(request, desk, refusal=spoken(conflict.message), status=409)
    except InvalidInput as refusal:
        said = [spoken(one) for one in refusal.faults]
        return _shown(request, desk, refusal=spoken(refusal.message), faults=said, status=422)
    number = done.version.number
    told = _("Đã ban hành phiên bản %(n)d.") if done.created else _("Không có gì đổi so với phiên bản %(n)d.")
    messages.success(request, told % {"n": number})
    return redirect("design:template", code=done.version.template.code)


def _shown(
    request: PageRequest, desk: Desk, *, refusal: str = "", faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    definition = desk.reading.definition
    ready = definition is not None and not desk.told
    latest = _latest(desk)
    context = {**frame(desk, request, _("Ban hành")), "told": desk.told, "refusal": refusal, "faults": faults or []}
    if ready and definition is not None:
        context |= {
            "ready": True,
            "latest": latest,
            "groups": _groups(latest, definition, request) if latest else [],
            "from_period": in_words(parse_period(definition.first_period)),
            "duty": duty_of(desk, request.scope),
            "moving": _moving(desk, definition, request) if latest else None,
        }
    return render(request, "web/design/publish.html", context, status=status)


def _groups(
    latest: TemplateVersion, definition: Definition, request: PageRequest
) -> list[tuple[str, list[Difference]]]:
    before, after = (with_codes(one, request.scope.day) for one in (load(latest.definition), definition))
    return grouped(differences(before, after))


def _latest(desk: Desk) -> TemplateVersion | None:
    template = desk.draft.template
    return template.versions.order_by("-number").first() if template is not None else None


def grouped(found: list[Difference]) -> list[tuple[str, list[Difference]]]:
    """The differences by the part of the template they are in."""
    return [(spoken(part), list(some)) for part, some in groupby(found, key=lambda one: one.part)]


def _moving(desk: Desk, definition: Definition, request: PageRequest) -> dict[str, object]:
    """Which reports that were begun move, and what has no place any more in which of them."""
    assert desk.draft.template is not None  # noqa: S101 - asked of a next version alone
    found: Outlook = outlook(desk.draft.template, definition)
    shown = found.fallen[:SHOWN]
    names = names_of([unit for unit, _fallen in shown], request.scope.day)
    return {
        "count": found.moving,
        "staying": found.staying,
        "fallen": [(names[unit].name, fallen) for unit, fallen in shown],
        "more": len(found.fallen) - len(shown),
    }
