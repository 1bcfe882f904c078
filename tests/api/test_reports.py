"""A report over the API: the page's rules, messages and locks, from the first figure to its acceptance."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.access.models import ApiAnswer, TokenScope
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.api.asking import Program, problem, program
from tests.cast import NOW, Cast

PERIOD = {"template": "bc-quy", "period": "2026-Q1"}


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


@pytest.fixture
def opened(cast: Cast, version: TemplateVersion) -> dict[str, Any]:
    body = {"template": version.template.code, "period": quarterly.PERIOD.key}
    answer = program(cast.local_volunteer).post("/reports", body)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def typed(asking: Program, report: dict[str, Any], **figures: str) -> Any:
    return asking.put(f"/reports/{report['uid']}", {"edits": report["edits"], "figures": figures})


def test_what_a_unit_owes_stands_in_its_list(cast: Cast, version: TemplateVersion) -> None:
    owed = program(cast.local_volunteer).get("/reports/duties").json()["items"]
    assert {"template": version.template.code, "report": None}.items() <= owed[0].items()


def test_figures_are_read_as_people_write_them(cast: Cast, opened: dict[str, Any]) -> None:
    saved = typed(program(cast.local_volunteer), opened, gifts="3", money="900.000").json()
    assert (saved["values"]["gifts"], saved["values"]["money"]) == (3, 900_000)
    assert saved["edits"] == opened["edits"] + 1


def test_a_figure_that_cannot_be_read_is_named_and_nothing_is_saved(cast: Cast, opened: dict[str, Any]) -> None:
    answer = typed(program(cast.local_volunteer), opened, gifts="ba suất", money="900.000")
    assert (answer.status_code, problem(answer)) == (422, "invalid-input")
    assert [one["where"] for one in answer.json()["errors"]] == ["gifts"]
    assert program(cast.local_volunteer).get(f"/reports/{opened['uid']}").json()["values"]["money"] is None


def test_two_programs_that_save_at_once_are_told(cast: Cast, opened: dict[str, Any]) -> None:
    asking = program(cast.local_volunteer)
    assert typed(asking, opened, gifts="3").status_code == 200
    late = typed(asking, opened, gifts="4")
    assert (late.status_code, problem(late)) == (409, "conflict")


def test_the_rules_speak_as_on_the_page(cast: Cast, opened: dict[str, Any]) -> None:
    asking = program(cast.local_volunteer)
    saved = typed(asking, opened, gifts="240", money="72.000.000.000.000").json()
    assert "72.000.000.000.000 đồng cho 240 suất" in " ".join(one["message"] for one in saved["findings"])
    refused = asking.post(f"/reports/{opened['uid']}/ready")
    assert problem(refused) == "invalid-input" and refused.json()["errors"]


def test_a_text_outside_the_boundary_is_refused_by_its_own_type(cast: Cast, opened: dict[str, Any]) -> None:
    body = {"edits": opened["edits"], "narrative": {"danh_gia": "Lập danh sách người tham gia đình công."}}
    answer = program(cast.local_volunteer).put(f"/reports/{opened['uid']}", body)
    assert (answer.status_code, problem(answer)) == (422, "outside-the-boundary")


def test_the_way_up_and_back_again(cast: Cast, opened: dict[str, Any]) -> None:
    unit, above = program(cast.local_volunteer), program(cast.commune_officer)
    typed(unit, opened, gifts="3", money="900.000")
    path = f"/reports/{opened['uid']}"
    states = [unit.post(f"{path}/{step}").json()["state"] for step in ("ready", "take-back", "ready", "submit")]
    assert states == ["ready", "draft", "ready", "submitted"]
    assert [one["uid"] for one in above.get("/reports/waiting").json()["items"]] == [opened["uid"]]
    back = above.post(f"{path}/return", {"reason": "", "by_cell": {"gifts": "Thiếu quà đợt hai."}}).json()
    assert (back["state"], back["returned"]) == ("returned", [{"cell": "gifts", "reason": "Thiếu quà đợt hai."}])
    again = unit.get(path).json()
    typed(unit, again, gifts="5", money="1.500.000")
    assert [unit.post(f"{path}/{step}").status_code for step in ("ready", "submit")] == [200, 200]
    assert above.post(f"{path}/accept").json()["state"] == "accepted"
    assert len(above.get(f"{path}/history").json()["items"]) == 1


def test_a_report_of_others_does_not_exist_for_a_stranger(cast: Cast, opened: dict[str, Any]) -> None:
    stranger, path = program(cast.stranger), f"/reports/{opened['uid']}"
    for answer in (stranger.get(path), stranger.get(f"{path}/history"), stranger.post(f"{path}/accept")):
        assert (answer.status_code, problem(answer)) == (404, "not-found")
    assert stranger.get("/reports").json()["total"] == 0


def test_above_sees_no_draft(cast: Cast, opened: dict[str, Any]) -> None:
    assert problem(program(cast.commune_officer).get(f"/reports/{opened['uid']}")) == "not-found"


def test_a_role_that_the_post_lacks_no_token_gives(cast: Cast, version: TemplateVersion) -> None:
    answer = program(cast.clerk).post("/reports", PERIOD)
    assert (answer.status_code, problem(answer)) == (403, "not-allowed")


def test_saving_and_approving_are_two_scopes(cast: Cast, opened: dict[str, Any]) -> None:
    asking = program(cast.local_volunteer, TokenScope.READ, TokenScope.RECORD)
    assert typed(asking, opened, gifts="3", money="900.000").status_code == 200
    for step in ("ready", "submit"):
        assert problem(asking.post(f"/reports/{opened['uid']}/{step}")) == "scope-missing"


def test_the_same_request_under_the_same_key_is_done_once(cast: Cast, opened: dict[str, Any]) -> None:
    asking, path = program(cast.local_volunteer), f"/reports/{opened['uid']}"
    body = {"edits": opened["edits"], "figures": {"gifts": "3"}}
    first, second = asking.put(path, body, key="mot"), asking.put(path, body, key="mot")
    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert Submission.objects.get().edits == opened["edits"] + 1


def test_another_request_under_a_used_key_is_refused(cast: Cast, opened: dict[str, Any]) -> None:
    asking, path = program(cast.local_volunteer), f"/reports/{opened['uid']}"
    asking.put(path, {"edits": opened["edits"], "figures": {"gifts": "3"}}, key="mot")
    answer = asking.put(path, {"edits": opened["edits"], "figures": {"gifts": "4"}}, key="mot")
    assert (answer.status_code, problem(answer)) == (422, "idempotency-key-reused")


def test_a_refusal_frees_its_key(cast: Cast, opened: dict[str, Any]) -> None:
    asking, path = program(cast.local_volunteer), f"/reports/{opened['uid']}"
    assert asking.put(path, {"edits": 99, "figures": {}}, key="mot").status_code == 409
    assert asking.put(path, {"edits": opened["edits"], "figures": {"gifts": "3"}}, key="mot").status_code == 200


def test_a_key_whose_request_has_no_answer_waits(cast: Cast, opened: dict[str, Any]) -> None:
    asking, path = program(cast.local_volunteer), f"/reports/{opened['uid']}"
    asking.put(path, {"edits": opened["edits"], "figures": {"gifts": "3"}}, key="mot")
    ApiAnswer.objects.filter(key="mot").update(status=None, at=NOW)
    answer = asking.put(path, {"edits": opened["edits"], "figures": {"gifts": "3"}}, key="mot")
    assert (answer.status_code, problem(answer)) == (409, "still-in-hand")


def test_a_write_without_a_key_is_refused(cast: Cast, opened: dict[str, Any]) -> None:
    answer = program(cast.local_volunteer).post(f"/reports/{opened['uid']}/ready", key=" ")
    assert (answer.status_code, problem(answer)) == (400, "idempotency-key-missing")


def test_a_misspelt_field_is_not_lost_in_silence(cast: Cast, opened: dict[str, Any]) -> None:
    answer = program(cast.local_volunteer).put(f"/reports/{opened['uid']}", {"edits": 0, "figure": {"gifts": "3"}})
    assert (answer.status_code, problem(answer)) == (422, "invalid-request")


def test_totals_and_their_sources_are_the_commands(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    asking, where = program(cast.commune_officer), f"/totals/{version.template.code}/{quarterly.PERIOD.key}"
    total, *children = asking.get(where).json()["items"]
    assert (total["unit"], total["values"]["gifts"], total["coverage"]["accepted"]) == ("XA", 3, 1)
    assert {one["unit"] for one in children} == {"A1", "A2"}
    found = asking.get(f"{where}/trace/gifts").json()
    assert (found["total"], found["count"]) == (3, 1)
    assert [(leaf["unit"], leaf["value"]) for leaf in found["leaves"]] == [("A1", 3)]
    assert problem(program(cast.stranger).get(where, unit=str(cast.commune.uid))) == "not-found"


def test_a_template_says_what_it_asks(cast: Cast, version: TemplateVersion) -> None:
    asking = program(cast.local_volunteer)
    code = asking.get("/templates").json()["items"][0]["code"]
    found = asking.get(f"/templates/{code}").json()
    assert {"gifts", "money"} <= {item["code"] for part in found["sections"] for item in part["indicators"]}
    assert problem(asking.get("/templates/khong-co")) == "not-found"
