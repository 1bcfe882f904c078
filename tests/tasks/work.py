"""Tasks of the cast: the province's plan handed to its communes and passed on to a local union."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN
from nhipcau.org.models import Post, Unit
from nhipcau.tasks.actions import assign, reissue
from nhipcau.tasks.models import Assignment, AssignmentRole, Obligation, Task
from tests.cast import Cast
from tests.documents.letters import registered

LEAD, SUPPORT, INFORM = AssignmentRole.LEAD, AssignmentRole.SUPPORT, AssignmentRole.INFORM
REFUSED = "Nắm bắt dư luận xã hội trong công nhân khu công nghiệp"


def on(day: int, month: int = 3, hour: int = 9) -> dt.datetime:
    """A morning of 2026."""
    return dt.datetime(2026, month, day, hour, tzinfo=VN)


def training(cast: Cast) -> Obligation:
    """The plan's first obligation: due before 10/5/2026."""
    return registered(cast.clerk).obligations.get(position=1)


def handed_out(cast: Cast, *, needs_evidence: bool = False) -> Task:
    """The training given to both communes on 16 March."""
    return assign(
        obligation=training(cast),
        units={cast.commune: LEAD, cast.sibling_commune: LEAD},
        actor=cast.provincial_officer,
        at=on(16),
        needs_evidence=needs_evidence,
    )


def of(task: Task, unit: Unit) -> Assignment:
    """The unit's assignment of that task."""
    return task.assignments.get(unit=unit)


def passed_on(cast: Cast, task: Task, actor: Post | None = None) -> Task:
    """The commune's task for its two local unions."""
    return reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD, cast.other_local: LEAD},
        actor=actor or cast.commune_officer,
        at=on(17),
    )
