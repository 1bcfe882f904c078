"""Activities over the API: recorded by the page's rules, corrected in the open, withdrawn with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests import quarterly
from tests.api.asking import problem, program
from tests.cast import TODAY, Cast

GIFTS = {"type": "tang_qua", "held_on": "2026-03-10", "values": {"gifts": 3, "money": 900_000}}


@pytest.fixture(autouse=True)
def kinds(cast: Cast) -> None:
    quarterly.publish()


def recorded(cast: Cast, **more: object) -> dict[str, Any]:
    answer = program(cast.local_volunteer).post("/activities", GIFTS | more)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_the_kinds_say_what_is_counted(cast: Cast) -> None:
    (kind,) = program(cast.local_volunteer).get("/activities/types").json()["items"]
    assert [one["code"] for one in kind["measures"]] == ["gifts", "money"]


def test_an_activity_is_recorded_and_seen_above_but_not_beside(cast: Cast) -> None:
    held = recorded(cast, partners=["Công đoàn xã An Hải", "Hội Chữ thập đỏ"])
    assert {one["name"] for one in held["partners"]} == {"Công đoàn xã An Hải", "Hội Chữ thập đỏ"}
    assert program(cast.provincial_officer).get("/activities").json()["total"] == 1
    assert program(cast.stranger).get("/activities").json()["total"] == 0
    assert problem(program(cast.stranger).get(f"/activities/{held['uid']}")) == "not-found"


def test_the_pages_rules_hold(cast: Cast) -> None:
    asking = program(cast.local_volunteer)
    wrong = asking.post("/activities", GIFTS | {"held_on": "2026-12-01", "values": {"votes": 1}})
    assert problem(wrong) == "invalid-input"
    assert {one["where"] for one in wrong.json()["errors"]} == {"held_on", "votes"}
    outside = asking.post("/activities", GIFTS | {"title": "Theo dõi bình luận của đoàn viên trên Facebook"})
    assert problem(outside) == "outside-the-boundary"
    assert problem(asking.post("/activities", GIFTS | {"type": "khong-co"})) == "not-found"


def test_the_same_activity_sent_twice_is_recorded_once(cast: Cast) -> None:
    asking = program(cast.local_volunteer)
    for _ in range(2):
        asking.post("/activities", GIFTS, key="mot")
    assert asking.get("/activities").json()["total"] == 1


def test_a_slip_is_corrected_with_its_reason(cast: Cast) -> None:
    held, asking = recorded(cast), program(cast.local_volunteer)
    body = {k: v for k, v in GIFTS.items() if k != "type"} | {"values": {"gifts": 5, "money": 900_000}}
    body |= {"edits": held["edits"], "reason": "Gõ nhầm số suất."}
    fixed = asking.put(f"/activities/{held['uid']}", body).json()
    assert (fixed["values"]["gifts"], fixed["edits"]) == (5, held["edits"] + 1)
    late = asking.put(f"/activities/{held['uid']}", body | {"values": {"gifts": 6}})
    assert problem(late) == "conflict"
    above = program(cast.commune_officer).put(f"/activities/{held['uid']}", body)
    assert problem(above) == "not-allowed"


def test_what_was_recorded_by_mistake_is_withdrawn(cast: Cast) -> None:
    held, asking = recorded(cast), program(cast.local_volunteer)
    gone = asking.post(f"/activities/{held['uid']}/withdraw", {"reason": "Ghi hai lần."}).json()
    assert (gone["state"], gone["withdrawn_reason"]) == ("withdrawn", "Ghi hai lần.")


def test_the_list_is_narrowed(cast: Cast) -> None:
    recorded(cast)
    asking = program(cast.provincial_officer)
    narrowed: list[tuple[dict[str, Any], int]] = [
        ({"since": TODAY.isoformat()}, 0),
        ({"until": "2026-03-10", "type": "tang_qua", "state": "recorded"}, 1),
        ({"unit": str(cast.local.uid)}, 1),
    ]
    for query, total in narrowed:
        assert asking.get("/activities", **query).json()["total"] == total
