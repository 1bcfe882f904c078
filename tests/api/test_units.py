"""The tree over the API: the own branch, on any day, and nobody else's."""

from __future__ import annotations

from tests.api.asking import problem, program
from tests.cast import Cast


def codes(answer: object) -> list[str]:
    return [one["code"] for one in answer.json()["items"]]  # type: ignore[attr-defined]


def test_the_children_of_a_unit(cast: Cast) -> None:
    asking = program(cast.provincial_officer)
    assert codes(asking.get(f"/units/{cast.province.uid}/children")) == ["XB", "XA"]  # phường, xã
    below = asking.get(f"/units/{cast.commune.uid}/children").json()
    assert [(one["code"], one["size"]) for one in below["items"]] == [("A1", 0), ("A2", 0)]


def test_the_tree_as_it_was_on_a_day(cast: Cast) -> None:
    asking = program(cast.provincial_officer)
    assert codes(asking.get(f"/units/{cast.province.uid}/children", at="2021-01-01")) == []


def test_a_unit_is_found_by_a_piece_of_its_name(cast: Cast) -> None:
    assert codes(program(cast.provincial_officer).get("/units", q="hai au")) == ["A1"]
    assert codes(program(cast.stranger).get("/units", q="hai au")) == []
    assert codes(program(cast.stranger).get("/units")) == ["XB"]


def test_one_unit_and_the_way_down_to_it(cast: Cast) -> None:
    unit = program(cast.provincial_officer).get(f"/units/{cast.local.uid}").json()
    assert (unit["members"], unit["standing"]) == (420, True)
    assert [one["code"] for one in unit["path"]] == ["T", "XA"]


def test_a_strangers_unit_does_not_exist(cast: Cast) -> None:
    for path in (f"/units/{cast.local.uid}", f"/units/{cast.local.uid}/children"):
        answer = program(cast.stranger).get(path)
        assert (answer.status_code, problem(answer)) == (404, "not-found")


def test_nonsense_in_a_search_is_refused_and_breaks_nothing(cast: Cast) -> None:
    assert problem(program(cast.clerk).get("/units", q="a\x00b")) == "invalid-request"
