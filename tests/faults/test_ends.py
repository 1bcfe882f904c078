"""What the harness holds against the database: a loss and a double are seen, and a whole instance is."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client

from nhipcau.reports.models import Submission, SubmissionState
from tests.faults.ends import found
from tests.faults.officers import gifts_of
from tests.faults.scene import scene
from tests.quarterly import LATER

pytestmark = pytest.mark.django_db


def sent() -> str:
    """One officer's report, acknowledged."""
    made = scene(1, LATER)
    officer = made["officers"][3]
    client, [uid] = Client(), officer["forms"]
    client.cookies[made["session"]] = officer["session"]
    gifts = gifts_of(uid)
    typed = {"gifts": str(gifts), "money": str(gifts * 300_000), "gifts_upper": "0", "letters": "1", "hours": "1,5"}
    assert client.post(f"/bao-cao/{uid}/", typed | {"edits": "0", "viec": "trinh-gui"}).status_code == 302
    return str(uid)


def test_what_stands_as_acknowledged_is_nothing_to_tell() -> None:
    assert list(found({"report": {sent(): ""}}, Counter())) == [("wrong", "1 totals still wait to be added up")]


def test_a_report_that_was_acknowledged_and_not_sent_is_lost() -> None:
    uid = sent()
    Submission.objects.filter(uid=uid).update(state=SubmissionState.READY)
    assert ("lost", f"report {uid} was acknowledged and is ready") in found({"report": {uid: ""}}, Counter())


def test_a_deed_without_a_row_is_lost() -> None:
    sent()
    deeds = {"activity": {"L0-1": ""}, "announced": {"T-1": ""}, "reminded": {"x": ""}}
    told = list(found(deeds, Counter()))
    assert ("lost", "activity L0-1") in told
    assert ("lost", "announcement T-1") in told
    assert ("lost", "0 of 9 mails of x") in told


def test_a_mail_that_nobody_wrote_is_told() -> None:
    sent()
    assert ("doubled", "mail <x@y> is nobody's") in found({}, Counter({"<x@y>": 1}))
