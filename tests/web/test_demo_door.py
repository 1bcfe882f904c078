"""The door of a demonstration: who may come in, and what an account is told before its post begins."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.demo.people import ACCOUNTS
from nhipcau.demo.scenes import VISITORS
from nhipcau.demo.second_scene import LOGIN
from nhipcau.org.models import Appointment
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_sign_in_page_names_every_account(settings: Settings, tmp_path: Path, client: Client) -> None:
    assert "vào bằng một trong" not in client.get(reverse("sign_in")).content.decode()
    settings.DEMO_CLOCK, settings.DATA_DIR = NOW.isoformat(), tmp_path
    rows = [{"login": login, "vi": vi, "en": en} for login, vi, en in VISITORS]
    (tmp_path / "demo.json").write_text(json.dumps({"visitors": rows}))
    page = client.get(reverse("sign_in")).content.decode()
    assert all(f"<b>{login}</b>" in page for login, _, _ in VISITORS)


def test_they_are_the_accounts_that_the_demonstration_opens() -> None:
    assert {login for login, _, _ in VISITORS} == {login for _, _, login, _ in ACCOUNTS} | {LOGIN[1]}


def test_an_account_is_told_when_its_post_begins(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.local_volunteer))
    soon = dt.date(2030, 7, 1)
    Appointment.objects.filter(post=cast.local_volunteer).update(valid_from=soon)
    refused = client.get("/")
    assert refused.status_code == 403
    assert "bắt đầu từ 01/07/2030" in refused.content.decode()
