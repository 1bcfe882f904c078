"""One form reaches several threads of the server at the same moment: its key in the database lets one do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.models import SentForm
from nhipcau.tasks.models import Obligation
from nhipcau.web import twice
from tests.cast import NOW, Cast, assemble
from tests.concurrency.crowd import PATIENCE, STRESS, WRITERS, together
from tests.documents.letters import registered

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3 * STRESS


@pytest.fixture
def office(settings: Settings) -> Cast:
    settings.DEMO_CLOCK = NOW.isoformat()
    return assemble()


def sender(office: Cast, url: str) -> Callable[[Mapping[str, str]], tuple[int, str]]:
    """Whoever sends from one session, each time as another tab would."""
    signed_in = Client()
    signed_in.force_login(office.account(office.clerk))

    def send(typed: Mapping[str, str]) -> tuple[int, str]:
        tab = Client()
        tab.cookies.update(signed_in.cookies)
        answer = tab.post(url, typed)
        return answer.status_code, answer.get("Location", "")

    return send


def test_one_form_sent_by_eight_at_once_is_done_once(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twice, "TRIES", PATIENCE * 4)  # a machine busy with other tests is slow, not wrong
    letter = registered(office.clerk)
    url = reverse("tasks:obligation_add", kwargs={"uid": letter.uid})
    send = sender(office, url)
    for number in range(ROUNDS):
        typed = {"text": f"Báo cáo đợt {number} về tập huấn.", twice.FIELD: f"drawing {number}"}
        done = together(*[partial(send, typed)] * WRITERS).results
        assert len(done) == WRITERS
        assert len(set(done)) == 1, "all are led where the first was"
        assert done[0][0] == 302
        assert Obligation.objects.filter(document=letter, text=typed["text"]).count() == 1
    assert SentForm.objects.count() == ROUNDS
