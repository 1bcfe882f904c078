"""Mail and calendar of one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.access.actions import choose_mail, end_calendar, give_calendar, mail_again
from nhipcau.access.models import Digest
from nhipcau.outbox.mail import configured, refused_among
from nhipcau.web.declare import FORM, POST, page, public
from nhipcau.web.reaching.calendar import account_by, feed
from nhipcau.web.reaching.forms import AREAS, MailForm
from nhipcau.web.request import AnyRequest, PageRequest


@page(methods=FORM, repeats=True)
def choices(request: PageRequest) -> HttpResponse:
    """How often mail comes, of what, and the address of one's calendar."""
    account = request.account
    kept = {
        "email": account.person.email,
        "digest": account.digest,
        "parts": [one for one in AREAS if one not in account.muted],
    }
    form = MailForm(request.POST or None, initial=kept)
    if form.is_valid():
        choose_mail(
            account=account,
            digest=Digest(form.cleaned_data["digest"]),
            muted=AREAS.keys() - set(form.cleaned_data["parts"]),
            email=form.cleaned_data["email"],
            actor=request.scope.post,
            at=request.moment,
        )
        messages.success(request, _("Đã lưu lựa chọn về thư."))
        return redirect("mail_choices")
    address = reverse("calendar", kwargs={"secret": account.calendar}) if account.calendar else ""
    context = {
        "form": form,
        "configured": configured(),
        "refused": bool(refused_among([account.person.email])) if account.person.email else False,
        "calendar": settings.SITE_URL + address if address else "",
    }
    return render(request, "web/reaching/choices.html", context, status=422 if form.is_bound else 200)


@page(methods=POST)
def again(request: PageRequest) -> HttpResponse:
    """Try an address again from which mail came back."""
    mail_again(account=request.account, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Thư sau sẽ lại được gửi tới địa chỉ này."))
    return redirect("mail_choices")


@page(methods=POST)
def calendar_address(request: PageRequest) -> HttpResponse:
    """Give out a new address (the old one ends), or end it."""
    if request.POST.get("viec") == "huy":
        end_calendar(account=request.account, actor=request.scope.post, at=request.moment)
        messages.success(request, _("Địa chỉ lịch cũ không dùng được nữa."))
    else:
        give_calendar(account=request.account, actor=request.scope.post, at=request.moment)
        messages.success(request, _("Đã tạo địa chỉ lịch."))
    return redirect("mail_choices")


@public()
def calendar(request: AnyRequest, secret: str) -> HttpResponse:
    """The feed; whoever has the address reads it, so it holds titles and dates alone."""
    answer = HttpResponse(feed(account_by(secret), request.moment), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
