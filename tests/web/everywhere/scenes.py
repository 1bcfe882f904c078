"""Something of every kind in the commune's branch, and nothing of it in the sibling's."""

from __future__ import annotations

from nhipcau.tasks.actions import assign, reissue
from nhipcau.tasks.models import AssignmentRole
from tests.campaigns import scenes as campaigns
from tests.cast import NOW, Cast
from tests.tasks.announced import told
from tests.tasks.work import of, training
from tests.web.reports import scenes as reports


def everything(cast: Cast) -> None:
    """Work, letter, report, announcement, campaign and activity of that branch."""
    given(cast)
    reports.draft(reports.publish(), cast.local_volunteer)
    reports.gave_gifts(cast.local_volunteer)
    announced(cast)
    campaigns.opened(cast, branches=[cast.commune])


def given(cast: Cast) -> None:
    """The province's training went to the commune alone, and from there to its local unions."""
    lead = AssignmentRole.LEAD
    task = assign(obligation=training(cast), units={cast.commune: lead}, actor=cast.provincial_officer, at=NOW)
    units = {cast.local: lead, cast.other_local: lead}
    reissue(assignment=of(task, cast.commune), units=units, actor=cast.commune_officer, at=NOW)


def announced(cast: Cast) -> None:
    """Told to the commune's branch."""
    told(cast, branches=[cast.commune])
