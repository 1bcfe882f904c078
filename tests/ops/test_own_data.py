"""Everybody may take along what is kept about them: all of it, nobody else's, and no key."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from nhipcau.access.models import Account, Device, SavedView
from nhipcau.access.token_models import TokenScope
from nhipcau.access.tokens.actions import make_token
from nhipcau.audit.models import Entry
from nhipcau.audit.taking import note_taking
from nhipcau.core.errors import NotFound
from nhipcau.ops.own_data import ELSEWHERE, HELD_BACK, JSON, PARTS, SECRET, TEXT, named, take_own_data
from nhipcau.ops.personal import KINDS
from nhipcau.org.actions import appoint, end_appointment
from nhipcau.org.models import Appointment
from nhipcau.outbox.mail import post_mail
from tests.cast import NOW, SETUP, TODAY, Cast

GIVEN = {part.table for part in PARTS}


@pytest.fixture
def volunteer(cast: Cast) -> Account:
    return cast.account(cast.local_volunteer)


def opened(body: bytes) -> tuple[dict[str, Any], str]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return json.loads(archive.read(JSON)), archive.read(TEXT).decode()


def taken(account: Account) -> tuple[dict[str, Any], str]:
    return opened(take_own_data(account=account, actor=account, at=NOW).body)


def test_every_table_of_the_record_is_in_the_export_or_says_why_not() -> None:
    recorded = {table for kind in KINDS for table in kind.fields}
    assert recorded - GIVEN - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) <= recorded
    assert GIVEN & set(ELSEWHERE) == set()


def test_every_table_that_leads_to_an_account_or_a_person_is_named() -> None:
    """Also one that the record of processing would count among the work."""
    about = {apps.get_model("org.Person"), apps.get_model("access.Account")}
    leading = {
        model._meta.label
        for model in apps.get_models()
        if any(field.related_model in about for field in model._meta.concrete_fields)
    }
    assert leading <= GIVEN | set(ELSEWHERE)


def test_secrets_are_named_by_fields_that_exist() -> None:
    for table, fields in SECRET.items():
        assert set(fields) <= {one.name for one in apps.get_model(table)._meta.concrete_fields}


def test_it_gives_name_account_and_posts_as_json_and_to_read(volunteer: Account) -> None:
    data, text = taken(volunteer)
    assert data["org.Person"][0]["name"] == volunteer.person.name
    assert data["access.Account"][0]["login"] == "coso"
    assert data["org.Post"][0]["unit"] == "Công đoàn cơ sở Công ty May Hải Âu"
    assert "điện thoại công vụ: 0200 000 000" in text
    assert "để: đăng nhập" in text


def test_no_part_holds_anybody_else(cast: Cast, volunteer: Account) -> None:
    other = cast.account(cast.stranger)
    for account in (volunteer, other):
        post_mail(
            key=account.login,
            address="chung@vi-du.vn",
            language="vi",
            subject=f"Thư {account.login}",
            body="",
            at=NOW,
            about=[account.audit_id],
        )
    data, text = taken(volunteer)
    assert [one["subject"] for one in data["outbox.Mail"]] == ["Thư coso"]
    assert str(other.uid) not in json.dumps(data)
    assert other.person.name not in text


def test_what_opens_a_door_is_not_given(cast: Cast, volunteer: Account) -> None:
    Device.objects.create(account=volunteer, session_key="phien-bi-mat", words="Chrome", opened_at=NOW, seen_at=NOW)
    volunteer.calendar = "lich-bi-mat"
    volunteer.save()
    token, secret = make_token(post=cast.local_volunteer, name="máy", scopes=[TokenScope.READ], last_day=TODAY,
                               actor=cast.local_volunteer, at=NOW)  # fmt: skip
    data, text = taken(volunteer)
    assert data["access.ApiToken"][0]["name"] == "máy"
    assert data["access.Account"][0]["password"] == HELD_BACK
    whole = json.dumps(data) + text
    for key in ("phien-bi-mat", "lich-bi-mat", token.digest, secret, volunteer.password):
        assert key not in whole


def test_what_a_post_did_and_keeps_goes_with_whoever_held_it_then(cast: Cast, volunteer: Account) -> None:
    post, heir = cast.local_volunteer, cast.account(cast.stranger)
    for code, at in (("truoc", NOW - dt.timedelta(days=1)), ("sau", NOW)):
        note_taking(actor=post, action="org.directory_taken", obj=f"unit:{code}", at=at)
    end_appointment(appointment=Appointment.objects.get(post=post), end=TODAY, actor=SETUP, at=NOW)
    appoint(post=post, person=heir.person, start=TODAY, actor=SETUP, at=NOW)
    SavedView.objects.create(post=post, page="tasks", name="của người sau", query="")
    for account, done, kept in ((volunteer, ["unit:truoc"], []), (heir, ["unit:sau"], ["của người sau"])):
        data, _text = taken(account)
        assert [one["object"] for one in data["audit.Entry"] if one["action"] == "org.directory_taken"] == done
        assert [one["name"] for one in data["access.SavedView"]] == kept


def test_taking_it_is_logged_and_stands_in_the_next_one(volunteer: Account) -> None:
    taken(volunteer)
    entry = Entry.objects.get(action="ops.own_data_taken")
    assert (entry.actor, entry.object) == (volunteer.audit_id, volunteer.audit_id)
    assert "Lấy dữ liệu của chính mình" in taken(volunteer)[1]


def test_on_the_page_one_gets_one_s_own(volunteer: Account) -> None:
    client = Client()
    client.force_login(volunteer)
    assert "Bước xác thực thứ hai" in client.get(reverse("own_data")).content.decode()
    answer = client.post(reverse("own_data"), {"login": "xa"})
    data, _text = opened(b"".join(answer))
    assert data["login"] == "coso"
    assert answer["Cache-Control"] == "no-store"


def test_an_account_is_found_by_its_login_or_refused_with_it(volunteer: Account) -> None:
    assert named(" CoSo ") == volunteer
    with pytest.raises(NotFound, match="khong-co"):
        named("khong-co")
