"""The scene of the load harness: forms lie open, and what its generator types into one sends it."""

from __future__ import annotations

import pytest
from django.test import Client

from nhipcau.reports.models import Submission, SubmissionState
from tests.load.furnish import scene
from tests.quarterly import LATER


@pytest.mark.django_db
def test_every_form_lies_open_and_is_sent_by_its_own_session() -> None:
    made = scene(3, 2, 8, LATER)
    assert (
        len({uid for _, uid in made["forms"]})
        == Submission.objects.filter(state=SubmissionState.DRAFT).count()
        == 6
    )
    session, uid = made["forms"][0]
    client = Client()
    client.cookies[made["session"]] = session
    answer = client.post(f"/bao-cao/{uid}/", made["same"] | {"gifts": "5", "money": "1500000"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bao-cao/{uid}/")
    assert Submission.objects.get(uid=uid).state == SubmissionState.SUBMITTED
