"""Dữ liệu của tôi: what is kept about whoever is signed in, explained and taken along as a file."""

from __future__ import annotations

import io

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from nhipcau.ops.own_data import ELSEWHERE, PARTS, take_own_data
from nhipcau.web.declare import FORM, always, signed_in
from nhipcau.web.request import AccountRequest
from nhipcau.web.words import spoken


@signed_in(methods=FORM, fresh=always)
def own_data(request: AccountRequest) -> HttpResponseBase:
    """Nobody else's can be asked for: the address names no account."""
    if request.method != "POST":
        left = dict.fromkeys(spoken(why) for why in ELSEWHERE.values())
        context = {"parts": [spoken(part.title) for part in PARTS], "left": list(left)}
        return render(request, "web/account/own_data.html", context)
    taken = take_own_data(account=request.account, actor=request.account, at=request.moment)
    answer = FileResponse(
        io.BytesIO(taken.body), as_attachment=True, filename=taken.name, content_type="application/zip"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
