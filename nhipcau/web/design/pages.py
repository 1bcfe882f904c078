"""The designer's desk: templates and versions in the making; one draft at a glance."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.org.models import Role
from nhipcau.reports.design.drafts import (
    begin_draft,
    designed_templates,
    drop_draft,
    get_designed_for,
    undo_change,
    visible_drafts,
)
from nhipcau.reports.design.parsing import read_yaml
from nhipcau.reports.design.writing import as_yaml
from nhipcau.web.declare import POST, page
from nhipcau.web.design.desk import desk_for, frame
from nhipcau.web.request import PageRequest, edits_of
from nhipcau.web.uploads import sent_file

MOST_BYTES = 1024 * 1024


@page(Role.DESIGNER)
def index(request: PageRequest) -> HttpResponse:
    """The templates the unit designs, and what is in the making."""
    return _index(request)


def _index(request: PageRequest, refusal: InvalidInput | None = None, status: int = 200) -> HttpResponse:
    templates = designed_templates(request.scope).prefetch_related("versions")
    context = {
        "drafts": [
            (draft, str(draft.content.get("name") or _("Biểu mẫu chưa có tên")))
            for draft in visible_drafts(request.scope)
        ],
        "templates": [(one, max(one.versions.all(), key=lambda version: version.number)) for one in templates],
        "refusal": refusal,
    }
    return render(request, "web/design/index.html", context, status=status)


@page(Role.DESIGNER, methods=POST)
def begin(request: PageRequest) -> HttpResponse:
    """A blank template, or with `mau` the next version of one."""
    code = request.POST.get("mau", "")
    template = get_designed_for(request.scope, code) if code else None
    draft = begin_draft(actor=request.scope.post, at=request.moment, template=template)
    return redirect("design:draft", uid=draft.uid)


@page(Role.DESIGNER, methods=POST)
def upload(request: PageRequest) -> HttpResponse:
    """A template file becomes a draft, faults and all; of a template that is known, its next version."""
    try:
        missing = _("Hãy chọn một tệp YAML, không quá 1 MB.")
        file = sent_file(request, "tep", missing=missing, most=MOST_BYTES)
        raw = read_yaml(file.read())
        template = designed_templates(request.scope).filter(code=str(raw.get("code", ""))).first()
        draft = begin_draft(actor=request.scope.post, at=request.moment, template=template, content=raw)
    except InvalidInput as refusal:
        return _index(request, refusal, status=422)
    return redirect("design:draft", uid=draft.uid)


@page()
def draft(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """All its parts, and what is still wrong."""
    return _draft(request, uid)


def _draft(request: PageRequest, uid: uuid.UUID, refused: str = "") -> HttpResponse:
    desk = desk_for(request, uid)
    context = {**frame(desk, request, _("Bản thảo")), "told": desk.told, "refused": refused}
    return render(request, "web/design/draft.html", context, status=409 if refused else 200)


@page(methods=POST)
def undo(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Take the latest step back."""
    desk = desk_for(request, uid)
    try:
        undo_change(draft=desk.draft, edits=edits_of(request), actor=request.scope.post, at=request.moment)
    except Conflict as conflict:
        return _draft(request, uid, conflict.message)
    messages.success(request, _("Đã hoàn tác. Bấm lần nữa để làm lại bước ấy."))
    return redirect("design:draft", uid=uid)


@page(methods=POST)
def drop(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Give the draft up; what was published stays."""
    desk = desk_for(request, uid)
    drop_draft(draft=desk.draft, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã bỏ bản thảo. Những phiên bản đã ban hành không đổi."))
    return redirect("design:index")


@page(takes="reports.template_taken", of="template_draft")
def draft_file(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The draft as a file, to go on elsewhere."""
    desk = desk_for(request, uid)
    return yaml_file(as_yaml(desk.raw), str(desk.raw.get("code") or "bieu-mau"))


def yaml_file(text: str, name: str) -> HttpResponse:
    """A template file to keep."""
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    held = content_disposition_header(as_attachment=True, filename=f"{name}.yaml")
    response.headers["Content-Disposition"] = held or ""
    return response
