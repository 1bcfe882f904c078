"""The parts of a template that stand once: the template itself, who reports and when, the issued document."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.reports.design.drafts import change_draft
from nhipcau.web.declare import FORM, page
from nhipcau.web.design.desk import DUTY, Desk, desk_for, frame
from nhipcau.web.design.duty import duty_of
from nhipcau.web.design.forms import DutyForm, HeadForm, IssueForm, PartForm
from nhipcau.web.request import PageRequest, edits_of
from nhipcau.web.words import spoken

HEAD = ("code", "name", "name_en", "axis", "calendar", "period", "first_period", "signed_copy")


def _pages() -> Mapping[str, tuple[type[PartForm], str, tuple[str, ...]]]:
    """By the word in the address: the form, its title, and what faults call its fields."""
    return {
        "chung": (HeadForm, _("Thông tin chung"), HEAD),
        "giao": (DutyForm, _("Ai báo cáo, hạn nào"), DUTY),
        "van-ban": (IssueForm, _("Văn bản phát hành"), ("issue",)),
    }


@page(methods=FORM)
def single(request: PageRequest, uid: uuid.UUID, part: str) -> HttpResponse:
    """One of them; saved as it is typed, with what is still wrong said beside it."""
    desk, found = desk_for(request, uid), _pages().get(part)
    if found is None:
        raise NotFound("Không có trang này.")
    kind, title, fields = found
    if request.method != "POST":
        return _shown(request, desk, kind(desk, initial=kind.initial_of(desk.raw)), part, title, fields)
    form = kind(desk, request.POST, initial=kind.initial_of(desk.raw))
    if not form.is_valid():
        return _shown(request, desk, form, part, title, fields, status=422)
    try:
        change_draft(
            draft=desk.draft, content=form.as_raw(desk.raw), edits=edits_of(request), actor=request.scope.post,
            at=request.moment,
        )  # fmt: skip
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        return _shown(request, desk, form, part, title, fields, status=409)
    except InvalidInput as refusal:
        form.add_error(None, [spoken(one.message) for one in refusal.faults] or spoken(refusal.message))
        return _shown(request, desk, form, part, title, fields, status=422)
    messages.success(request, _("Đã lưu vào bản thảo."))
    return redirect(request.path)


def _shown(
    request: PageRequest,
    desk: Desk,
    form: PartForm,
    part: str,
    title: str,
    fields: tuple[str, ...],
    status: int = 200,
) -> HttpResponse:
    faults = [one for one in desk.reading.faults if one.where.partition(".")[0] in fields]
    told = [f"{_called(form, one.where)}{spoken(one.message)}" for one in faults]
    context: dict[str, Any] = {
        **frame(desk, request, title),
        "form": form,
        "told": told,
        "fresh": not form.is_bound,
    }
    if part == "giao":
        context["duty"] = duty_of(desk, request.scope)
        context["due_url"] = desk.url("list", "han")
    return render(request, "web/design/single.html", context, status=status)


def _called(form: PartForm, where: str) -> str:
    """The label of the field that a fault is about."""
    name = where.rpartition(".")[2]
    field = form.fields.get({"except": "excepted"}.get(name, name))
    return f"{field.label}: " if field is not None and field.label else ""
