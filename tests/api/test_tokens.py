"""A token acts for a post: no longer than it holds, and never beyond what it was made for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.models import ApiToken, TokenScope
from nhipcau.access.tokens.actions import LONGEST, make_token, revoke_token
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, NotAllowed
from nhipcau.ops import moment
from nhipcau.org.actions import end_appointment
from nhipcau.org.delegating import delegate, standing_in
from nhipcau.org.models import Appointment, Post, Role
from tests.api.asking import Program, problem, program, token_of
from tests.cast import NOW, SETUP, TODAY, Cast


def test_a_token_says_for_whom_it_acts(cast: Cast) -> None:
    me = program(cast.local_volunteer).get("/me").json()
    assert me["post"]["title"] == cast.local_volunteer.title
    assert me["post"]["unit"]["code"] == "A1"
    assert me["today"] == TODAY.isoformat()


def test_its_secret_is_nowhere_in_the_database(cast: Cast) -> None:
    secret = token_of(cast.local_volunteer)
    token = ApiToken.objects.get()
    assert secret not in repr(ApiToken.objects.values().get())
    assert secret.startswith("nhipcau_") and len(token.digest) == 64


def test_without_a_token_nothing_is_answered(cast: Cast) -> None:
    answer = Client().get("/api/v1/me")
    assert (answer.status_code, problem(answer)) == (401, "token-missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_opens_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    assert problem(client.get("/api/v1/me")) == "token-missing"


def test_a_made_up_token_opens_nothing(cast: Cast) -> None:
    assert problem(Program("nhipcau_không-có").get("/me")) == "token-refused"


def test_a_revoked_token_opens_nothing_and_the_log_tells(cast: Cast) -> None:
    asking = program(cast.local_volunteer)
    revoke_token(token=ApiToken.objects.get(), actor=cast.local_volunteer, at=NOW)
    assert [problem(asking.get("/me")) for _ in range(2)] == ["token-refused"] * 2
    told = list(
        Entry.objects.filter(action__startswith="access.token_").order_by("pk").values_list("action", flat=True)
    )
    assert told == ["access.token_made", "access.token_revoked", "access.token_refused"]


def test_it_ends_with_its_last_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = Program(token_of(cast.local_volunteer, days=1))
    for days, status in ((1, 200), (2, 401)):
        monkeypatch.setattr(moment, "fixed", lambda scene="", days=days: NOW + dt.timedelta(days=days))
        assert asking.get("/me").status_code == status


def test_it_ends_when_the_post_changes_hands(cast: Cast) -> None:
    asking = program(cast.local_volunteer)
    held = Appointment.objects.get(post=cast.local_volunteer)
    end_appointment(appointment=held, end=TODAY, actor=SETUP, at=NOW)
    assert problem(asking.get("/me")) == "token-refused"


def test_it_ends_with_the_post(cast: Cast) -> None:
    asking = program(cast.local_volunteer)
    Post.objects.filter(pk=cast.local_volunteer.pk).update(valid_to=TODAY)
    assert problem(asking.get("/me")) == "token-refused"


def test_it_does_only_what_it_was_made_for(cast: Cast) -> None:
    asking = program(cast.local_volunteer, TokenScope.READ)
    answer = asking.post("/reports", {"template": "x", "period": "2026-Q1"})
    assert (answer.status_code, problem(answer)) == (403, "scope-missing")
    assert Entry.objects.filter(action="access.token_refused").count() == 1


def test_it_is_held_to_so_many_uses_a_minute(cast: Cast, settings: Settings) -> None:
    settings.API_RATE = 2
    asking = program(cast.local_volunteer)
    answers = [asking.get("/me") for _ in range(5)]
    late = [one for one in answers if one.status_code == 429]
    caches["process"].clear()  # as another process sees it
    assert asking.get("/me").status_code == 429
    assert late and problem(late[0]) == "too-many-requests" and int(late[0]["Retry-After"]) > 0


def test_its_holder_sees_when_it_was_last_used(cast: Cast) -> None:
    asking = program(cast.local_volunteer)
    assert ApiToken.objects.get().last_used is None
    asking.get("/me")
    assert ApiToken.objects.get().last_used == TODAY


def test_a_stand_in_makes_no_token(cast: Cast) -> None:
    post = cast.commune_officer
    stand_in = Post.objects.create(unit=post.unit, title="Phó Chủ tịch", roles=[], valid_from=post.valid_from)
    deputy = cast.account(cast.local_volunteer).person
    Appointment.objects.create(post=stand_in, person=deputy, valid_from=post.valid_from)
    delegate(taker=stand_in, roles=[Role.REPORTER], first=TODAY, last=TODAY, actor=post, at=NOW)
    acting = standing_in([stand_in], NOW)[0]
    with pytest.raises(NotAllowed):
        make_token(post=acting, name="kế toán", scopes=[TokenScope.READ], last_day=TODAY, actor=acting, at=NOW)


def test_it_is_made_for_a_year_at_most_and_for_something(cast: Cast) -> None:
    for name, scopes, days in (
        ("", EVERYTHING, 1),
        ("x", [], 1),
        ("x", EVERYTHING, -1),
        ("x", EVERYTHING, LONGEST + 1),
    ):
        with pytest.raises(InvalidInput):
            last = TODAY + dt.timedelta(days=days)
            make_token(post=cast.clerk, name=name, scopes=scopes, last_day=last, actor=cast.clerk, at=NOW)


def test_its_name_passes_the_boundary(cast: Cast) -> None:
    with pytest.raises(BoundaryRefused):
        make_token(
            post=cast.clerk,
            name="chấm điểm quan điểm chính trị của đoàn viên",
            scopes=EVERYTHING,
            last_day=TODAY,
            actor=cast.clerk,
            at=NOW,
        )


def test_the_page_shows_it_once_and_revokes_it(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    day = dt.datetime.now(dt.UTC) + dt.timedelta(days=10)
    made = client.post(reverse("tokens"), {"name": "bảng lương", "scopes": ["read"], "last_day": f"{day:%d/%m/%Y}"})
    page = made.content.decode()
    assert made.status_code == 200 and "nhipcau_" in page and made["Cache-Control"] == "no-store"
    assert "nhipcau_" not in client.get(reverse("tokens")).content.decode()
    client.post(reverse("token_revoke", args=[ApiToken.objects.get().uid]))
    assert ApiToken.objects.get().revoked_at is not None


def test_another_post_cannot_revoke_it(cast: Cast) -> None:
    token_of(cast.local_volunteer)
    client = Client()
    client.force_login(cast.account(cast.stranger))
    assert client.post(reverse("token_revoke", args=[ApiToken.objects.get().uid])).status_code == 404


EVERYTHING = list(TokenScope)
