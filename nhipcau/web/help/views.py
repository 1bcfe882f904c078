"""Trợ giúp: where to begin, and the glossary."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.web.declare import signed_in
from nhipcau.web.everywhere.matching import wanted
from nhipcau.web.help.terms import all_terms, matching
from nhipcau.web.request import AccountRequest


@signed_in()
def start(request: AccountRequest) -> HttpResponse:
    """The ways to help, on one page."""
    return render(request, "web/help/start.html", {"count": len(all_terms())})


@signed_in()
def terms(request: AccountRequest) -> HttpResponse:
    """Every word, or with `?q=` those that hold what is typed, in either language."""
    asked = wanted(request.GET.get("q", ""))
    return render(request, "web/help/terms.html", {"asked": asked.text, "terms": matching(asked)})
