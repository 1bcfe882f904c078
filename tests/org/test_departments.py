"""Departments belong to an office: they are never taken for the unions below it."""

from __future__ import annotations

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.org.branches import branch
from nhipcau.org.queries import children_of, departments_of, parent_of
from nhipcau.reports.design.templates import import_template
from nhipcau.tasks.actions import assign_all
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.departments import head, set_up
from tests.documents.letters import registered
from tests.quarterly import YAML


def test_an_office_has_its_departments_and_its_unions_apart(cast: Cast) -> None:
    departments = set_up()
    assert [unit.name for unit in departments_of(cast.province, TODAY)] == [  # type: ignore[attr-defined]
        "Ban Chính sách pháp luật",
        "Ban Tài chính",
        "Văn phòng",
    ]
    assert set(children_of(cast.province, TODAY)) == {cast.commune, cast.sibling_commune}
    assert parent_of(departments["T.CS"], TODAY) == cast.province


def test_a_branch_of_figures_holds_unions_alone(cast: Cast) -> None:
    before = branch(cast.province, TODAY).ids.tolist()
    set_up()
    assert branch(cast.province, TODAY).ids.tolist() == before


def test_what_goes_to_all_below_does_not_go_to_departments(cast: Cast) -> None:
    set_up()
    tasks = assign_all(document=registered(cast.clerk), actor=cast.provincial_officer, at=NOW)
    for task in tasks:
        assert {one.unit for one in task.assignments.all()} == {cast.commune, cast.sibling_commune}


def test_the_office_sees_its_departments_and_a_department_sees_itself(cast: Cast) -> None:
    departments = set_up()
    own = departments["T.CS"]
    assert cast.scope(cast.provincial_officer).sees(own)
    assert set(cast.scope(head(own)).units()) == {own}
    assert not cast.scope(cast.commune_officer).sees(own)


def test_no_template_asks_a_department_to_report(cast: Cast) -> None:
    asked = YAML.replace("reporters: [", "reporters: [department, ")
    assert asked != YAML
    with pytest.raises(InvalidInput) as told:
        import_template(data=asked.encode(), actor=SETUP, at=NOW)
    assert [fault.where for fault in told.value.faults] == ["reporters"]
