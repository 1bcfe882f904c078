"""What a predecessor did ticks no step of the one who comes after."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.org.models import Appointment
from nhipcau.web.help import guide
from tests.cast import Cast
from tests.web.reports import scenes

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_new_holder_starts_with_no_step_of_his_own_done(cast: Cast) -> None:
    scenes.issued(cast)
    scope = cast.scope(cast.local_volunteer)
    assert {step.key for step, done in guide.progress(scope) if done} == {"ghi-hoat-dong", "gui-bao-cao"}
    Appointment.objects.filter(post=cast.local_volunteer).update(valid_from=scope.day + dt.timedelta(days=1))
    later = cast.scope(cast.local_volunteer, scope.at + dt.timedelta(days=1))
    assert not any(done for _, done in guide.progress(later))


def test_steps_half_done_stand_below_the_work(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    foot = "Không có việc nào đang chờ bạn"
    page = client.get(reverse("home")).content.decode()
    assert page.index("Bước đầu của bạn") < page.index(foot)
    steps = [(step, number > 0) for number, step in enumerate(guide.VOLUNTEER.steps)]
    monkeypatch.setattr("nhipcau.web.help.views.progress", lambda scope: steps)
    page = client.get(reverse("home")).content.decode()
    assert page.index("Bước đầu của bạn") > page.index(foot)
