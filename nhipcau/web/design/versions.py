"""A template and its versions: what each asks, how two differ, the file, and taking the latest back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.reports.design.against import with_codes
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.differences import differences
from nhipcau.reports.design.drafts import file_of, get_designed_for, visible_drafts
from nhipcau.reports.design.templates import version_numbered
from nhipcau.reports.design.withdrawing import why_it_stays, withdraw_version
from nhipcau.reports.design.writing import as_yaml
from nhipcau.reports.models import TemplateVersion
from nhipcau.web.declare import POST, page
from nhipcau.web.design.pages import yaml_file
from nhipcau.web.design.publishing import grouped
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, spoken


@page()
def template(request: PageRequest, code: str) -> HttpResponse:
    """Its versions, the latest first."""
    return _template(request, code)


def _template(request: PageRequest, code: str, refusal: str = "", status: int = 200) -> HttpResponse:
    found = get_designed_for(request.scope, code)
    versions = list(found.versions.select_related("template").order_by("-number"))
    context = {
        "template": found,
        "versions": [
            {
                "version": one,
                "period": in_words(parse_period(one.definition["first_period"])),
                "moved": one.moves.count(),
                "compare": (
                    reverse("design:compare", args=[code, versions[place + 1].number, one.number])
                    if place + 1 < len(versions)
                    else ""
                ),
            }
            for place, one in enumerate(versions)
        ],
        "stays": why_it_stays(versions[0]),
        "draft": visible_drafts(request.scope).filter(template=found).first(),
        "refusal": refusal,
        "crumbs": [(_("Biểu mẫu"), reverse("design:index")), (found.name, "")],
    }
    return render(request, "web/design/template.html", context, status=status)


@page(takes="reports.template_taken", of="template")
def file(request: PageRequest, code: str, number: int) -> HttpResponse:
    """A version as a file that can be imported anywhere."""
    found = _version(request, code, number)
    return yaml_file(as_yaml(file_of(found, request.scope.day)), f"{code}-{number}")


@page()
def compare(request: PageRequest, code: str, before: int, after: int) -> HttpResponse:
    """What a version asks otherwise than another one."""
    old, new = _version(request, code, before), _version(request, code, after)
    pair = [with_codes(load(one.definition), request.scope.day) for one in (old, new)]
    context = {
        "template": old.template,
        "before": old,
        "after": new,
        "groups": grouped(differences(*pair)),
        "crumbs": [
            (_("Biểu mẫu"), reverse("design:index")),
            (old.template.name, reverse("design:template", args=[code])),
            (_("So sánh phiên bản"), ""),
        ],
    }
    return render(request, "web/design/compare.html", context)


@page(methods=POST)
def withdraw(request: PageRequest, code: str, number: int) -> HttpResponse:
    """Take the latest version back into the making."""
    found = _version(request, code, number)
    try:
        draft = withdraw_version(version=found, actor=request.scope.post, at=request.moment)
    except Conflict as conflict:
        return _template(request, code, refusal=spoken(conflict.message), status=409)
    messages.success(request, _("Đã rút lại phiên bản %(n)d; nội dung của nó là bản thảo này.") % {"n": number})
    return redirect("design:draft", uid=draft.uid)


def _version(request: PageRequest, code: str, number: int) -> TemplateVersion:
    found = get_designed_for(request.scope, code)
    if not found.versions.exists():
        raise NotFound("Không có biểu mẫu này.")
    return version_numbered(code, number)
