"""Pictures of a letter's pages."""

from __future__ import annotations

import uuid

from django.http import HttpResponse

from nhipcau.documents.rights import OFFICERS
from nhipcau.documents.storing.pictures import page_picture as picture_of
from nhipcau.tasks.queries import get_letter_for
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest

_A_DAY = "private, max-age=86400, immutable"  # the original never changes


@page(*OFFICERS)
def page_picture(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """One page as a JPEG, for whoever may have the original; it is drawn anew, so nothing of the file runs here."""
    picture = picture_of(get_letter_for(request.scope, uid), number)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": _A_DAY})
