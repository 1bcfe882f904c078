"""Letters, registers, announcements and campaigns over the API."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.documents.models import Document, DocumentState
from tests.api.asking import problem, program
from tests.campaigns import scenes
from tests.cast import Cast
from tests.documents import letters
from tests.tasks.announced import told


def test_a_letter_is_sent_in_and_waits_for_a_person(cast: Cast) -> None:
    asking = program(cast.clerk)
    file = SimpleUploadedFile("ke-hoach.txt", letters.plan())
    (arrival,) = asking.upload("/documents", {"file": file, "received_on": "2026-03-12"}).json()["arrivals"]
    letter = asking.get(f"/documents/{arrival['letter']}").json()
    assert (letter["state"], letter["received_on"]) == (DocumentState.READ, "2026-03-12")
    again = asking.upload("/documents", {"file": SimpleUploadedFile("khac.txt", letters.plan())})
    assert (again.status_code, problem(again)) == (409, "conflict")


def test_a_secret_paper_is_kept_out(cast: Cast) -> None:
    text = "TUYỆT MẬT\n\n".encode() + letters.plan()
    answer = program(cast.clerk).upload("/documents", {"file": SimpleUploadedFile("x.txt", text)})
    assert problem(answer) == "invalid-input"
    assert not Document.objects.exists()


def test_only_the_clerks_of_the_office_take_letters_in(cast: Cast) -> None:
    answer = program(cast.stranger).upload("/documents", {})
    assert problem(answer) == "invalid-request"
    posts = cast.provincial_officer
    posts.roles = ["reporter"]
    posts.save()
    file = SimpleUploadedFile("ke-hoach.txt", letters.plan())
    assert problem(program(posts).upload("/documents", {"file": file})) == "not-allowed"


def test_letters_are_found_read_and_their_original_taken_bit_for_bit(cast: Cast) -> None:
    document, asking = letters.registered(cast.clerk), program(cast.clerk)
    assert [one["uid"] for one in asking.get("/documents", q="an toan").json()["items"]] == [str(document.uid)]
    assert asking.get(f"/documents/{document.uid}/original").content == letters.plan()
    (line,) = asking.get("/documents/registers/incoming/2026").json()["items"]
    assert (line["number"], line["document"]) == ("1", str(document.uid))
    stranger = program(cast.stranger)
    assert stranger.get("/documents").json()["total"] == 0
    for path in ("", "/original", "/obligations"):
        assert problem(stranger.get(f"/documents/{document.uid}{path}")) == "not-found"


def test_an_announcement_is_told_listed_and_read(cast: Cast) -> None:
    asking, below = program(cast.provincial_officer), program(cast.local_volunteer)
    body = {"title": "Lịch nghỉ lễ của văn phòng", "text": "Văn phòng nghỉ đến hết ngày 3/5."}
    uid = asking.post("/announcements", body).json()["uid"]
    assert [one["unread"] for one in below.get("/announcements").json()["items"]] == [True]
    assert below.get(f"/announcements/{uid}").json()["unread"] is True
    assert below.post(f"/announcements/{uid}/read").json()["unread"] is False
    assert asking.get("/announcements", sent=True).json()["total"] == 1
    assert problem(asking.post("/announcements", body | {"kinds": ["khong-co"]})) == "invalid-input"


def test_an_announcement_of_others_does_not_exist(cast: Cast) -> None:
    one = told(cast, branches=[cast.commune])
    assert problem(program(cast.stranger).get(f"/announcements/{one.uid}")) == "not-found"


def test_a_campaign_its_sessions_and_what_it_came_to(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    below, above = program(cast.local_volunteer), program(cast.provincial_officer)
    body = {"type": "noi_chuyen", "held_on": "2026-03-10", "values": {"talks": 1, "came": 40}}
    held = below.post("/activities", body | {"campaign": str(campaign.uid)}).json()
    path = f"/campaigns/{campaign.uid}"
    assert [one["uid"] for one in below.get(f"{path}/sessions").json()["items"]] == [held["uid"]]
    whole = above.get(f"{path}/results").json()["items"][0]
    assert (whole["unit"]["code"], whole["held"], whole["counts"]["reached"]) == ("T", 1, 40)
    below.post(f"{path}/sessions/take-out", {"activity": held["uid"]})
    assert below.get(f"{path}/sessions").json()["total"] == 0
    below.post(f"{path}/sessions", {"activity": held["uid"]})
    assert below.get(f"{path}/sessions").json()["total"] == 1
    assert above.get("/campaigns").json()["items"][0]["first_day"] == dt.date(2026, 3, 1).isoformat()


def test_a_draft_campaign_is_its_holders_alone(cast: Cast) -> None:
    campaign = scenes.drafted(cast)
    assert problem(program(cast.local_volunteer).get(f"/campaigns/{campaign.uid}")) == "not-found"
