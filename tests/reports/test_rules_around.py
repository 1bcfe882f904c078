"""Rules that look at other periods, at the units below and at the units beside."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import Cell, CellState, pack
from nhipcau.core.periods import Period
from nhipcau.org.actions import import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Unit
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.workflow import mark_ready
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.around import findings_of, findings_of_all
from tests import quarterly
from tests.cast import NOW, SETUP, TREE, Cast, unit
from tests.quarterly import PERIOD

LATE = dt.datetime(2027, 4, 6, 9, 0, tzinfo=VN)


def publish(check: str, severity: str = "error") -> TemplateVersion:
    """The tests' template with one rule."""
    head, _, rest = quarterly.YAML.partition("rules:\n")
    rule = f'rules:\n  - {{code: r, severity: {severity}, check: "{check}", message: "{{money}} đồng"}}\n'
    data = (head + rule + rest[rest.index("narrative:") :]).encode()
    return import_template(data=data, actor=SETUP, at=NOW).version


def reported(
    version: TemplateVersion, of: Unit, period: Period, state: str = SubmissionState.ACCEPTED, **figures: int
) -> Submission:
    """A report as it lies in the database."""
    cells = [
        Cell(CellState.VALUE, figures[key]) if key in figures else Cell(CellState.MISSING) for key in version.cells
    ]
    return Submission.objects.create(
        unit=of, version=version, period=period.key, state=state, payload=pack(cells), created_at=NOW,
        submitted_at=NOW, narrative={"danh_gia": ""},
    )  # fmt: skip


def years(count: int) -> list[Period]:
    """The quarter and as many before it, the latest first."""
    found = [PERIOD.next().next().next().next()]
    while len(found) <= count:
        found.append(found[-1].previous())
    return found


def speaks(report: Submission) -> bool:
    return bool([finding for finding in findings_of(report) if finding.rule == "r"])


@pytest.mark.parametrize(("check", "back"), [("money <= previous(money)", 1), ("money <= last_year(money)", 4)])
def test_a_rule_compares_with_an_accepted_report_of_another_period(cast: Cast, check: str, back: int) -> None:
    version, periods = publish(check), years(4)
    now = reported(version, cast.local, periods[0], SubmissionState.DRAFT, money=9)
    assert not speaks(now)
    earlier = reported(version, cast.local, periods[back], SubmissionState.SUBMITTED, money=8)
    assert not speaks(now)
    Submission.objects.filter(pk=earlier.pk).update(state=SubmissionState.ACCEPTED)
    assert speaks(now)


def test_a_slip_of_the_unit_stands_out_against_three_earlier_periods(cast: Cast) -> None:
    version, periods = publish("not slip(money)", "warning"), years(4)
    for period, money in zip(periods[1:3], (70_000_000, 90_000_000), strict=True):
        reported(version, cast.local, period, money=money)
    now = reported(version, cast.local, periods[0], SubmissionState.DRAFT, money=72_000)
    assert not speaks(now)
    reported(version, cast.local, periods[3], money=60_000_000)
    assert speaks(now)
    assert findings_of(now)[0].cells == ("money",)


def test_a_warning_about_another_period_must_be_explained_before_it_goes_on(cast: Cast) -> None:
    version, periods = publish("money <= previous(money) * 5", "warning"), years(1)
    reported(version, cast.local, periods[1], money=8)
    now = reported(version, cast.local, periods[0], SubmissionState.DRAFT, money=900)
    with pytest.raises(InvalidInput, match="1 chỗ phải xử lý"):
        mark_ready(submission=now, actor=cast.local_volunteer, at=LATE)
    Submission.objects.filter(pk=now.pk).update(explanations={"r": "Đợt vận động lớn"})
    assert mark_ready(submission=now, actor=cast.local_volunteer, at=LATE).state == SubmissionState.READY


def test_what_is_below_is_added_up_from_accepted_reports(cast: Cast) -> None:
    version = publish("money <= children(money)")
    own = reported(version, cast.commune, PERIOD, SubmissionState.DRAFT, money=10)
    reported(version, cast.local, PERIOD, money=6)
    sent = reported(version, cast.other_local, PERIOD, SubmissionState.SUBMITTED, money=5)
    reported(version, cast.sibling_local, PERIOD, money=100)
    assert speaks(own)
    Submission.objects.filter(pk=sent.pk).update(state=SubmissionState.ACCEPTED)
    assert not speaks(own)


def test_peers_are_units_of_the_kind_under_the_same_superior_and_at_least_ten(cast: Cast) -> None:
    version = publish("money <= peers(money) * 5", "info")
    more = "".join(f"P{n},Công đoàn cơ sở số {n},local,XA,2025-07-01,CĐCS,An Hải,9\n" for n in range(10))
    import_tree(rows=read_rows((TREE.partition("\n")[0] + "\n" + more).encode()), actor=SETUP, at=NOW)
    beside = [unit(f"P{n}") for n in range(10)]
    for place, one in enumerate(beside[:9]):
        reported(version, one, PERIOD, money=10 + place)
    now = reported(version, cast.local, PERIOD, money=900)
    assert not speaks(now)
    reported(version, beside[9], PERIOD, money=19)
    assert speaks(now)


def test_many_reports_are_checked_with_as_many_questions_as_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version, periods = publish("money <= previous(money)"), years(1)
    for one in (cast.local, cast.other_local, cast.sibling_local):
        reported(version, one, periods[1], money=5)
        reported(version, one, periods[0], SubmissionState.DRAFT, money=9)
    drafts = list(Submission.objects.filter(period=periods[0].key).select_related("version__template"))
    with django_assert_num_queries(2):
        found = findings_of_all(drafts)
    assert [len(one) for one in found] == [1, 1, 1]


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("money <= usual(average)", "chỉ dùng cho chỉ tiêu được nhập"),
        ("money <= children(average)", "chỉ dùng cho chỉ tiêu cộng được"),
        ("money <= previous(nothing)", "không có chỉ tiêu «nothing»"),
        ("money <= previous(money + 1)", "dùng «previous(money + 1)»"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_template(cast: Cast, check: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        publish(check)
    assert said in str([fault.message for fault in refusal.value.faults])
