"""Analyses kept under a name."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.analytics.actions import delete_analysis, save_analysis
from nhipcau.analytics.needs import installed
from nhipcau.analytics.queries import get_analysis_for, visible_analyses
from nhipcau.analytics.questions import read
from nhipcau.core.errors import InvalidInput
from nhipcau.documents.rights import OFFICERS
from nhipcau.web.analytics.asking import address, form_of
from nhipcau.web.declare import POST, page
from nhipcau.web.request import PageRequest


@page(*OFFICERS)
def start(request: PageRequest) -> HttpResponse:
    """The unit's analyses, and the way to a new one."""
    context = {"kept": list(visible_analyses(request.scope)), "installed": installed()}
    return render(request, "web/analytics/start.html", context)


@page(*OFFICERS, methods=POST)
def save(request: PageRequest) -> HttpResponse:
    """Keep the question of the page under the title given."""
    form = form_of(request.POST.get("mau", ""), request.scope)
    if form is None:
        raise InvalidInput("Chưa có biểu mẫu nào để phân tích.")
    question = form.question(request.POST, request.scope)
    title = request.POST.get("ten", "")
    save_analysis(title=title, question=question, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã lưu bảng phân tích."))
    return redirect("analytics:start")


@page(*OFFICERS)
def opened(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """To the answer, as of now, to a question that was kept."""
    return redirect(address(read(get_analysis_for(request.scope, uid).question)))


@page(*OFFICERS, methods=POST)
def delete(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Forget it; figures stay as they are."""
    analysis = get_analysis_for(request.scope, uid)
    delete_analysis(analysis=analysis, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã xóa bảng phân tích; số liệu không thay đổi."))
    return redirect("analytics:start")
