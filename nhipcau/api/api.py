"""The API put together: its areas, its errors, its document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from nhipcau.api.auth import Nobody, Replayed
from nhipcau.api.errors import MALFORMED, NO_TOKEN, SHAPE, problem, refused
from nhipcau.api.routers import AREAS
from nhipcau.core.errors import Fault, NhipCauError
from nhipcau.core.said import Said


class Plain(JSONRenderer):
    """Vietnamese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Nhịp Cầu",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=Nobody(),
    renderer=Plain(),
)
for area in AREAS:
    api.add_router(area.prefix, area.router)


@api.exception_handler(NhipCauError)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return refused(request, error)


@api.exception_handler(Replayed)
def _replayed(request: HttpRequest, error: Any) -> HttpResponse:
    answer = HttpResponse(error.answer.body, content_type="application/json", status=error.answer.status)
    answer["Idempotency-Replayed"] = "true"
    return answer


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: Any) -> HttpResponse:
    told = Said(
        "Gửi mã truy cập trong tiêu đề Authorization: Bearer …",
        "Send a token in the header Authorization: Bearer …",
    )
    return problem(request, NO_TOKEN, told)


@api.exception_handler(ValidationError)
def _misshapen(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [Fault(".".join(map(str, one["loc"])), str(one["msg"])) for one in error.errors]
    return problem(request, SHAPE, faults=faults)


@api.exception_handler(HttpError)
def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, MALFORMED, str(error))
