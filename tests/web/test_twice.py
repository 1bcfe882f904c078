"""A form that is sent twice is done once, whichever page it stands on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nhipcau.access.models import SentForm
from nhipcau.access.sent import IN_HAND, KEPT, SentForms, begin, finish
from nhipcau.activities.models import Activity
from nhipcau.audit.models import Entry
from nhipcau.org.models import Post
from nhipcau.web import twice
from nhipcau.web.checks import patterns
from nhipcau.web.declare import Level, access_of
from tests.cast import Cast
from tests.web.conftest import ONE_DAY
from tests.web.permissions import TABLE, Row
from tests.web.reports import scenes

pytestmark = pytest.mark.usefixtures("one_day")
PAGE = "/hoat-dong/ghi/?loai=tang_qua"
TYPED = {"held_on": "10/02/2026", "so-gifts": "20", "so-money": "72 triệu", "chon-fund": "own", "title": "Quà Tết"}
ONE, OTHER = {twice.FIELD: "one drawing"}, {twice.FIELD: "another drawing"}
NOW = ONE_DAY  # the machine's clock here


def acting(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def recorded() -> int:
    return Activity.objects.count()


def test_a_form_sent_twice_is_done_once_and_answered_alike(cast: Cast) -> None:
    scenes.publish()
    client = acting(cast, cast.local_volunteer)
    first, second = client.post(PAGE, TYPED | ONE), client.post(PAGE, TYPED | ONE)
    assert first["Location"] == second["Location"]
    assert recorded() == 1
    assert "không ghi thêm lần nữa" in client.get(second["Location"]).content.decode()


def test_the_same_words_on_a_page_drawn_anew_are_another_form(cast: Cast) -> None:
    scenes.publish()
    client = acting(cast, cast.local_volunteer)
    client.post(PAGE, TYPED | ONE)
    client.post(PAGE, TYPED | OTHER)
    assert recorded() == 2


def test_other_words_after_going_back_are_another_form_and_so_are_the_first_ones_again(cast: Cast) -> None:
    scenes.publish()
    client = acting(cast, cast.local_volunteer)
    for title in ("Quà Tết", "Quà hè", "Quà Tết"):
        client.post(PAGE, TYPED | ONE | {"title": title})
    assert recorded() == 3


def test_a_refused_form_can_be_corrected_and_sent_again_unchanged(cast: Cast) -> None:
    client = acting(cast, cast.local_volunteer)
    scenes.publish()
    wrong = TYPED | ONE | {"so-gifts": "hai mươi"}
    assert [client.post(PAGE, wrong).status_code for _ in range(2)] == [422, 422]
    assert client.post(PAGE, TYPED | ONE).status_code == 302
    assert recorded() == 1


def test_another_account_knows_nothing_of_it(cast: Cast) -> None:
    scenes.publish()
    ours = acting(cast, cast.local_volunteer).post(PAGE, TYPED | ONE)
    theirs = acting(cast, cast.commune_officer).post(PAGE, TYPED | ONE)
    assert ours["Location"] != theirs["Location"]
    assert recorded() == 2


def test_another_file_is_another_form(cast: Cast) -> None:
    scenes.publish()
    client = acting(cast, cast.local_volunteer)
    for words in ("một", "hai", "hai"):
        client.post(PAGE, TYPED | ONE | {"papers": SimpleUploadedFile("a.txt", words.encode())})
    assert recorded() == 2


def test_while_the_first_is_in_hand_the_second_is_told_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.publish()
    monkeypatch.setattr(twice, "TRIES", 1)
    monkeypatch.setattr(twice, "PAUSE", 0)
    client = acting(cast, cast.local_volunteer)
    client.post(PAGE, TYPED | ONE)
    SentForm.objects.update(location="")
    told = client.post(PAGE, TYPED | ONE)
    assert (told.status_code, recorded()) == (409, 1)
    assert "Lần gửi trước còn đang làm" in told.content.decode()


def test_the_second_waits_for_the_answer_to_the_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.publish()
    client = acting(cast, cast.local_volunteer)
    client.post(PAGE, TYPED | ONE)
    SentForm.objects.update(location="")
    monkeypatch.setattr(
        "nhipcau.web.twice.time.sleep", lambda _seconds: SentForm.objects.update(location="/den-noi/")
    )
    assert client.post(PAGE, TYPED | ONE)["Location"] == "/den-noi/"


def test_whoever_died_with_it_leaves_it_to_the_next(cast: Cast) -> None:
    begin(page="trang", said="lời", at=NOW - IN_HAND)
    form, mine = begin(page="trang", said="lời", at=NOW)
    assert mine
    finish(form, "/xong/")
    assert begin(page="trang", said="lời", at=NOW)[0].location == "/xong/"


def test_what_ends_late_does_not_answer_for_what_came_after(cast: Cast) -> None:
    slow, _ = begin(page="trang", said="lời", at=NOW)
    begin(page="trang", said="lời khác", at=NOW)
    finish(slow, "/cham/")
    assert SentForm.objects.get().location == ""


@pytest.mark.django_db
def test_it_costs_two_statements() -> None:
    with CaptureQueriesContext(connection) as asked:
        finish(begin(page="trang", said="lời", at=NOW)[0], "/xong/")
    assert [one["sql"].split()[0] for one in asked if "SAVEPOINT" not in one["sql"]] == ["INSERT", "UPDATE"]


def test_it_is_forgotten_after_a_day_and_says_nothing_of_what_was_sent(cast: Cast) -> None:
    scenes.publish()
    acting(cast, cast.local_volunteer).post(PAGE, TYPED | ONE)
    known = SentForm.objects.get()
    assert "Quà" not in f"{known.page}{known.said}{known.location}"
    assert SentForms().sweep(at=NOW + dt.timedelta(minutes=5)) == 0
    assert SentForms().sweep(at=NOW + KEPT * 2) == 1


# Every page that takes forms stands inside the middleware; these are the ones it lets through each time.
REPEATED = {
    "act_as": "sets the post one acts for; pressed again after going back it must be set again",
    "language": "sets a language",
    "scene": "sets the day of a demonstration",
    "profile": "sets how pages look",
    "mail_choices": "sets how often mail comes",
    "notices_read": "puts a notice aside; aside is aside",
    "help:dismiss": "puts a hint away",
}
# Nobody is known there yet, so there is no account to know the form by.
BEFORE_SIGNING_IN = {
    "sign_in": "signed in is signed in",
    "use_code": "a code is used up by its first use",
    "mfa_authenticate": "a code or key is used up by its first use",
    "passkey_sign_in": "a key's answer is used up by its first use",
    "campaign_quiz": "one signed number, one answer (campaigns.answering)",
}
TAKING = {name: access for name, p in patterns() if (access := access_of(p.callback)) and "POST" in access.methods}


def test_every_page_that_takes_forms_knows_them_again_or_says_why_not() -> None:
    free = {name for name, access in TAKING.items() if access.repeats}
    assert free == set(REPEATED)
    public = {name for name, access in TAKING.items() if access.level is Level.PUBLIC and not access.repeats}
    assert public == set(BEFORE_SIGNING_IN)


DONE = [
    (row, who)
    for row in TABLE
    for who, status in row.expect.items()
    if row.method == "post" and status == 302 and who != "signed_out" and row.name not in {*REPEATED, "sign_out"}
]


@pytest.mark.parametrize(("row", "who"), DONE, ids=[f"{row.name}-{who}" for row, who in DONE])
def test_no_page_does_it_twice(row: Row, who: str, cast: Cast) -> None:
    client = acting(cast, getattr(cast, who))
    url = reverse(row.name, kwargs=dict(row.kwargs(cast)))
    first, deeds = client.post(url, dict(row.data) | ONE), Entry.objects.count()
    again = client.post(url, dict(row.data) | ONE)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Entry.objects.count() == deeds
