"""The OpenAPI document: what the code declares, with the errors, the keys and the scopes that hold everywhere."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from nhipcau.api.api import api
from nhipcau.api.auth import KEY, LONGEST_KEY
from nhipcau.api.endpoints import ENDPOINTS, Endpoint
from nhipcau.api.errors import KINDS, MEDIA_TYPE, TYPES

ROOT = "/api/v1"
_STRING = {"type": "string"}
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string", "enum": sorted(TYPES + kind.slug for kind in KINDS)},
        "title": _STRING,
        "status": {"type": "integer"},
        "detail": _STRING,
        "instance": _STRING,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "message"],
                "properties": {"where": _STRING, "message": _STRING},
            },
        },
    },
}
ABOUT = (
    "Tokens belong to posts and are made on the page «Mã truy cập» of the profile. A list is paged, holds what the "
    "post may see and carries an ETag. Every write needs an Idempotency-Key: the same request under the same key "
    "is done once and answered the same for a day. Errors are application/problem+json; decide by `type`."
)


def document() -> dict[str, Any]:
    """The whole document, in the order of its addresses."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT}/"), default=str))
    made["info"] = {"title": "Nhịp Cầu", "version": "1", "description": ABOUT}
    made["servers"] = [{"url": "/"}]
    made["components"]["schemas"]["Problem"] = PROBLEM
    told = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    made["components"]["responses"] = {"Problem": {"description": "Refused: decide by `type`", "content": told}}
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    by_id = {one.name.replace(".", "_"): one for one in ENDPOINTS.values()}
    for operations in made["paths"].values():
        for operation in operations.values():
            _complete(operation, by_id[operation["operationId"]])
    made["components"]["schemas"] = dict(sorted(made["components"]["schemas"].items()))
    made["paths"] = dict(sorted(made["paths"].items()))
    return made


def _complete(operation: dict[str, Any], endpoint: Endpoint) -> None:
    operation["security"] = [{"token": []}]
    operation["x-scope"] = endpoint.scope.value
    operation["x-roles"] = [role.value for role in endpoint.roles]
    if endpoint.file:
        whole = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["responses"]["200"] = {"description": "The file, under its own media type", "content": whole}
    operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
    if endpoint.writes:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": KEY,
                "required": True,
                "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
            }
        )


def as_text() -> str:
    """The document as it is committed: docs/reference/openapi.json."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


@lru_cache(maxsize=1)
def _text() -> str:
    return as_text()


def served(request: HttpRequest) -> HttpResponse:
    """The document, for everybody: it says nothing of anybody."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return HttpResponse(_text(), content_type="application/json")
