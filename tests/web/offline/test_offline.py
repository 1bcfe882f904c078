"""What the server does for a phone on a bad line: manifest, worker, ticket, short answers to what is sent later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.activities.models import Activity
from nhipcau.org.queries import name_of
from nhipcau.web.offline.keeping import OWNER
from nhipcau.web.offline.replaying import DONE_COOKIE, PHOTOS, POST, REPLAY, WENT
from tests.cast import NOW, TODAY, Cast
from tests.web.offline.conftest import As
from tests.web.reports import scenes

RECORD = "/hoat-dong/ghi/?loai=doi_thoai"
DIALOGUE = {"held_on": "10/02/2026", "so-sessions": "1", "client_key": "khoa-1"}


def _replay(client: Client, post: object, data: dict[str, str], url: str = RECORD) -> Any:
    return client.post(url, data, headers={REPLAY: "1", POST: str(post)})


def test_the_manifest_speaks_both_languages_and_its_icons_exist() -> None:
    vietnamese, english = (Client().get(f"/ung-dung.webmanifest?ngon-ngu={one}").json() for one in ("vi", "en"))
    assert (vietnamese["lang"], english["lang"]) == ("vi", "en")
    assert vietnamese["shortcuts"][0]["name"] == "Ghi hoạt động"
    assert english["shortcuts"][0]["name"] == "Record an activity"
    files = [icon["src"].removeprefix(settings.STATIC_URL) for icon in english["icons"]]
    assert [file for file in files if not finders.find(file)] == []
    assert {icon.get("purpose") for icon in english["icons"]} == {None, "any", "maskable"}


def test_the_worker_stands_at_the_root_names_this_version_and_is_asked_for_anew() -> None:
    answer = Client().get("/sw.js")
    source = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert f'from "{settings.STATIC_URL}js/worker.js"' in source
    named = [word for word in source.split('"') if word.startswith(settings.STATIC_URL) and "." in word]
    assert [file for file in named if not finders.find(file.removeprefix(settings.STATIC_URL))] == []


def test_the_page_without_a_network_is_nobodys(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    page = client.get("/tren-may/").content.decode()
    assert name_of(cast.local, TODAY).name not in page
    assert "csrf" not in page.lower()
    assert "data-account" not in page
    assert "On this device" in client.get("/tren-may/?ngon-ngu=en").content.decode()


def test_the_ticket_is_the_owners_alone_and_opens_the_same_lock_again(cast: Cast, acting: As) -> None:
    assert Client().get("/tren-may/the/").json() == {"account": ""}
    first, again = (acting(cast.local_volunteer).get("/tren-may/the/") for _ in range(2))
    assert first["Cache-Control"] == "no-store"
    assert first.json()["post"] == str(cast.local_volunteer.uid)
    assert first.json()["key"] == again.json()["key"]
    assert first.json()["key"] != acting(cast.commune_officer).get("/tren-may/the/").json()["key"]


def test_only_forms_to_fill_in_are_kept_and_under_their_owner(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    draft = scenes.draft(version, cast.local_volunteer)
    owner = str(cast.account(cast.local_volunteer).uid)
    client = acting(cast.local_volunteer)
    kept = {url: client.get(url).headers.get(OWNER) for url in (RECORD, f"/bao-cao/{draft.uid}/", "/", "/bao-cao/")}
    assert kept == {RECORD: owner, f"/bao-cao/{draft.uid}/": owner, "/": None, "/bao-cao/": None}
    sent = scenes.sent(version, cast.local_volunteer, {"gifts": "1", "money": "1.000"})
    assert OWNER not in client.get(f"/bao-cao/{sent.uid}/").headers


def test_an_activity_sent_twice_later_is_recorded_once(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    answers = [_replay(client, cast.local_volunteer.uid, DIALOGUE) for _ in range(2)]
    recorded = Activity.objects.get()
    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2
    assert {one[WENT] for one in answers} == {f"/hoat-dong/{recorded.uid}/"}
    assert {one[PHOTOS] for one in answers} == {f"/hoat-dong/{recorded.uid}/anh/"}


def test_signed_out_it_is_asked_to_sign_in_and_another_seat_takes_nothing(cast: Cast, acting: As) -> None:
    scenes.publish()
    assert _replay(Client(), cast.local_volunteer.uid, DIALOGUE).status_code == 401
    assert _replay(acting(cast.commune_officer), cast.local_volunteer.uid, DIALOGUE).status_code == 412
    assert not Activity.objects.exists()


def test_what_is_refused_says_so_without_its_page(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    answer = _replay(client, cast.local_volunteer.uid, {**DIALOGUE, "so-sessions": "nhiều"})
    assert (answer.status_code, answer.content) == (422, b"")


def test_a_form_sent_from_its_page_brings_back_its_key_once_it_has_arrived(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    refused = client.post(RECORD, {**DIALOGUE, "so-sessions": "nhiều", "khoa": "khoa-1"})
    assert DONE_COOKIE not in refused.cookies
    done = client.post(RECORD, {**DIALOGUE, "khoa": "/bao-cao/1/"})
    assert done.cookies[DONE_COOKIE].value == "%2Fbao-cao%2F1%2F"
    assert DONE_COOKIE not in Client().post(RECORD, {**DIALOGUE, "khoa": "khoa-1"}).cookies


def test_the_page_of_the_device_belongs_to_nobody_even_in_a_demonstration(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO_CLOCK, settings.DATA_DIR = NOW.isoformat(), tmp_path
    listed = [{"name": "nay", "clock": NOW.isoformat()}, {"name": "sau", "clock": "2027-01-05T09:00:00+07:00"}]
    (tmp_path / "demo.json").write_text(json.dumps({"scenes": listed}))
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    assert 'name="scene"' in client.get("/").content.decode()
    page = client.get("/tren-may/").content.decode()
    for word in ('name="scene"', "csrfmiddlewaretoken", str(cast.local_volunteer.uid)):
        assert word not in page
