"""`doctor` names what was left undone."""

from __future__ import annotations

import pytest
from django.db import transaction

from nhipcau.audit.actions import record, seal
from nhipcau.cli.operation import _leftovers
from nhipcau.outbox.models import Job, JobState
from tests.cast import NOW, SETUP

pytestmark = pytest.mark.django_db


def told() -> dict[str, tuple[bool, str]]:
    return {name: (ok, says) for name, ok, _, says in _leftovers()}


def test_nothing_left_is_well() -> None:
    with transaction.atomic():
        record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW)
    assert told()["Nhật ký"] == (False, "1 mục, 1 mục chờ niêm phong; «nhipcau worker» sẽ niêm phong")
    seal(at=NOW)
    assert told() == {
        "Nhật ký": (True, "1 mục, 0 mục chờ niêm phong"),
        "Việc nền": (True, "không việc nào hỏng"),
    }


def test_jobs_that_were_given_up_are_named_with_the_last_error() -> None:
    for name, error in (("tasks.remind", "hết giờ"), ("mail.send", "không tới được máy chủ thư")):
        Job.objects.create(name=name, run_at=NOW, state=JobState.FAILED, last_error=error)
    Job.objects.create(name="tasks.other", run_at=NOW)
    assert told()["Việc nền"] == (
        False,
        "2 việc hỏng (mail.send, tasks.remind); lỗi cuối: không tới được máy chủ thư",
    )
