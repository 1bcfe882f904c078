"""The issued report prints plans beside the figures where its template asks for them, and keeps them as sealed."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
import yaml

from nhipcau.core.numbers import HIDDEN, Cell, CellState
from nhipcau.core.official import Table
from nhipcau.core.periods import Period, parse_period
from nhipcau.documents.storing import files
from nhipcau.reports.design.plans import Plan
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.issuing.editions import draft_document, restate_issue
from nhipcau.reports.issuing.signing import paper
from nhipcau.reports.models import IssuedReport, SigningDraft, Target, TemplateVersion
from nhipcau.reports.planning.giving import give_targets
from nhipcau.reports.sealing.sealproof import SealProof
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.quarterly import LATER, PERIOD
from tests.reports.signing import back, cell, corrected, opened, refused
from tests.reports.test_issuing import issue

pytestmark = pytest.mark.django_db
PLANNED = {"gifts": "4", "money": "1.200.000"}


def published(*beside: str) -> TemplateVersion:
    raw = yaml.safe_load(quarterly.YAML)
    raw["sections"][0]["beside"] = list(beside)
    for item in raw["sections"][0]["indicators"]:
        item["target"] = item["code"] in ("gifts", "money", "hours")
    return import_template(data=yaml.safe_dump(raw).encode(), actor=SETUP, at=NOW).version


def give(cast: Cast, version: TemplateVersion, period: Period = PERIOD, **values: str) -> None:
    """What the province, with nobody above it, asks of itself."""
    typed = {(cast.province.pk, code): text for code, text in values.items()}
    give_targets(version=version, period=period, values=typed, actor=cast.provincial_officer, at=LATER)


def ready(cast: Cast, *beside: str) -> TemplateVersion:
    version = published(*beside)
    quarterly.accepted(cast, version, gifts="3", money="900.000", hours="2,5")
    quarterly.send(cast.provincial_officer, version)
    return version


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """Asks for both; the quarter's gifts and money have plans, the hours one for the year."""
    version = ready(cast, "plan", "percent")
    give(cast, version, PERIOD, **PLANNED)
    give(cast, version, parse_period("2026"), hours="10,0")
    return version


def drafted(cast: Cast, version: TemplateVersion) -> Table:
    officer = cast.provincial_officer
    laid = draft_document(version=version, period=PERIOD, unit=cast.province, signer=officer, at=LATER)
    return next(block for block in laid.body if isinstance(block, Table))


def beside(table: Table) -> dict[str, tuple[str, ...]]:
    """What stands beside each figure, empty ones left out."""
    return {row[1]: row[4:] for row in table.rows if any(row[4:])}


def headed(table: Table) -> list[str]:
    return [column.title for column in table.columns[4:]]


def test_plan_and_per_cent_stand_beside_the_figures_that_have_them(cast: Cast, version: TemplateVersion) -> None:
    table = drafted(cast, version)
    assert headed(table) == ["Kế hoạch", "% kế hoạch"]
    assert beside(table) == {
        "Số suất quà": ("4", "75,0"),
        "Số tiền quà": ("1.200.000", "75,0"),
        "Giờ tập huấn": ("10,0 (cả năm)", ""),
    }


@pytest.mark.parametrize(
    ("asked", "headings"), [((), []), (("plan",), ["Kế hoạch"]), (("percent",), ["% kế hoạch"])]
)
def test_only_what_the_template_asks_for_is_printed(
    cast: Cast, asked: tuple[str, ...], headings: list[str]
) -> None:
    version = ready(cast, *asked)
    give(cast, version, PERIOD, **PLANNED)
    assert headed(drafted(cast, version)) == headings


def test_a_column_with_nothing_in_it_is_left_out(cast: Cast) -> None:
    version = ready(cast, "plan", "percent")
    assert headed(drafted(cast, version)) == []
    give(cast, version, parse_period("2026"), gifts="12")
    assert headed(drafted(cast, version)) == ["Kế hoạch"]


@pytest.mark.parametrize(
    ("plan", "figure"),
    [
        (Plan(Cell(CellState.VALUE, 4), yearly=False), HIDDEN),
        (Plan(Cell(CellState.VALUE, 4), yearly=False), Cell(CellState.MISSING)),
        (Plan(Cell(CellState.VALUE, 0), yearly=False), Cell(CellState.VALUE, 3)),
        (Plan(Cell(CellState.VALUE, 4), yearly=True), Cell(CellState.VALUE, 3)),
    ],
)
def test_hidden_and_missing_figures_have_no_per_cent(plan: Plan, figure: Cell) -> None:
    assert plan.reached_by(figure) is None


def test_both_files_show_it(cast: Cast, version: TemplateVersion) -> None:
    issued = issue(cast, version)
    word = docx.Document(io.BytesIO(files.read(issued.docx)))
    assert [cell(word, "Số suất quà", column).text for column in (3, 4, 5)] == ["3", "4", "75,0"]
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files.read(issued.pdf)))
    assert "1.200.000" in text and "75,0" in text and "10,0 (cả năm)" in " ".join(text.split())


def test_a_plan_changed_later_changes_neither_draft_nor_issued_report(cast: Cast, version: TemplateVersion) -> None:
    draft = opened(cast, version)
    before = paper(draft)
    give(cast, version, gifts="30", money="", hours="1,0")
    assert paper(SigningDraft.objects.get(pk=draft.pk)) == before
    issued = issue(cast, version)
    word = docx.Document(io.BytesIO(files.read(issued.docx)))
    assert cell(word, "Số suất quà", 4).text == "4"
    assert not list(SealProof().findings(lambda done: None))


def test_a_restatement_prints_the_plans_of_its_day_and_lists_what_changed(
    cast: Cast, version: TemplateVersion
) -> None:
    first: IssuedReport = issue(cast, version)
    give(cast, version, gifts="8", money="")
    corrected(cast, version)
    again = restate_issue(
        issued=first, reason="Bổ sung", signer=cast.provincial_officer, actor=cast.clerk, at=LATER
    )
    word = docx.Document(io.BytesIO(files.read(again.docx)))
    changed = {row.cells[0].text: [row.cells[2].text, row.cells[3].text] for row in word.tables[1].rows[1:]}
    assert changed["Số suất quà"] == ["3", "4"]
    assert changed["Kế hoạch: Số suất quà"] == ["4", "8"]
    assert changed["Kế hoạch: Số tiền quà"] == ["1.200.000", ""]
    assert cell(docx.Document(io.BytesIO(files.read(first.docx))), "Số suất quà", 4).text == "4"


def test_reading_back_takes_plans_as_printed_and_names_one_changed_by_hand(
    cast: Cast, version: TemplateVersion
) -> None:
    draft = opened(cast, version)
    Target.objects.all().delete()
    said = refused(cast, draft, lambda d: setattr(cell(d, "Số suất quà", 5), "text", "100,0"))
    assert said.splitlines()[0].endswith("cột «% kế hoạch»: 75,0 → 100,0") and len(said.splitlines()) == 1
    back(cast, draft, lambda d: None)
