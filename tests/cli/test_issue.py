"""`issue` by way of signature: opened, read back, numbered, signed copy attached; and the restatement."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from nhipcau.cli import issuing
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.filling.workflow import mark_ready, submit
from nhipcau.reports.models import IssuedReport, SigningDraft, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER

Issue = Callable[..., dict[str, Any]]


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000", hours="2,5")
    officer = cast.provincial_officer
    report = quarterly.draft(officer, version)
    changes = DraftChanges(edits=report.edits, narrative={"danh_gia": "Đã trao đủ quà cho đoàn viên."})
    report = save_draft(submission=report, changes=changes, actor=officer, at=LATER)
    submit(submission=mark_ready(submission=report, actor=officer, at=LATER), actor=officer, at=LATER)
    return version


@pytest.fixture
def issue(version: TemplateVersion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issue:
    """`nhipcau issue quy --period 2026-Q1 …` in this process, at the moment of the tests."""
    monkeypatch.setattr(issuing, "open_instance", lambda: None)
    monkeypatch.setattr(issuing, "now", lambda: LATER)

    def run(*args: str) -> dict[str, Any]:
        out = ("--period", "2026-Q1", "--unit", "T", "--out", str(tmp_path / "out"), "--json")
        ran = CliRunner().invoke(issuing.issue, ["quy", *out, *args])
        if ran.exception is not None and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        if ran.exit_code:
            return {"exit": ran.exit_code, "err": ran.stderr}
        return {**json.loads(ran.stdout), "err": ran.stderr}

    return run


def edit(path: str, change: Callable[[Any], object]) -> str:
    document = docx.Document(path)
    change(document)
    document.save(path)
    return path


def said(path: str) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(Path(path).read_bytes())).paragraphs)


def new_words(document: Any) -> None:
    one = next(p for p in document.paragraphs if p.text.startswith("Đã trao đủ quà"))
    one.text = "Đã trao sớm quà cho đoàn viên."


def test_the_draft_is_the_same_when_asked_again(issue: Issue) -> None:
    first = issue("--draft")
    again = issue("--draft")
    assert (first["number"], first["state"]) == (None, "out")
    assert {**first, "err": ""} == {**again, "err": ""}
    assert [Path(path).name for path in first["files"]] == ["du-thao-quy-2026-Q1.docx", "du-thao-quy-2026-Q1.pdf"]
    assert SigningDraft.objects.count() == 1


def test_the_whole_way_through_signature(issue: Issue) -> None:
    opened = issue("--draft")
    back = issue("--read-back", edit(opened["files"][0], new_words))
    assert "- Đã trao đủ quà cho đoàn viên.\n  + Đã trao sớm quà cho đoàn viên." in back["err"]
    assert "Đã trao sớm quà cho đoàn viên." in said(back["files"][0])
    numbered = issue("--signed-on", "2026-04-06")
    assert (numbered["number"], numbered["state"]) == ("01/BC-LĐLĐ", "numbered")
    assert not IssuedReport.objects.exists()
    done = issue("--signed", numbered["files"][1])
    assert (done["number"], done["state"], done["edition"]) == ("01/BC-LĐLĐ", "issued", 0)
    assert issue()["number"] == issue("--signed", numbered["files"][1])["number"] == "01/BC-LĐLĐ"
    assert IssuedReport.objects.get().signed_copy is not None


def test_number_and_signed_copy_in_one_call(issue: Issue) -> None:
    pdf = issue("--draft")["files"][1]
    assert issue("--signed-on", "2026-04-06", "--signed", pdf)["state"] == "issued"


def test_a_changed_figure_is_refused_with_its_name(issue: Issue) -> None:
    def change(document: Any) -> None:
        row = next(r for t in document.tables for r in t.rows if r.cells[1].text == "Số suất quà")
        row.cells[3].text = "30"

    with pytest.raises(InvalidInput) as refusal:
        issue("--read-back", edit(issue("--draft")["files"][0], change))
    assert "dòng «Số suất quà», cột «Số lượng»: 3 → 30" in str(refusal.value.faults[0])


def test_one_step_goes_on_from_the_draft_and_says_so(issue: Issue) -> None:
    issue("--draft")
    done = issue()
    assert "từ bản trình ký" in done["err"]
    assert issue()["number"] == done["number"]


def test_without_a_draft_nothing_comes_back(issue: Issue, tmp_path: Path) -> None:
    for args in (("--read-back", str(tmp_path / "a.docx")), ("--signed-on", "2026-04-06")):
        with pytest.raises(NotFound, match="--draft"):
            issue(*args)


def test_steps_that_exclude_each_other_are_wrong_usage(issue: Issue) -> None:
    assert issue("--draft", "--signed-on", "2026-04-06")["exit"] == 2
    assert issue("--signed-on", "hôm qua")["exit"] == 2
    pdf = issue("--draft")["files"][1]
    assert issue("--signed", pdf)["exit"] == 2


def test_a_stale_report_is_restated_under_a_new_number(cast: Cast, version: TemplateVersion, issue: Issue) -> None:
    first = issue()
    quarterly.accepted(cast, version, gifts="4", money="900.000", hours="2,5")
    second = issue()
    assert (first["number"], second["number"], second["edition"]) == ("01/BC-LĐLĐ", "02/BC-LĐLĐ", 1)
    assert issue()["number"] == "02/BC-LĐLĐ"
    assert IssuedReport.objects.get(edition=1).reason == issuing.CHANGED


def test_a_restatement_may_go_through_signature(cast: Cast, version: TemplateVersion, issue: Issue) -> None:
    issue()
    nothing = issue("--draft")
    assert (nothing["number"], nothing["state"]) == (None, "issued"), "nothing to sign: a copy with a blank number"
    assert "01/BC-LĐLĐ" not in said(nothing["files"][0])
    quarterly.accepted(cast, version, gifts="4", money="900.000", hours="2,5")
    opened = issue("--draft", "--reason", "Cơ sở đính chính số quà.")
    assert "Cơ sở đính chính số quà." in said(opened["files"][0])
    done = issue("--signed-on", "2026-04-06", "--signed", opened["files"][1])
    assert (done["number"], done["edition"]) == ("02/BC-LĐLĐ", 1)


def test_figures_that_change_meanwhile_stop_it_until_decided(
    cast: Cast, version: TemplateVersion, issue: Issue
) -> None:
    issue("--draft")
    quarterly.accepted(cast, version, gifts="4", money="900.000", hours="2,5")
    with pytest.raises(Conflict, match="đã thay đổi"):
        issue("--signed-on", "2026-04-06")
    assert issue("--signed-on", "2026-04-06", "--as-sealed")["number"] == "01/BC-LĐLĐ"
