"""The visitors, each by how he stands to the commune An Hải, whose things everything is about.

`own` has every right there; `above` and `below` its own line; `sibling` and `cousin` the other commune's.
`delegate` acts for `own` with one role lent; `keeper` (an administrator) and `auditor` sit in the commune and read
no contents.
`former` signed in, took a token and a calendar address, and lost the post a moment ago.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from nhipcau.access.actions import give_calendar, open_account
from nhipcau.access.models import Account
from nhipcau.org.actions import appoint, create_post, end_appointment
from nhipcau.org.delegating import delegate
from nhipcau.org.models import OFFICERS, Appointment, Post, Role, Unit
from tests.api.asking import Program, token_of
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast

BEFORE = dt.date(2026, 1, 5)
OWN, ABOVE, BELOW, SIBLING, COUSIN = "own", "above", "below", "sibling", "cousin"
DELEGATE, KEEPER, AUDITOR, FORMER, OUT = "delegate", "keeper", "auditor", "former", "signed_out"
EVERYBODY = (OWN, ABOVE, BELOW, SIBLING, COUSIN, DELEGATE, KEEPER, AUDITOR, FORMER, OUT)


@dataclass(frozen=True)
class Visitor:
    """A browser, a program with a token, and the account behind both; what he does not have is None."""

    name: str
    browser: Client
    program: Program
    account: Account | None = None
    post: Post | None = None


def gather(cast: Cast) -> Mapping[str, Visitor]:
    """All of them; the one who leaves is still there (see `leave`)."""
    # Whoever owns every kind of thing also designs templates.
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[*OFFICERS, Role.DESIGNER])
    own = cast.commune_officer = Post.objects.select_related("unit__kind").get(pk=cast.commune_officer.pk)
    seats = {
        OWN: own,
        ABOVE: cast.provincial_officer,
        BELOW: cast.local_volunteer,
        SIBLING: cast.stranger,
        COUSIN: _seat(cast.sibling_local, "Chủ tịch công đoàn xí nghiệp", "gach", *OFFICERS),
        DELEGATE: _seat(cast.commune, "Phó chủ tịch thường trực", "pho", Role.ADMINISTRATOR),
        KEEPER: _seat(cast.commune, "Quản trị viên", "quantri", Role.ADMINISTRATOR),
        AUDITOR: _seat(cast.commune, "Kiểm tra viên", "kiemtra", Role.AUDITOR),
        FORMER: _seat(cast.commune, "Ủy viên sắp nghỉ", "uyvien", Role.BOARD, Role.REPORTER, Role.CLERK),
    }
    delegate(taker=seats[DELEGATE], roles=[Role.APPROVER], first=TODAY, last=TODAY, actor=own, at=NOW)
    found = {name: _visitor(name, post, cast) for name, post in seats.items()}
    found[DELEGATE].browser.post(reverse("act_as"), {"post": str(own.uid)})
    return {**found, OUT: Visitor(OUT, Client(), Program(""))}


def leave(visitors: Mapping[str, Visitor]) -> None:
    """The one who leaves has left: today, this second."""
    post = visitors[FORMER].post
    held = Appointment.objects.get(post=post)
    end_appointment(appointment=held, end=TODAY, actor=SETUP, at=NOW)


def _seat(unit: Unit, title: str, login: str, *roles: Role) -> Post:
    post = create_post(unit=unit, title=title, roles=roles, start=BEFORE, actor=SETUP, at=NOW)
    account = open_account(login=login, password=PASSWORD, name=f"Người giữ chức {login}", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=BEFORE, actor=SETUP, at=NOW)
    return post


def _visitor(name: str, post: Post, cast: Cast) -> Visitor:
    account = cast.account(post)
    account.person.email = f"{account.login}@donggiang.example"
    account.person.save()
    give_calendar(account=account, actor=post, at=NOW)
    browser = Client()
    browser.force_login(account)
    return Visitor(name, browser, Program(token_of(post)), account, post)
