"""Eight at one task: it is taken, passed on and done once."""

from __future__ import annotations

from functools import partial

import pytest

from nhipcau.audit.models import Entry
from nhipcau.tasks.actions import acknowledge, complete
from nhipcau.tasks.models import Assignment, AssignmentState, Task
from tests.cast import assemble
from tests.concurrency.crowd import WRITERS, together
from tests.tasks.work import handed_out, of, on, passed_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_task_is_acknowledged_passed_on_and_done_once_each() -> None:
    cast = assemble()
    task = handed_out(cast)
    assignment = of(task, cast.commune)
    officer = cast.commune_officer
    done = together(*[partial(acknowledge, assignment=assignment, actor=officer, at=on(16))] * WRITERS)
    assert {one.state for one in done.results} == {AssignmentState.ACKNOWLEDGED}
    assert Entry.objects.filter(action="tasks.acknowledged").count() == 1

    passed = together(*[lambda: passed_on(cast, task)] * WRITERS)
    assert len({one.pk for one in passed.results}) == 1
    assert Task.objects.count() == 2
    assert Assignment.objects.filter(task=passed.results[0]).count() == 2

    finish = partial(complete, assignment=of(task, cast.sibling_commune), actor=cast.stranger, at=on(18))
    finished = together(*[partial(finish, note=f"Đã tập huấn {n} buổi") for n in range(WRITERS)])
    assert (len(finished.results), len(finished.conflicts)) == (1, WRITERS - 1)
    assert Entry.objects.filter(action="tasks.completed").count() == 1
