"""Writing a campaign: what it is, what is asked of the units, which measures say so."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.campaigns import queries
from nhipcau.campaigns.actions import choose_measures, create_campaign, edit_campaign
from nhipcau.campaigns.counts import counts_of
from nhipcau.campaigns.goals import set_goals
from nhipcau.campaigns.models import Campaign
from nhipcau.campaigns.ready import all_ready, get_ready, start
from nhipcau.core.errors import InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.org.models import Unit
from nhipcau.org.queries import children_of, names_of, with_name
from nhipcau.web.campaigns import forms
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.request import PageRequest


@page()
def choose(request: PageRequest) -> HttpResponse:
    """From a ready-made campaign, or from an empty form."""
    context = {"ready": all_ready(), "key": str(new_uid())}
    return render(request, "web/campaigns/choose.html", context)


@page(methods=POST)
def start_ready(request: PageRequest) -> HttpResponse:
    """A draft with everything of the ready-made campaign in it."""
    ready = get_ready(request.POST.get("mau", ""))
    key = f"{request.POST.get('client_key', '')[:36]}-{ready.code}"[:60]
    made = start(ready=ready, unit=request.scope.unit, actor=request.scope.post, at=request.moment, client_key=key)
    messages.success(request, _("Đã soạn sẵn; hãy sửa cho hợp đơn vị bạn rồi mở chiến dịch."))
    return redirect("campaigns:campaign", uid=made.uid)


@page(methods=FORM)
def create(request: PageRequest) -> HttpResponse:
    """A new draft."""
    form = forms.CampaignForm(request.scope, request.POST or None, initial=forms.empty(request.scope.day))
    if form.is_bound and form.is_valid():
        try:
            made = create_campaign(
                unit=request.scope.unit, given=form.given(), actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lưu bản soạn; chưa ai khác thấy. Xem lại rồi mở chiến dịch."))
            return redirect("campaigns:campaign", uid=made.uid)
    return _form(request, form, None)


@page(methods=FORM)
def edit(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a draft."""
    campaign = queries.get_own_campaign(request.scope, uid)
    chosen = list(with_name(campaign.branches.all(), request.scope.day))
    initial = {
        "name": campaign.name,
        "purpose": campaign.purpose,
        "first_day": campaign.first_day,
        "last_day": campaign.last_day,
        "kinds": campaign.kinds,
        "types": list(campaign.types.values_list("type__code", flat=True)),
        "branches": [str(one.uid) for one in chosen],
    }
    form = forms.CampaignForm(request.scope, request.POST or None, initial=initial, chosen=chosen)
    if form.is_bound and form.is_valid():
        try:
            edit_campaign(campaign=campaign, given=form.given(), actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("campaigns:campaign", uid=uid)
    return _form(request, form, campaign)


@page(methods=FORM)
def goals(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """What every unit is asked for; with `?don-vi=`, one unit with its branch."""
    campaign = queries.get_own_campaign(request.scope, uid)
    wanted = request.GET.get("don-vi", "")
    unit = request.scope.get_unit(wanted) if wanted else None
    standing = list(campaign.goals.filter(unit=unit))
    form = forms.GoalsForm(counts_of(campaign), standing, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            set_goals(campaign=campaign, unit=unit, asked=form.asked(), actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lưu mục tiêu."))
            return redirect("campaigns:goals", uid=uid)
    context = {"campaign": campaign, "form": form, **_units(request, campaign, unit)}
    return render(request, "web/campaigns/goals.html", context, status=422 if form.errors else 200)


@page(methods=FORM)
def measures(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Which measures of the kinds of session are its sessions and attendances."""
    campaign = queries.get_own_campaign(request.scope, uid)
    types = list(campaign.types.select_related("type"))
    form = forms.MeasuresForm(types, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            choose_measures(campaign=campaign, measures=form.chosen(), actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("campaigns:campaign", uid=uid)
    context = {"campaign": campaign, "form": form}
    return render(request, "web/campaigns/measures.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, form: forms.CampaignForm, campaign: Campaign | None) -> HttpResponse:
    context = {"form": form, "campaign": campaign}
    return render(request, "web/campaigns/edit.html", context, status=422 if form.errors else 200)


def _units(request: PageRequest, campaign: Campaign, unit: Unit | None) -> dict[str, object]:
    """The unit in question, those below to choose from, and those that have goals of their own."""
    below = list(children_of(campaign.unit, request.scope.day))
    own = set(campaign.goals.exclude(unit=None).values_list("unit", flat=True))
    named = Unit.objects.filter(pk__in=own)
    names = names_of([*own, *([unit.pk] if unit else [])], request.scope.day)
    return {
        "unit": unit,
        "unit_name": names[unit.pk].name if unit else "",
        "below": [(str(one.uid), one.name) for one in below if one.pk not in own],  # type: ignore[attr-defined]
        "with_own": sorted(((str(one.uid), names[one.pk].name) for one in named), key=lambda pair: pair[1]),
    }
