"""Pages that a device may keep for its owner, to be opened without a network: forms to fill in, nothing else."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse

from nhipcau.web.request import PageRequest

OWNER = "Nhipcau-Keep"  # whose the page is: worker.js keeps it under that account alone and drops it on signing out


def kept(request: PageRequest, response: HttpResponse) -> HttpResponse:
    """The response, marked to be kept; a refused or partial one never is."""
    if request.method == "GET" and response.status_code == HTTPStatus.OK and not request.htmx:
        response[OWNER] = str(request.account.uid)
    return response
