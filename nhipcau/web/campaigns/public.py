"""What the QR code on a poster leads to: for members, who have no account. Nothing here knows who is looking: no
cookie is set, nothing is kept."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.campaigns import queries
from nhipcau.campaigns.pages import blocks
from nhipcau.core.clock import local_date
from nhipcau.org.queries import name_of
from nhipcau.web.campaigns.materials import file_of
from nhipcau.web.declare import public
from nhipcau.web.request import AnyRequest


@public()
def front(request: AnyRequest, token: str) -> HttpResponse:
    """The campaign in a few lines, what there is to read."""
    campaign = queries.public_campaign(token)
    context = {
        "campaign": campaign,
        "holder": name_of(campaign.unit, local_date(request.moment)).name,
        "quizzes": queries.open_quizzes(campaign),
        "materials": [(one, one.versions.all()[0]) for one in queries.shown_materials(campaign, public=True)],
    }
    return render(request, "web/campaigns/public_front.html", context)


@public()
def reading(request: AnyRequest, token: str, material: uuid.UUID) -> HttpResponse:
    """One page to read; a file is downloaded."""
    campaign = queries.public_campaign(token)
    found = queries.get_material(campaign, material, public=True)
    version = found.versions.all()[0]
    if version.file is not None:
        return file_of(version)
    context = {"campaign": campaign, "version": version, "blocks": blocks(version.text)}
    return render(request, "web/campaigns/public_reading.html", context)
