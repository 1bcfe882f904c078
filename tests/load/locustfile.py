"""The generator (locust): so many forms are sent and so many pages read a second, whatever the server answers.

Arrivals are constant and wait for nobody: each is a greenlet and a connection of its own, as from officers who know
nothing of each other. A form that was turned away goes to the end of the line and comes again as a later arrival.
Every answer is a line of the file LOAD_OUT. Imports nothing of the product.
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from gevent.pool import Group
from locust import constant_throughput, task
from locust.contrib.fasthttp import FastHttpUser

SCENE = json.loads(Path(os.environ["LOAD_SCENE"]).read_text())
RATE = float(os.environ["LOAD_RATE"])
OUT = Path(os.environ["LOAD_OUT"]).open("w", buffering=1)  # noqa: SIM115 - as long as the process
CSRF = "k" * 32
LONGEST = 45.0  # seconds anybody waits for an answer
FORMS: deque[list[str]] = deque(SCENE["forms"])
TURNS = count()


class Arrivals(FastHttpUser):  # type: ignore[misc]
    """One clock; whoever arrives at its strokes is on his own."""

    abstract = True
    fixed_count = 1
    concurrency = 4000
    network_timeout = connection_timeout = LONGEST
    wait_time = constant_throughput(RATE)

    def on_start(self) -> None:
        self.under_way = Group()
        # `allow_redirects=False` would set it for one request and back again, under the feet of the others.
        self.client.client.redirect_response_codes = frozenset()

    def on_stop(self) -> None:
        self.under_way.join(LONGEST + 5)

    def ask(self, kind: str, method: str, path: str, session: str, form: dict[str, str] | None = None) -> int:
        """One request from its arrival to the last byte of the answer; the status, 0 where none came."""
        began, moment = time.perf_counter(), time.time()
        headers = {
            "Cookie": f"{SCENE['session']}={session}; {SCENE['csrf']}={CSRF}",
            "X-CSRFToken": CSRF,
            "Connection": "close",
        }
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self.client.request(
            method, path, name=kind, headers=headers, data=urlencode(form) if form else None
        )
        line: dict[str, Any] = {"kind": kind, "path": path, "at": moment, "status": answer.status_code or 0}
        line["ms"] = round((time.perf_counter() - began) * 1000, 1)
        got = answer.headers or {}
        line |= {"to": got.get("Location", ""), "again": got.get("Retry-After", "")}
        if form is not None:
            line["gifts"] = int(form["gifts"])
        OUT.write(json.dumps(line) + "\n")
        return int(line["status"])


class Sender(Arrivals):
    @task  # type: ignore[untyped-decorator]
    def arrive(self) -> None:
        if not FORMS:
            OUT.write(json.dumps({"kind": "out of forms"}) + "\n")
            self.environment.runner.quit()
            return
        self.under_way.spawn(self._send, FORMS.popleft())

    def _send(self, form: list[str]) -> None:
        session, uid = form
        gifts = 1 + int(uid.replace("-", "")[-4:], 16) % 90
        typed = SCENE["same"] | {"gifts": str(gifts), "money": str(gifts * 300_000)}
        if self.ask("send", "POST", f"/bao-cao/{uid}/", session, typed) == 503:
            FORMS.append(form)


class Reader(Arrivals):
    @task  # type: ignore[untyped-decorator]
    def arrive(self) -> None:
        turn = next(TURNS)
        session, uid = SCENE["forms"][turn * 7 % len(SCENE["forms"])]
        path = ("/", f"/bao-cao/{uid}/", "/viec/")[turn % 3]
        self.under_way.spawn(self.ask, "read", "GET", path, session)
