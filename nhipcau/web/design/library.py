"""The ready templates: looked through, and taken as a draft of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.org.models import Role
from nhipcau.reports.design.drafts import begin_draft
from nhipcau.reports.design.library import ready, taken
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest


@page(Role.DESIGNER, methods=FORM)
def library(request: PageRequest) -> HttpResponse:
    """What there is; POST takes one as a draft, serving from the present period."""
    if request.method != "POST":
        return render(request, "web/design/library.html", {"ready": ready()})
    content = taken(request.POST.get("mau", ""), request.scope.day)
    draft = begin_draft(actor=request.scope.post, at=request.moment, content=content)
    messages.success(request, _("Đã lấy biểu mẫu làm bản thảo của đơn vị. Hãy xem từng phần rồi ban hành."))
    return redirect("design:draft", uid=draft.uid)
