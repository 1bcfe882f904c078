"""The demonstration gives the figures of the real report it follows, and every one of them has its leaves."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from tests.cli.running import ROOT, Ran, nhipcau

TOTALS = {
    "tet_gifts": 816,
    "tet_money": 534_250_000,
    "houses": 9,
    "houses_money": 270_000_000,
    "houses_fund": 8,
    "houses_campaign": 1,
    "month_gifts": 756,
    "month_money": 320_359_400,
    "month_gifts_upper": 200,
    "month_money_upper": 100_000_000,
    "children_gifts": 240,
    "children_money": 72_000_000,
    "twin_gifts": 20,
    "twin_money": 5_000_000,
    "loans": 7,
    "loans_money": 80_000_000,
    "dialogues": 76,
    "inspected": 44,
    "inspected_enterprises": 35,
    "inspected_labour_office": 5,
    "inspected_council": 16,
    "directives": 12,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "instance"


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    ran = nhipcau("demo", "--dir", str(folder), "--no-serve", "--json", data=folder)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def ask(folder: Path, told: dict[str, Any], command: str, *args: str) -> Ran:
    where = ("--period", told["period"], "--unit", told["unit"])
    return nhipcau(command, told["template"], *args, *where, data=folder)


@pytest.fixture(scope="module")
def traced(told: dict[str, Any], folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The leaves of every total: the command itself, once per indicator, in one process."""
    where = ["--period", told["period"], "--unit", told["unit"], "--json"]
    calls = [["trace", told["template"], code, *where] for code in TOTALS]
    script = "import json,sys; from nhipcau.cli.main import cli\n"
    script += "for call in json.load(sys.stdin): cli.main(call, standalone_mode=False)"
    env = os.environ | {"NHIPCAU_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(calls), env=env, capture_output=True, text=True, check=True
    )
    found, rest = {}, done.stdout
    for code, total in TOTALS.items():
        traced, end = json.JSONDecoder().raw_decode(rest)
        found[code], rest = traced["leaves"], rest[end:].lstrip()
        assert traced["total"] == total
    return found


def test_every_total_is_exact(told: dict[str, Any]) -> None:
    assert {code: told["indicators"][code]["total"] for code in TOTALS} == TOTALS


def test_consolidate_says_the_same(told: dict[str, Any], folder: Path) -> None:
    found = json.loads(ask(folder, told, "consolidate", "--json").out)
    assert {code: found["values"][code] for code in TOTALS} == TOTALS


def test_every_total_is_its_leaves_and_together_they_reach_three_hundred_units(
    traced: dict[str, list[dict[str, Any]]],
) -> None:
    units: set[str] = set()
    for code, total in TOTALS.items():
        rows = traced[code]
        assert sum(leaf["value"] for leaf in rows) == total
        assert [leaf["by_hand"] for leaf in rows] == [0] * len(rows)
        units |= {leaf["unit"] for leaf in rows}
    assert len(units) >= 300


def test_the_houses_lie_where_they_were_built(traced: dict[str, list[dict[str, Any]]]) -> None:
    found = [(leaf["kind"], leaf["value"]) for leaf in traced["houses_fund"]]
    districts = sorted(value for kind, value in found if kind == "district")
    others = {kind: value for kind, value in found if kind != "district"}
    assert (districts, others) == ([1, 1, 2, 2], {"sector": 1, "industrial_zones": 1})


def test_joint_inspections_stand_once_with_their_records(traced: dict[str, list[dict[str, Any]]]) -> None:
    (lead,) = traced["inspected_council"]
    assert (lead["kind"], lead["value"], len(lead["activities"]), lead["by_hand"]) == ("province", 16, 16, 0)


def test_the_twelve_directives_are_named(traced: dict[str, list[dict[str, Any]]]) -> None:
    (lead,) = traced["directives"]
    assert [one["number"].split("/")[0] for one in lead["activities"]] == [f"{n:02d}" for n in range(1, 13)]


def test_the_directive_asks_four_things_and_one_district_is_silent(told: dict[str, Any]) -> None:
    counts = {stage["name"]: stage["counts"] for stage in told["stages"]}
    assert counts["Văn bản đến: đọc, xác nhận, vào sổ"] == {"incoming_number": 1, "obligations": 4, "citations": 1}
    cascade = counts["Giao việc và chuyển tiếp ba cấp"]
    assert (cascade["tasks"], cascade["acknowledged"], cascade["reminders"]) == (4, 30, 2)


def test_departments_got_the_directive_by_a_note_and_are_no_units_that_report(
    told: dict[str, Any], folder: Path
) -> None:
    counts = {stage["name"]: stage["counts"] for stage in told["stages"]}
    assert counts["Lập liên đoàn"]["units"] == counts["Tổng hợp và phát hành"]["expected"] == 347
    with sqlite3.connect(folder / "nhipcau.sqlite3") as database:
        rows = database.execute(
            "select k.code, a.state, a.role, count(*) from tasks_assignment a join org_unit u on u.id = a.unit_id"
            " join org_unitkind k on k.id = u.kind_id where k.internal group by 1, 2, 3 order by 3"
        ).fetchall()
        (units,) = database.execute("select count(*) from org_unit").fetchone()
    assert rows == [("department", "done", "lead", 1), ("department", "done", "support", 2)]
    assert units == 347 + 3 + 25  # with the departments, and the communes of 2025


