"""The list, one campaign, and the steps of its life."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.activities.queries import get_activity_for
from nhipcau.campaigns import actions, queries
from nhipcau.campaigns.coverage import cover
from nhipcau.campaigns.models import Campaign, CampaignState
from nhipcau.campaigns.sessions import count_session, uncount_session
from nhipcau.org.queries import names_of
from nhipcau.web.campaigns import shown
from nhipcau.web.campaigns.forms import ExtendForm, ReasonForm
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest

MOST_OVER = 30


@page()
def listing(request: PageRequest) -> HttpResponse:
    """What is running, what is being written here, what is over."""
    seen = list(queries.visible_campaigns(request.scope))
    names = names_of({one.unit_id for one in seen}, request.scope.day)
    rows = [shown.Row(one, names[one.unit_id].name, one.unit_id == request.scope.unit.pk) for one in seen]
    over = (CampaignState.CLOSED, CampaignState.CANCELLED)
    context = {
        "running": [row for row in rows if row.campaign.state == CampaignState.OPEN],
        "drafts": [row for row in rows if row.campaign.state == CampaignState.DRAFT],
        "over": [row for row in rows if row.campaign.state in over][:MOST_OVER],
    }
    return render(request, "web/campaigns/list.html", context)


@page()
def campaign(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One campaign: what it is for, what this unit did, what the branch did, what happened to it."""
    found = queries.get_campaign_for(request.scope, uid)
    return render(request, "web/campaigns/campaign.html", shown.campaign_page(found, request.scope))


@page(methods=POST)
def open_(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """From now on the branch sees it."""
    found = queries.get_own_campaign(request.scope, uid)
    actions.open_campaign(campaign=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã mở chiến dịch; các đơn vị tham gia đã thấy và ghi được buổi."))
    return redirect("campaigns:campaign", uid=uid)


@page(methods=FORM)
def extend(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """More time, with a reason."""
    found = queries.get_own_campaign(request.scope, uid)
    form = ExtendForm(request.POST or None)
    actor, at = request.scope.post, request.moment
    if form.done(lambda: actions.extend(campaign=found, **form.cleaned_data, actor=actor, at=at)):
        messages.success(request, _("Đã gia hạn chiến dịch."))
        return redirect("campaigns:campaign", uid=uid)
    return _step(request, found, form, "web/campaigns/extend.html")


@page(methods=FORM)
def cancel(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Call it off, with a reason."""
    found = queries.get_own_campaign(request.scope, uid)
    form = ReasonForm(request.POST or None)
    actor, at = request.scope.post, request.moment
    if form.done(lambda: actions.cancel(campaign=found, **form.cleaned_data, actor=actor, at=at)):
        messages.success(request, _("Đã hủy bỏ chiến dịch; các buổi đã ghi vẫn còn trong sổ hoạt động."))
        return redirect("campaigns:campaign", uid=uid)
    return _step(request, found, form, "web/campaigns/cancel.html")


@page(methods=FORM)
def close(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The figures stand from now on."""
    found = queries.get_own_campaign(request.scope, uid)
    if request.method == "POST":
        actions.close(campaign=found, actor=request.scope.post, at=request.moment)
        messages.success(request, _("Đã kết thúc chiến dịch; số liệu được giữ nguyên từ lúc này."))
        return redirect("campaigns:campaign", uid=uid)
    covered = cover(found, request.moment)
    context = {"campaign": found, **shown.results_in_brief(found, covered, found.unit, request.scope)}
    return render(request, "web/campaigns/close.html", context)


@page(methods=POST)
def count_in(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Count an activity that was recorded before."""
    found = queries.get_campaign_for(request.scope, uid)
    activity = get_activity_for(request.scope, request.POST.get("hoat-dong", ""))
    count_session(campaign=found, activity=activity, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã tính hoạt động này vào chiến dịch."))
    return redirect("campaigns:campaign", uid=uid)


@page(methods=POST)
def take_out(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Take an activity out of the campaign; it stays in the register."""
    found = queries.get_campaign_for(request.scope, uid)
    activity = get_activity_for(request.scope, request.POST.get("hoat-dong", ""))
    uncount_session(campaign=found, activity=activity, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã bỏ khỏi chiến dịch; hoạt động vẫn còn trong sổ."))
    return redirect("campaigns:campaign", uid=uid)


def _step(request: PageRequest, found: Campaign, form: PageForm, template: str) -> HttpResponse:
    context = {"campaign": found, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
