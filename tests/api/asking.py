"""A program with a token: what the tests of the API ask with."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.test import Client

from nhipcau.access.models import TokenScope
from nhipcau.access.tokens.actions import make_token
from nhipcau.org.models import Post
from tests.cast import NOW, TODAY

EVERY = tuple(TokenScope)
_keys = count(1)


def token_of(post: Post, *scopes: TokenScope, days: int = 30) -> str:
    """A token of that post, with every scope unless some are named."""
    last = TODAY + dt.timedelta(days=days)
    _token, secret = make_token(
        post=post, name="phần mềm kế toán", scopes=scopes or EVERY, last_day=last, actor=post, at=NOW
    )
    return secret


@dataclass
class Program:
    """Asks with one token; every write under a key of its own unless one is given."""

    secret: str

    def get(self, path: str, *, headers: dict[str, str] | None = None, **query: Any) -> Any:
        """Read; the answer."""
        return Client().get(f"/api/v1{path}", query, headers=self._headers | (headers or {}))

    def send(self, method: str, path: str, body: object = None, *, key: str = "", **headers: str) -> Any:
        """Write; the answer."""
        given = self._headers | {"Idempotency-Key": key or f"khoa-{next(_keys)}"} | headers
        text = "" if body is None else json.dumps(body)
        ask = getattr(Client(), method)
        return ask(f"/api/v1{path}", text, content_type="application/json", headers=given)

    def post(self, path: str, body: object = None, **more: str) -> Any:
        """POST as JSON."""
        return self.send("post", path, body, **more)

    def put(self, path: str, body: object, **more: str) -> Any:
        """PUT as JSON."""
        return self.send("put", path, body, **more)

    def upload(self, path: str, data: dict[str, object], *, key: str = "") -> Any:
        """POST as a form with files."""
        given = self._headers | {"Idempotency-Key": key or f"khoa-{next(_keys)}"}
        return Client().post(f"/api/v1{path}", data, headers=given)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


def program(post: Post, *scopes: TokenScope) -> Program:
    """A program that acts for that post."""
    return Program(token_of(post, *scopes))


def problem(answer: Any) -> str:
    """The last word of the problem's type; it must be one."""
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    return str(body["type"]).rpartition(":")[2]