def test_a_visitor_finds_work_waiting(told: dict[str, Any]) -> None:
    counts = {stage["name"]: stage["counts"] for stage in told["stages"]}
    assert counts["Việc đang chờ ngày 20/7/2018"] == {"to_confirm": 1, "to_note": 1, "tasks": 2, "passed_on": 22}


def test_a_visitor_finds_a_campaign_an_announcement_a_questionnaire_and_a_delegation_alive(
    told: dict[str, Any], folder: Path
) -> None:
    counts = next(stage["counts"] for stage in told["stages"] if stage["name"].startswith("Đang diễn ra"))
    assert counts == {"sessions": 20, "quiz_takers": 20, "read": 20, "answered": 9, "corrected": 1}
    with sqlite3.connect(folder / "nhipcau.sqlite3") as database:
        ((state, last),) = database.execute("select state, last_day from campaigns_campaign").fetchall()
        asked = database.execute(
            "select a.state, count(*) from tasks_assignment a join tasks_task t on t.id = a.task_id"
            " join tasks_questionnaire q on q.obligation_id = t.obligation_id"
            " join org_unit u on u.id = a.unit_id join org_unitkind k on k.id = u.kind_id"
            " where k.code = 'local' group by 1"
        ).fetchall()
        (away,) = database.execute(
            "select count(*) from org_delegation where starts_at <= '2018-07-20' and ends_at > '2018-07-20 12:00'"
        ).fetchone()
    assert (state, last > "2018-07-20", away) == ("open", True, 1)
    assert dict(asked) == {"done": 9, "assigned": 22 + 5}


def test_the_slip_was_caught_and_one_report_came_back(told: dict[str, Any]) -> None:
    counts = {stage["name"]: stage["counts"] for stage in told["stages"]}
    assert counts["Lập và gửi báo cáo"]["slips_caught"] == 1
    assert counts["Lập và gửi báo cáo"]["returned"] == 1
    assert counts["Tổng hợp và phát hành"]["missing"] == 3


def test_a_local_correction_made_the_issued_report_stale_and_it_was_restated(told: dict[str, Any]) -> None:
    counts = {stage["name"]: stage["counts"] for stage in told["stages"]}
    done = counts["Đính chính và báo cáo điều chỉnh"]
    assert (done["flags"], done["flags_left"]) == (3, 0), "the district's, the province's and the issued one"
    restated = next(Path(name) for name in told["files"] if "14-" in name and name.endswith(".docx"))
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(restated)).paragraphs)
    assert "thay thế Báo cáo số 13/BC-LĐLĐ" in words


def test_the_issued_files_hold_the_figures_and_the_letters(told: dict[str, Any]) -> None:
    files = {Path(name).suffix: Path(name) for name in told["files"] if "13-" in name}
    document = docx.Document(io.BytesIO(files[".docx"].read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    pdf = pypdfium2.PdfDocument(files[".pdf"].read_bytes())
    printed = "".join(page.get_textpage().get_text_range() for page in pdf)
    for total in TOTALS.values():
        figure = f"{total:,}".replace(",", ".")
        assert figure in cells
        assert figure in printed
    assert "12/LĐLĐ" in cells


def test_communes_replace_the_districts_and_2018_adds_up_then_and_now(told: dict[str, Any], folder: Path) -> None:
    counts = told["stages"][-1]["counts"]
    assert (counts["districts_ended"], counts["communes_begun"], counts["moved"]) == (10, 25, 220)
    assert (counts["totals_changed"], counts["communes_with_figures"]) == (0, 25)
    ran = ask(folder, told, "consolidate", "--tree", "at:2025-07-01", "--every-node", "--json")
    every = json.loads(ran.out)
    assert {code: every[0]["values"][code] for code in TOTALS} == TOTALS
    communes = {node["unit"]: node for node in every if node["unit"].startswith("X") and node["unit"][1:].isdigit()}
    assert len(communes) == 25
    assert sum(node["values"]["houses"] or 0 for node in communes.values()) == 7  # those of the districts
    assert not any(node["unit"].startswith("H") and "." not in node["unit"] for node in every)


def test_the_log_is_sealed_to_its_end(told: dict[str, Any], folder: Path) -> None:
    with sqlite3.connect(folder / "nhipcau.sqlite3") as database:
        total, sealed, last = database.execute(
            "select count(*), count(seq), max(seq) from audit_entry where actor <> 'system:cli'"
        ).fetchone()  # the tests before this one took figures by commands, which is noted
    assert total == sealed == last > 1000


def test_a_directory_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").write_text("của tôi")
    ran = nhipcau("demo", "--dir", str(tmp_path / "x"), "--no-serve", data=tmp_path / "y")
    assert (ran.code, "không ghi đè" in ran.err) == (1, True)
    assert (tmp_path / "x" / "mine.txt").exists()


def test_issuing_again_from_the_command_line_gives_the_same_number(told: dict[str, Any], folder: Path) -> None:
    ran = ask(folder, told, "issue", "--out", str(folder / "again"), "--json")
    assert json.loads(ran.out)["number"] == "14/BC-LĐLĐ"
    assert ask(folder, told, "issue", "--out", str(folder / "draft"), "--draft").code == 0
