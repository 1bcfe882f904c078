"""What its own unit does with an announcement afterwards: remind, put right, take back."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents.rights import LEADERS
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.posting import correct, withdraw_announcement
from nhipcau.tasks.announcements.queries import get_sent_for
from nhipcau.tasks.announcements.reminding import remind_silent
from nhipcau.web.announcements.forms import CorrectForm, WithdrawForm
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest


@page(*LEADERS, methods=POST)
def remind(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The one reminder, now."""
    told = get_sent_for(request.scope, uid)
    if remind_silent(announcement=told, actor=request.scope.post, at=request.moment):
        messages.success(request, _("Đã nhắc các đơn vị chưa đọc."))
    else:
        messages.info(request, _("Các đơn vị chưa đọc đã được nhắc một lần; không nhắc thêm."))
    return redirect("announcements:announcement", uid=told.uid)


@page(*LEADERS, methods=FORM)
def put_right(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The right wording, with the reason."""
    told = get_sent_for(request.scope, uid)
    start = {"title": told.title, "text": told.text, "again": True}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=start)

    def act() -> object:
        return correct(announcement=told, **form.cleaned_data, actor=request.scope.post, at=request.moment)

    return _asked(request, told, form, act, (_("Đính chính thông báo"), _("Lưu"), _("Đã đính chính thông báo.")))


@page(*LEADERS, methods=FORM)
def take_back(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Withdraw it, with the reason."""
    told = get_sent_for(request.scope, uid)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def act() -> object:
        return withdraw_announcement(
            announcement=told, **form.cleaned_data, actor=request.scope.post, at=request.moment
        )

    return _asked(request, told, form, act, (_("Thu hồi thông báo"), _("Thu hồi"), _("Đã thu hồi thông báo.")))


def _asked(
    request: PageRequest,
    told: Announcement,
    form: PageForm,
    act: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """One question with one answer; `words`: the heading, the button, what is said when it is done."""
    title, confirm, done = words
    if form.done(act):
        messages.success(request, done)
        return redirect("announcements:announcement", uid=told.uid)
    back = reverse("announcements:announcement", kwargs={"uid": told.uid})
    context = {"form": form, "title": title, "lead": told.title, "confirm": confirm, "back": back}
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
