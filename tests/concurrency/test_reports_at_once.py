"""Eight at the reports: nothing is sent twice, lost, or added up unseen."""

from __future__ import annotations

from functools import partial

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict
from nhipcau.core.numbers import Cell, CellState
from nhipcau.org.models import Post
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, save_draft
from nhipcau.reports.filling.workflow import accept, mark_ready, submit
from nhipcau.reports.issuing.corrections import restate
from nhipcau.reports.issuing.editions import issue_report, restate_issue
from nhipcau.reports.models import (
    IssuedReport,
    Seal,
    StaleFlag,
    Submission,
    SubmissionState,
    TemplateVersion,
    Unsettled,
)
from nhipcau.reports.sealing.seals import contributors_of
from tests import quarterly
from tests.cast import Cast
from tests.concurrency.crowd import STRESS, WRITERS, a_crowd, together
from tests.ops.tampering import sentences
from tests.quarterly import LATER, PERIOD

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = STRESS


@pytest.fixture
def crowd() -> tuple[Cast, list[Post], TemplateVersion]:
    cast, posts = a_crowd()
    return cast, posts, quarterly.publish()


def ready(post: Post, version: TemplateVersion, gifts: int) -> Submission:
    report = quarterly.draft(post, version, gifts=str(gifts))
    return mark_ready(submission=report, actor=post, at=LATER)


def logged(action: str) -> int:
    return Entry.objects.filter(action=action).count()


def open_causes(seal: Seal) -> set[int]:
    return set(StaleFlag.objects.filter(seal=seal, answer="").values_list("cause", flat=True))


def test_a_draft_opened_by_all_is_one_draft(crowd: tuple[Cast, list[Post], TemplateVersion]) -> None:
    _, posts, version = crowd
    post = posts[0]
    work = partial(open_draft, unit=post.unit, version=version, period=PERIOD, actor=post, at=LATER)
    assert len({report.pk for report in together(*[work] * WRITERS).results}) == 1
    assert Submission.objects.count() == 1


