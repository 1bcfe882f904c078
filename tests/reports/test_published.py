"""What others than the unit see of small counts of people: on every page, level, tree and document the same."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest

from nhipcau.analytics.cubes import answer
from nhipcau.analytics.questions import Question
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import HIDDEN, HIDDEN_TEXT, format_cell
from nhipcau.core.periods import parse_period
from nhipcau.documents.storing import files
from nhipcau.exchange.xlsx.exporting import export_forms
from nhipcau.org.models import Unit
from nhipcau.reports.filling.unit_report import unit_report
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.issuing.gathering import Parts, from_seal, gather
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import shown_cells
from nhipcau.reports.sealing.compared import explain
from nhipcau.reports.sealing.points import Point
from nhipcau.reports.totals.conservation import balances
from nhipcau.reports.totals.consolidation import consolidate
from nhipcau.reports.totals.lineage import trace
from nhipcau.reports.totals.over_time import consolidate_over_time, sub_periods
from nhipcau.reports.totals.published import published
from tests.cast import Cast, unit
from tests.reports import secrets
from tests.reports.secrets import CODES, EARLY, LATE, PERIOD

STARS = [HIDDEN_TEXT] * 4


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    version = secrets.publish()
    secrets.reported(version)
    return version


def shown(version: TemplateVersion, of: Unit, at: dt.datetime = LATE, day: dt.date | None = None) -> list[str]:
    cells = published(version=version, period=PERIOD, unit=of, at=at, day=day)[0].cells
    return [format_cell(cells[code], 0) for code in CODES]


def test_the_small_commune_is_hidden_with_another_and_the_large_one_shown(
    cast: Cast, version: TemplateVersion
) -> None:
    assert shown(version, cast.province) == ["59", "30", "29", "12"]
    assert shown(version, unit("XD")) == ["42", "21", "21", "28"]
    assert shown(version, cast.sibling_commune) == STARS, "three"
    assert shown(version, cast.commune) == STARS, "fourteen, but three is what would be left"
    assert {code: shown(version, unit(code))[0] for code in ("D1", "D3", "A1", "B2")} == {
        "D1": "*", "D3": "*", "A1": "*", "B2": "*",
    }, "a single unit's own is its own; below what is hidden, even nobody"  # fmt: skip
    members = published(version=version, period=PERIOD, unit=cast.commune, at=LATE)[0].cells["members"]
    assert members.value == 150, "other figures are as ever"


def test_every_page_and_level_hides_the_same(cast: Cast, version: TemplateVersion) -> None:
    every = published(version=version, period=PERIOD, unit=cast.province, at=LATE, depth=None)
    whole = {node.unit_id: dict(node.cells) for node in every}
    assert len(whole) == 13
    for below in Unit.objects.filter(pk__in=whole):
        for node in published(version=version, period=PERIOD, unit=below, at=LATE, depth=1):
            assert dict(node.cells) == whole[node.unit_id]


def test_a_node_is_the_same_by_its_place_in_a_slice_and_in_turn(cast: Cast, version: TemplateVersion) -> None:
    every = published(version=version, period=PERIOD, unit=cast.province, at=LATE, depth=None)
    in_turn = list(every)
    assert any(HIDDEN in node.cells.values() for node in in_turn)
    assert [every[place] for place in range(len(every))] == in_turn == list(every[:])


def test_before_the_due_date_a_running_count_is_not_shown_until_all_are_in(
    cast: Cast, version: TemplateVersion
) -> None:
    assert shown(version, cast.province, EARLY)[0] == "59", "all are in"
    secrets.report(version, unit("D2"), (1, 1), parse_period("2026-Q2"))
    running = published(version=version, period=parse_period("2026-Q2"), unit=cast.province, at=EARLY)[0]
    assert running.cells["hardship"] == HIDDEN


def test_on_another_days_tree_nothing_of_it_is_shown(cast: Cast, version: TemplateVersion) -> None:
    assert shown(version, cast.province, day=dt.date(2026, 5, 4)) == STARS


def test_what_is_hidden_in_one_quarter_is_hidden_in_the_year(cast: Cast, version: TemplateVersion) -> None:
    secrets.reported(version, parse_period("2026-Q2"), B1=(30, 30))
    asked = sub_periods("kho-khan", parse_period("2026-H1"), dt.date(2026, 7, 20))
    later = dt.datetime(2026, 7, 20, 9, 0, tzinfo=LATE.tzinfo)
    for of, said in ((cast.province, "175"), (cast.sibling_commune, "*"), (unit("XD"), "84")):
        cells = consolidate_over_time(reported=asked, unit=of, at=later)[0].cells
        assert format_cell(cells["hardship"], 0) == said
        assert (format_cell(cells["share"], 0) == "*") == (said == "*")


def test_nothing_takes_it_apart(cast: Cast, version: TemplateVersion) -> None:
    for code in CODES:
        with pytest.raises(InvalidInput, match=r"che ô nhỏ|tính lại"):
            trace(version=version, indicator=code, period=PERIOD, unit=cast.province, at=LATE)
        with pytest.raises(InvalidInput, match="che ô nhỏ"):
            now = Point(PERIOD)
            explain(version=version, indicator=code, unit=cast.province, before=now, after=now, at=LATE)
    asked = Question("kho-khan", (PERIOD.key,), str(cast.province.uid), ("hardship",), below=2)
    with pytest.raises(InvalidInput, match="không có trong phân tích"):
        answer(question=asked, unit=cast.province, today=LATE.date(), at=LATE)


def test_only_the_unit_sees_its_own_report_whole(cast: Cast, version: TemplateVersion) -> None:
    report = Submission.objects.get(unit=cast.local, period=PERIOD.key)
    assert [format_cell(shown_cells(report, cast.local)[code], 0) for code in CODES] == ["5", "3", "2", "10"]
    assert [format_cell(shown_cells(report, cast.commune)[code], 0) for code in CODES] == STARS
    for viewer, said in ((cast.local, "5"), (None, "5"), (cast.commune, "*")):
        (table,) = [b for b in unit_report(report=report, at=LATE, viewer=viewer).body if hasattr(b, "rows")]
        assert table.rows[1][3] == said


def test_a_form_for_a_unit_below_carries_none_of_it(cast: Cast, version: TemplateVersion) -> None:
    def texts(unit: Unit, *, with_children: bool) -> dict[int, bytes]:
        forms = export_forms(version=version, period=PERIOD, unit=unit, with_children=with_children)
        return {form.unit.pk: form.data for form in forms}

    own = texts(cast.local, with_children=False)[cast.local.pk]
    assert texts(cast.commune, with_children=True)[cast.local.pk] != own


def test_a_reorganisation_proves_it_without_printing_it(cast: Cast, version: TemplateVersion) -> None:
    (balance,) = balances(day=dt.date(2026, 10, 1), at=LATE)
    told = {figure.label: (figure.then, figure.now) for figure in balance.figures}
    assert told["Đoàn viên khó khăn được giúp"] == ("*", "*")
    assert balance.differences == ()


def test_a_restated_paper_does_not_tell_what_one_report_changed(cast: Cast, version: TemplateVersion) -> None:
    def gathered() -> Parts:
        return gather(version=version, period=PERIOD, unit=cast.province, at=LATE)

    signer = cast.provincial_officer
    secrets.sealed(signer)
    issued = issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=signer, actor=cast.clerk, at=LATE
    )
    assert from_seal(issued.seal).hidden == ()
    assert gathered().hidden == [], "nothing has changed since"
    Submission.objects.filter(unit=unit("D1")).update(state=SubmissionState.SUPERSEDED, revision=2)
    secrets.report(version, unit("D1"), (12, 9))
    assert gathered().hidden == ["hardship"]
    assert shown(version, cast.province)[0] == "60"


def test_the_issued_paper_prints_stars_where_the_total_itself_is_small(cast: Cast) -> None:
    version = secrets.publish()
    secrets.reported(version, PERIOD, **dict.fromkeys(("A1", "A2", "A3", "D1", "D2", "D3"), (0, 0)))
    signer = cast.provincial_officer
    secrets.sealed(signer)
    issued = issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=signer, actor=cast.clerk, at=LATE
    )
    paper = docx.Document(io.BytesIO(files.read(issued.docx)))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    assert [row[-1] for row in rows if "khó khăn" in row[1]] == ["*", "*", "*"]
    assert any("Dấu «*»" in line.text for line in paper.paragraphs)
    assert "Đoàn viên khó khăn được giúp · người · 3" not in issued.document.text
    sealed = from_seal(issued.seal)
    assert list(sealed.hidden) == ["hardship"]
    assert sealed.node.cells["hardship"].value == 3, "the seal holds it, to be proven"
    assert consolidate(version=version, period=PERIOD, unit=cast.province, at=LATE).cells["hardship"].value == 3
