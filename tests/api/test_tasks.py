"""Work over the API: given out, acknowledged, answered, given more time, as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.access.models import TokenScope
from nhipcau.ops import moment
from tests.api.asking import problem, program
from tests.cast import Cast
from tests.tasks import work


@pytest.fixture(autouse=True)
def a_week_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "fixed", lambda scene="": work.on(20))


def given(cast: Cast, **more: Any) -> str:
    """The commune's assignment."""
    return str(work.of(work.handed_out(cast, **more), cast.commune).uid)


def test_a_directive_is_given_out_and_its_status_read(cast: Cast) -> None:
    asked, asking = work.training(cast), program(cast.provincial_officer)
    listed = asking.get(f"/documents/{asked.document.uid}/obligations").json()["items"]
    assert str(asked.uid) in {one["uid"] for one in listed}
    units = {str(cast.commune.uid): "lead", str(cast.sibling_commune.uid): "support"}
    task = asking.post(f"/obligations/{asked.uid}/assign", {"units": units}).json()
    assert task["due"] == "2026-05-09"
    rows = asking.get(f"/tasks/issued/{task['uid']}/status").json()["items"]
    assert {(one["name"], one["role"], one["state"]) for one in rows} == {
        ("Công đoàn xã An Hải", "lead", "assigned"),
        ("Công đoàn phường Bình Sơn", "support", "assigned"),
    }
    assert [one["uid"] for one in program(cast.commune_officer).get("/tasks/issued").json()["items"]] == [
        task["uid"]
    ]


def test_the_worklist_then_one_word_then_the_result(cast: Cast) -> None:
    uid, asking = given(cast), program(cast.commune_officer)
    assert [(one["uid"], one["next"]) for one in asking.get("/tasks").json()["items"]] == [(uid, "acknowledge")]
    assert asking.post(f"/tasks/{uid}/acknowledge").json()["state"] == "acknowledged"
    done = asking.upload(f"/tasks/{uid}/complete", {"note": "Đã tập huấn 12 cơ sở."}).json()
    assert (done["state"], done["done_note"]) == ("done", "Đã tập huấn 12 cơ sở.")
    back = program(cast.provincial_officer).post(f"/tasks/{uid}/reopen", {"reason": "Còn thiếu hai cơ sở."}).json()
    assert (back["state"], back["returned_reason"]) == ("acknowledged", "Còn thiếu hai cơ sở.")


def test_a_paper_goes_with_the_result_and_comes_back_as_it_was(cast: Cast) -> None:
    uid, asking = given(cast, needs_evidence=True), program(cast.commune_officer)
    assert problem(asking.upload(f"/tasks/{uid}/complete", {"note": "Xong."})) == "invalid-input"
    paper = SimpleUploadedFile("biên bản.txt", "Đã tập huấn.".encode())
    done = asking.upload(f"/tasks/{uid}/complete", {"note": "Xong.", "evidence": paper}).json()
    (shown,) = done["evidence"]
    file = asking.get(f"/tasks/{uid}/evidence/{shown['uid']}")
    assert file.content == "Đã tập huấn.".encode() and "attachment" in file["Content-Disposition"]
    assert problem(program(cast.stranger).get(f"/tasks/{uid}/evidence/{shown['uid']}")) == "not-found"


def test_the_same_form_with_its_file_is_answered_once(cast: Cast) -> None:
    uid, asking = given(cast), program(cast.commune_officer)
    answers = [
        asking.upload(
            f"/tasks/{uid}/complete",
            {"note": "Xong.", "evidence": SimpleUploadedFile("biên bản.txt", b"x" * 30)},
            key="mot",
        )
        for _ in range(2)
    ]
    assert answers[0].content == answers[1].content and answers[1]["Idempotency-Replayed"] == "true"


def test_more_time_is_asked_and_granted(cast: Cast) -> None:
    uid, above = given(cast), program(cast.provincial_officer)
    body = {"until": "2026-05-20", "reason": "Trùng hội nghị."}
    asked = program(cast.commune_officer).post(f"/tasks/{uid}/extension", body).json()
    assert [one["uid"] for one in above.get("/tasks/extensions").json()["items"]] == [asked["uid"]]
    answered = above.post(f"/tasks/extensions/{asked['uid']}/answer", {"granted": "2026-05-20"}).json()
    assert (answered["state"], answered["due"]) == ("granted", "2026-05-20")


def test_work_goes_on_to_the_units_below(cast: Cast) -> None:
    uid = given(cast)
    units = {str(cast.local.uid): "lead", str(cast.other_local.uid): "lead"}
    answer = program(cast.commune_officer).post(f"/tasks/{uid}/pass-on", {"units": units})
    assert answer.status_code == 200, answer.content
    assert [one["due"] for one in program(cast.local_volunteer).get("/tasks").json()["items"]] == ["2026-05-09"]


def test_work_of_others_does_not_exist_for_a_stranger(cast: Cast) -> None:
    uid = str(work.of(work.passed_on(cast, work.handed_out(cast)), cast.local).uid)
    stranger = program(cast.stranger)
    for answer in (stranger.get(f"/tasks/{uid}"), stranger.post(f"/tasks/{uid}/acknowledge")):
        assert (answer.status_code, problem(answer)) == (404, "not-found")
    assert program(cast.commune_officer).get(f"/tasks/{uid}").status_code == 200
    assert problem(program(cast.commune_officer).post(f"/tasks/{uid}/acknowledge")) == "not-allowed"


def test_no_unit_out_of_sight_is_given_work(cast: Cast) -> None:
    uid = given(cast)
    answer = program(cast.commune_officer).post(
        f"/tasks/{uid}/pass-on", {"units": {str(cast.sibling_local.uid): "lead"}}
    )
    assert problem(answer) == "not-found"


def test_giving_out_needs_its_scope(cast: Cast) -> None:
    asked = work.training(cast)
    asking = program(cast.provincial_officer, TokenScope.READ, TokenScope.RECORD)
    answer = asking.post(f"/obligations/{asked.uid}/assign", {"units": {str(cast.commune.uid): "lead"}})
    assert problem(answer) == "scope-missing"


def test_everything_is_acknowledged_at_once(cast: Cast) -> None:
    given(cast)
    asking = program(cast.commune_officer)
    assert [asking.post("/tasks/acknowledge-all").json()["count"] for _ in range(2)] == [1, 0]