def test_of_eight_who_save_the_same_draft_one_wins_each_round(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    _, posts, version = crowd
    post, report = posts[0], quarterly.draft(posts[0], version)

    def save(edits: int, gifts: int) -> int:
        changes = DraftChanges(edits=edits, figures={"gifts": str(gifts)})
        save_draft(submission=report, changes=changes, actor=post, at=LATER)
        return gifts

    for _ in range(2 * ROUNDS):
        report.refresh_from_db()
        before = report.edits
        done = together(*[partial(save, before, gifts) for gifts in range(1, WRITERS + 1)])
        report.refresh_from_db()
        (winner,) = done.results
        assert len(done.conflicts) == WRITERS - 1
        assert report.edits == before + 1
        assert cells_of(report)["gifts"] == Cell(CellState.VALUE, winner)


def test_a_report_sent_by_all_is_sealed_once(crowd: tuple[Cast, list[Post], TemplateVersion]) -> None:
    _, posts, version = crowd
    report = ready(posts[0], version, 3)
    done = together(*[partial(submit, submission=report, actor=posts[0], at=LATER)] * WRITERS)
    assert len(done.results) == WRITERS
    assert (Seal.objects.count(), logged("reports.submitted")) == (1, 1)
    assert sentences() == []


def test_a_report_accepted_by_all_is_accepted_once(crowd: tuple[Cast, list[Post], TemplateVersion]) -> None:
    cast, posts, version = crowd
    report = submit(submission=ready(posts[0], version, 3), actor=posts[0], at=LATER)
    done = together(*[partial(accept, submission=report, actor=cast.commune_officer, at=LATER)] * WRITERS)
    assert len(done.results) == WRITERS
    assert logged("reports.accepted") == 1
    assert sentences() == []


def test_siblings_are_sent_and_accepted_while_the_level_above_sends_its_own(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    """Whatever the order: each report accepted went into the seal above, or is flagged there."""
    cast, posts, version = crowd
    first = [ready(post, version, gifts) for gifts, post in enumerate(posts, start=1)]
    sent = together(*[partial(submit, submission=r, actor=p, at=LATER) for r, p in zip(first, posts, strict=True)])
    assert len(sent.results) == Seal.objects.count() == WRITERS
    above = ready(cast.commune_officer, version, 100)
    work = [partial(accept, submission=report, actor=cast.commune_officer, at=LATER) for report in first]
    together(*work, partial(submit, submission=above, actor=cast.commune_officer, at=LATER))
    assert Submission.objects.filter(state=SubmissionState.ACCEPTED).count() == WRITERS
    _everything_is_seen(Seal.objects.get(unit=cast.commune))
    assert sentences() == []


def test_corrections_are_accepted_while_the_level_above_seals_anew(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    cast, posts, version = crowd
    officer = cast.commune_officer
    for gifts, post in enumerate(posts, start=1):
        accept(submission=quarterly.send(post, version, gifts=str(gifts)), actor=officer, at=LATER)
    accept(submission=quarterly.send(officer, version, gifts="100"), actor=cast.provincial_officer, at=LATER)
    for turn in range(1, ROUNDS + 1):
        half = posts[: WRITERS // 2]
        again = [quarterly.send(post, version, hours=str(turn * 10 + n)) for n, post in enumerate(half)]
        accept(submission=again[0], actor=officer, at=LATER)
        newest = Seal.objects.filter(unit=cast.commune).order_by("-place")[0]
        work = [partial(accept, submission=report, actor=officer, at=LATER) for report in again[1:]]
        together(*work, *[partial(restate, seal=newest, reason="Có số mới", actor=officer, at=LATER)] * 4)
        _everything_is_seen(Seal.objects.filter(unit=cast.commune).order_by("-place")[0])
        latest = Submission.objects.filter(unit=cast.commune).order_by("-revision")[0]
        accept(submission=latest, actor=cast.provincial_officer, at=LATER)
    assert sentences() == []


def test_two_levels_accept_at_once_and_neither_locks_the_other_out(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    """Both compare the same seals: the commune's and, above it, the province's."""
    cast, posts, version = crowd
    officer, above = cast.commune_officer, cast.provincial_officer
    accept(submission=quarterly.send(officer, version, gifts="90"), actor=above, at=LATER)
    quarterly.send(above, version, gifts="1")
    for turn in range(2, 2 + 2 * ROUNDS):
        sent = [quarterly.send(post, version, hours=str(turn)) for post in posts[:4]]
        again = quarterly.send(officer, version, hours=str(turn))
        work = [partial(accept, submission=report, actor=officer, at=LATER) for report in sent]
        together(*work, *[partial(accept, submission=again, actor=above, at=LATER)] * 4)
        latest = Seal.objects.filter(unit=cast.province).order_by("-place")[0]
        assert len(open_causes(latest)) == 5
        assert not Unsettled.objects.exists()


def _everything_is_seen(seal: Seal) -> None:
    assert not Unsettled.objects.exists()
    below = Submission.objects.filter(state=SubmissionState.ACCEPTED).exclude(unit=seal.unit)
    accepted = set(below.filter(unit__placements__parent=seal.unit).values_list("seal", flat=True))
    included = set(contributors_of(seal).tolist())
    assert accepted - included == open_causes(seal) - included
    assert accepted <= included | open_causes(seal)


def test_a_report_issued_by_all_has_one_number_while_its_unit_sends_a_correction(
    crowd: tuple[Cast, list[Post], TemplateVersion],
) -> None:
    cast, _, version = crowd
    officer = cast.provincial_officer
    quarterly.accepted(cast, version, gifts="3")
    quarterly.send(officer, version, gifts="1")
    issue = partial(
        issue_report,
        version=version,
        period=PERIOD,
        unit=cast.province,
        signer=officer,
        actor=cast.clerk,
        at=LATER,
    )
    correction = ready(officer, version, 2)
    work = [issue] * 4 + [partial(submit, submission=correction, actor=officer, at=LATER)] * 4
    done = together(*work)
    assert all(isinstance(conflict, Conflict) for conflict in done.conflicts)
    assert IssuedReport.objects.count() <= 1
    issue()
    assert IssuedReport.objects.count() == 1
    assert sentences() == []


def test_a_report_is_restated_and_issued_again_at_once(crowd: tuple[Cast, list[Post], TemplateVersion]) -> None:
    """One chain of seals, one number for each edition, whoever comes first."""
    cast, _, version = crowd
    officer, again = cast.provincial_officer, cast.commune_officer
    accept(submission=quarterly.send(again, version, gifts="3"), actor=officer, at=LATER)
    quarterly.send(officer, version, gifts="1")
    issued = issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=officer, actor=cast.clerk, at=LATER
    )
    for turn in range(1, ROUNDS + 1):
        accept(submission=quarterly.send(again, version, hours=str(turn)), actor=officer, at=LATER)
        sealed = Seal.objects.filter(unit=cast.province).order_by("-place")[0]
        anew = partial(restate, seal=sealed, reason="Có số mới", actor=officer, at=LATER)
        reissue = partial(
            restate_issue, issued=issued, reason="Có số mới", signer=officer, actor=cast.clerk, at=LATER
        )
        together(*[anew] * 4, *[reissue] * 4)
        assert IssuedReport.objects.count() <= turn + 1
    places = Seal.objects.filter(unit=cast.province).order_by("place").values_list("place", flat=True)
    assert list(places) == list(range(1, len(places) + 1))
    assert sentences() == []
