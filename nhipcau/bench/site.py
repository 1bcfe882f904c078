"""One instance whose pages are opened, in a process of its own: filled once, then visited page by page."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.nation import AT, Nation, analyse, build
from nhipcau.bench.office import LEVELS, Office, furnish
from nhipcau.bench.page_list import Page

if TYPE_CHECKING:
    from django.test import Client

_OPEN: dict[str, Any] = {}  # of this process: the office, its clients and what is to be closed


@dataclass(frozen=True)
class Visit:
    """How long one answer took on the server, what processors worked for it, what it asked the database, and how
    long it was."""

    ms: float
    cpu_ms: float
    queries: int
    size: int


def open_(database_url: str, units: int, indicators: int, periods: int) -> tuple[str, int]:
    """Fill an instance and sign four officers in; its kind of database and how many reports it holds."""
    stack = ExitStack()
    _OPEN["stack"] = stack
    database = stack.enter_context(temporary_instance(database_url, clock=AT))
    nation = build(units=units, indicators=indicators, periods=periods)
    _seal(nation)
    office = furnish(nation)
    name_reports(office)
    _add_up(nation)
    analyse()
    _OPEN["office"] = office
    _OPEN["clients"] = {level: _signed_in(office, level) for level in LEVELS}
    from nhipcau.reports.models import Submission

    return database, Submission.objects.count()


def close() -> None:
    """Everything gone, the database too."""
    _OPEN["stack"].close()


def visit(page: Page, level: str) -> Visit:
    """Open the page once as that level's officer."""
    from django.db import connection
    from django.urls import reverse

    place = f"{page.place}{level}" if page.place.endswith("@") else page.place
    address = reverse(page.name, kwargs=_OPEN["office"].places[place] if place else None)
    address += f"?{page.query}" if page.query else ""
    counted = _Counting()
    with connection.execute_wrapper(counted):
        spent, began = _cpu(), time.perf_counter()
        answer = _OPEN["clients"][level].get(address)
        ms, cpu_ms = (time.perf_counter() - began) * 1000, _cpu() - spent
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code} ({level})")
    return Visit(ms, cpu_ms, counted.queries, len(answer.content))


def _cpu() -> float:
    """Milliseconds that processors worked for this process, and for the database's own that serves it where that
    can be seen: a machine with other work on it makes pages wait, not work. Helpers that PostgreSQL starts for one
    statement are left out."""
    from django.db import connection

    spent = time.process_time() * 1000
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        if server.exists():
            spent += int(server.read_text().split()[0]) / 1e6
    return spent


class _Counting:
    """Counts statements as they pass."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        self.queries += 1
        return execute(*given)


def _signed_in(office: Office, level: str) -> Client:
    from django.test import Client

    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(office.accounts[level])
    return client


def _seal(nation: Nation) -> None:
    """The reports of the last period carry their seals: it is the one that officers open."""
    from nhipcau.bench.sealed import seal_reports

    seal_reports(nation, nation.periods[-1])


def _add_up(nation: Nation) -> None:
    """The stored totals, as the worker keeps them."""
    from nhipcau.reports.totals.stored import bring_up_to_date

    for period in nation.periods:
        bring_up_to_date(nation.version, period, at=AT)


def name_reports(office: Office) -> None:
    """The last period's report of each, its branch, and one that waits directly below.

    What the draw left open is set: the four's own reports are accepted and one of somebody else waits, so that the
    same page is opened in every federation (where one's own report is not accepted there is nothing to issue).
    """
    from nhipcau.org.queries import children_of
    from nhipcau.reports.models import Submission, SubmissionState

    nation = office.nation
    key, code = nation.periods[-1].key, nation.version.template.code
    reports = Submission.objects.filter(period=key)
    reports.filter(unit__in=office.units.values()).update(state=SubmissionState.ACCEPTED)
    for level, unit in office.units.items():
        branch = {"code": code, "period": key, "unit": unit.uid}
        office.places |= {
            f"unit@{level}": {"uid": unit.uid},
            f"branch@{level}": branch,
            f"figure@{level}": {**branch, "indicator": nation.version.cells[0]},
        }
        own = reports.filter(unit=unit).first()
        if own is not None:
            office.places[f"report@{level}"] = {"uid": own.uid}
        below = reports.filter(unit__in=children_of(unit, AT.date())).exclude(unit__in=office.units.values())
        waiting = below.first()
        if waiting is not None:
            reports.filter(pk=waiting.pk).update(state=SubmissionState.SUBMITTED, decided_at=None)
            office.places[f"waiting@{level}"] = {"uid": waiting.uid}
