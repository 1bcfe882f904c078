"""The paper of one figure: what the lineage proves, with signed sheets, evidence and corrections."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.queries import get_type
from nhipcau.core.errors import InvalidInput
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Unit
from nhipcau.press.path import FigurePath
from nhipcau.reports.filling.papers import attach_signed
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.issuing import figure_paper as module
from nhipcau.reports.issuing.figure_paper import figure_paper
from nhipcau.reports.models import TemplateVersion
from tests import quarterly
from tests.cast import NOW, Cast
from tests.quarterly import LATER, PERIOD
from tests.reorganisations import AFTER, DAY, happen


def paper(version: TemplateVersion, unit: Unit, code: str = "gifts", day: dt.date | None = None) -> FigurePath:
    return figure_paper(version=version, indicator=code, period=PERIOD, unit=unit, at=AFTER, day=day)


def accepted(cast: Cast, version: TemplateVersion, **figures: str) -> None:
    report = quarterly.accepted(cast, version, **figures)
    scan = [Paper("bản ký.txt", "đã ký".encode())]
    attach_signed(submission=report, papers=scan, actor=cast.local_volunteer, at=LATER)


def test_the_tree_the_report_its_records_and_its_signed_sheet_are_on_it(cast: Cast) -> None:
    version = quarterly.publish()
    given = ActivityInput(
        held_on=dt.date(2026, 3, 10),
        values={"gifts": 2, "money": 400_000},
        papers=[Paper("danh sách chi.txt", "2 suất".encode())],
        paper_location="Tủ 2, ngăn 1",
    )
    log_activity(unit=cast.local, kind=get_type("tang_qua"), given=given, actor=cast.local_volunteer, at=NOW)
    accepted(cast, version, gifts="3", money="900.000")
    found = paper(version, cast.province)
    assert found.value == "3 suất"
    assert [(node.depth, node.own, node.whole) for node in found.nodes] == [
        (0, "", "3"),
        (1, "", "3"),
        (2, "3", "3"),
    ]
    (sheet,) = found.sheets
    assert sheet.unit == "Công đoàn cơ sở Công ty May Hải Âu"
    (origin,) = sheet.origins
    assert origin.value == "2" and origin.papers[0].startswith("danh sách chi.txt [")
    assert origin.papers[1] == "Chứng từ lưu tại: Tủ 2, ngăn 1"
    assert sheet.closing[0] == "Nhập tay: 1"
    assert sheet.closing[1].startswith("Bản đã ký, đóng dấu: bản ký.txt [")


def test_a_corrected_report_shows_what_it_said_before(cast: Cast) -> None:
    version = quarterly.publish()
    accepted(cast, version, gifts="3")
    report = quarterly.send(cast.local_volunteer, version, gifts="5")
    accept(submission=report, actor=cast.commune_officer, at=LATER)
    (sheet,) = paper(version, cast.province).sheets
    assert (sheet.value, sheet.closing[-1]) == ("5", "Trước khi điều chỉnh, bản thứ 1: 3")


def test_on_todays_tree_a_share_says_of_how_much_it_is_one_and_where_it_counts(cast: Cast) -> None:
    version = quarterly.publish()
    report = quarterly.send(cast.commune_officer, version, gifts="10")
    accept(submission=report, actor=cast.provincial_officer, at=LATER)
    happen()
    found = paper(version, cast.province, day=DAY)
    assert sorted(sheet.value for sheet in found.sheets) == [
        "3 trên 10, tính tại Công đoàn phường Bình Sơn",
        "7 trên 10, tính tại Công đoàn phường Hải Long",
    ]
    assert sum(int(node.own) for node in found.nodes if node.own) == 10


def test_a_formula_and_more_reports_than_fit_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = quarterly.publish()
    accepted(cast, version, gifts="3", money="900.000")
    with pytest.raises(InvalidInput, match="tính lại"):
        paper(version, cast.province, "average")
    monkeypatch.setattr(module, "MOST", 0)
    with pytest.raises(InvalidInput, match="quá 0 báo cáo"):
        paper(version, cast.province)
