"""A unit ends with a report under way: nobody is left below, so the level above finishes it."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.core.numbers import Cell, CellState
from nhipcau.org.models import Post
from nhipcau.org.queries import left_to, superior_of
from nhipcau.org.scope import Scope
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import EntrySource, SubmissionState, TemplateVersion
from nhipcau.reports.queries import waiting_for
from nhipcau.reports.totals.consolidation import consolidate
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import PERIOD
from tests.reorganisations import AFTER, DAY, happen

# An Hải ends with its first local union; the second goes to Bình Sơn.
BOTH_END = """event,42/QĐ-LĐLĐ,Giải thể,,,2026-10-01
end,XA
end,A1
move,A2,,,XB
"""


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def waiting(post: Post, at: dt.datetime = AFTER) -> list[int]:
    return [report.unit_id for report in waiting_for(Scope(post, at))]


def test_a_report_sent_before_its_unit_ended_is_accepted_by_the_level_above(
    cast: Cast, version: TemplateVersion
) -> None:
    sent = quarterly.send(cast.commune_officer, version, gifts="4")
    happen()
    assert waiting(cast.provincial_officer) == [cast.commune.pk]
    assert accept(submission=sent, actor=cast.provincial_officer, at=AFTER).state == SubmissionState.ACCEPTED
    total = consolidate(version=version, period=PERIOD, unit=cast.province, at=AFTER)
    assert total.cells["gifts"] == Cell(CellState.VALUE, 4)


def test_where_the_superior_ended_too_it_waits_with_the_next_one_that_stands(
    cast: Cast, version: TemplateVersion
) -> None:
    sent = quarterly.send(cast.local_volunteer, version, gifts="3")
    assert waiting(cast.provincial_officer) == []
    happen(BOTH_END)
    assert superior_of(cast.local, DAY) == cast.province
    assert set(left_to(cast.province, DAY)) == {cast.commune.pk, cast.local.pk}
    assert waiting(cast.provincial_officer) == [cast.local.pk]
    assert waiting(cast.stranger) == []
    with pytest.raises(NotAllowed):
        accept(submission=sent, actor=cast.stranger, at=AFTER)
    accept(submission=sent, actor=cast.provincial_officer, at=AFTER)


def test_the_level_above_enters_what_an_ended_unit_left_on_paper(cast: Cast, version: TemplateVersion) -> None:
    happen(BOTH_END)
    told = EnteredReport(source=EntrySource.TELEPHONE, note="Nguyên chủ tịch báo", figures={"gifts": "2"})
    with pytest.raises(NotFound):
        enter_for(unit=cast.local, version=version, period=PERIOD, entered=told, actor=cast.stranger, at=AFTER)
    made = enter_for(
        unit=cast.local, version=version, period=PERIOD, entered=told, actor=cast.provincial_officer, at=AFTER
    )
    assert made.state == SubmissionState.ACCEPTED


def test_a_unit_that_stands_has_its_superior_of_the_day(cast: Cast) -> None:
    happen()
    assert superior_of(cast.local, DAY) == cast.sibling_commune, "it moved there"
    assert superior_of(cast.local, DAY - dt.timedelta(days=1)) == cast.commune
    assert superior_of(cast.province, DAY) is None
    assert set(left_to(cast.province, DAY)) == {cast.commune.pk}
