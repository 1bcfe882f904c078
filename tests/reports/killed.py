"""A process that restates a report and is killed (-9) in the middle: run by tests/reports/test_killed.py.

Prints what the database holds before it begins; `stage` says where it dies, "never" that it goes through.
"""

from __future__ import annotations

import json
from typing import Any

from nhipcau.access.models import Account
from nhipcau.documents.models import RegisterEntry
from nhipcau.documents.storing import files
from nhipcau.ops.verify import verify
from nhipcau.org.models import Post, Unit
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.issuing import corrections, editions
from nhipcau.reports.issuing.corrections import restate
from nhipcau.reports.issuing.editions import issue_report, restate_issue
from nhipcau.reports.models import IssuedReport, Seal, StaleFlag, TemplateVersion
from nhipcau.reports.sealing.staleness import open_flags, settle
from tests import quarterly
from tests.cast import Cast, assemble, unit
from tests.killing import after, held
from tests.ops.tampering import Silent
from tests.quarterly import LATER, PERIOD

REASON = "Cơ sở sửa số quà."


def set_scene(cast: Cast, version: TemplateVersion) -> None:
    """The province has issued; a local union below corrects itself, so that the commune's seal is stale, and the
    paper with it."""
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    commune = quarterly.send(cast.commune_officer, version, gifts="2")
    accept(submission=commune, actor=cast.provincial_officer, at=LATER)
    quarterly.send(cast.provincial_officer, version)
    signer, clerk = cast.provincial_officer, cast.clerk
    issue_report(version=version, period=PERIOD, unit=cast.province, signer=signer, actor=clerk, at=LATER)
    quarterly.accepted(cast, version, gifts="8", money="900.000")


def fail_at(stage: str) -> None:
    """Die once the named step is done, before it is committed; "committed": between the transaction and what is
    compared after it."""
    places: dict[str, tuple[Any, str, int]] = {
        "sent": (corrections, "send", 1),
        "sealed": (editions, "seal_for_issue", 1),
        "printed": (files, "store", 2),
        "kept": (editions, "keep", 1),
        "committed": (editions, "settle", 2),
    }
    if stage in places:
        module, name, times = places[stage]
        vars(module)[name] = after(vars(module)[name], times=times)


def restate_both() -> None:
    """The commune seals its total anew and sends it up; the province restates what it issued."""

    def post(login: str) -> Post:
        return Post.objects.get(appointments__person__account=Account.objects.get(login=login))

    sent = Seal.objects.filter(unit=unit("XA")).order_by("place")[0]
    if open_flags(sent).exists():
        restate(seal=sent, reason=REASON, actor=post("xa"), at=LATER)
    issued = IssuedReport.objects.get(edition=0)
    restate_issue(issued=issued, reason=REASON, signer=post("tinh"), actor=post("vanthu"), at=LATER)


def main(stage: str) -> None:
    if not Unit.objects.exists():
        set_scene(assemble(), quarterly.publish())
        settle(at=LATER)
    print(json.dumps({"held": held(), "editions": IssuedReport.objects.count()}), flush=True)
    fail_at(stage)
    restate_both()
    done = {
        "differences": [one.message for one in verify(Silent())],
        "numbers": sorted(RegisterEntry.objects.values_list("number", flat=True)),
        "editions": sorted(IssuedReport.objects.values_list("edition", flat=True)),
        "open": StaleFlag.objects.filter(answer="", seal__issued__edition=0).count(),
    }
    print(json.dumps(done), flush=True)
