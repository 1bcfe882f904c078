"""Exit codes, machine output, and one sentence for every kind of bad input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests import quarterly, tables
from tests.cast import TREE
from tests.cli.running import in_a_row, nhipcau
from tests.exchange.test_xlsform import workbook
from tests.reorganisations import SPLIT, file

LETTER = """CÔNG ĐOÀN NGÀNH Y TẾ ĐÔNG GIANG
CÔNG ĐOÀN CƠ SỞ TRẠM Y TẾ HẢI LONG
Số: 07/KH-CĐCS

KẾ HOẠCH
Tổ chức hội thao năm 2026

Đề nghị các tổ công đoàn đăng ký trước ngày 15/5/2026.
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with the tree of the cast, made once."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "cay.csv").write_text(TREE, "utf-8")
    tables.lay(folder / "data")
    assert nhipcau("org", "import", "cay.csv", data=folder / "data").code == 0
    return folder / "data"


@pytest.fixture
def tree(planted: Path, data: Path) -> Path:
    """A copy of it for one test."""
    shutil.copytree(planted, data)
    return data


def test_wrong_usage_is_two(data: Path) -> None:
    assert nhipcau("nope", data=data).code == 2
    assert nhipcau("consolidate", data=data).code == 2


def test_read_prints_one_document_as_json_and_needs_no_database(data: Path, tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text(LETTER, "utf-8")
    ran = nhipcau("read", "thu.txt", "--json", data=data)
    found = json.loads(ran.out)
    assert (ran.code, found["number"], found["doc_type"]) == (0, "07/KH-CĐCS", "kế hoạch")
    assert found["deadlines"][0]["due"] == "2026-05-14"
    assert not data.exists()


def test_read_goes_on_after_a_file_it_cannot_read(data: Path, tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text(LETTER, "utf-8")
    (tmp_path / "hong.docx").write_bytes(b"not a zip")
    (tmp_path / "trong.pdf").write_bytes(b"")
    ran = nhipcau("read", "hong.docx", "trong.pdf", "thieu.txt", "thu.txt", "--json", data=data)
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["hong.docx", "trong.pdf", "thieu.txt"]
    assert json.loads(ran.out)["number"] == "07/KH-CĐCS"


def test_boundary_check_keeps_the_order_and_says_why(data: Path) -> None:
    lines = "Số cuộc đối thoại tại nơi làm việc\nDanh sách đoàn viên theo đạo, ghi rõ tôn giáo\n"
    ran = nhipcau("boundary", "check", "-", "--json", data=data, given=lines)
    found = json.loads(ran.out)
    assert [one["verdict"] for one in found] == ["allowed", "refused"]
    assert found[1]["rule"]
    assert found[1]["ground"]
    assert ran.code == 1


def test_the_tree_is_imported_and_shown(tree: Path) -> None:
    now, before = in_a_row(("org", "show", "XA", "--json"), ("org", "show", "XA", "--at", "2024-01-01"), data=tree)
    assert [unit["code"] for unit in json.loads(now.out)["units"]] == ["XA", "A1", "A2"]
    assert before.code == 1


def test_a_tree_with_a_cycle_imports_nothing(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "vong.csv").write_text(
        "code,name,kind,parent,from\nA,Công đoàn A,local,B,2020-01-01\nB,Công đoàn B,local,A,2020-01-01\n", "utf-8"
    )
    ran, shown = in_a_row(("org", "import", "vong.csv"), ("org", "show", "A"), data=tree)
    assert (ran.code, "vòng" in ran.err) == (1, True)
    assert shown.code == 1


def test_a_template_is_imported_once_and_its_figures_can_be_asked(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "quy.yaml").write_text(quarterly.YAML, "utf-8")
    publish = ("template", "import", "quy.yaml")
    first, again, asked, traced, explained = in_a_row(
        publish,
        publish,
        ("consolidate", "quy", "--period", "2026-Q1", "--json"),
        ("trace", "quy", "gifts", "--period", "2026-Q1", "--pdf", "nguon.pdf"),
        ("explain-change", "quy", "gifts", "--period", "2026-Q2", "--json"),
        data=tree,
    )
    assert (first.code, "Không có gì đổi" in again.err) == (0, True)
    found = json.loads(asked.out)
    assert found["values"]["gifts"] is None
    assert found["coverage"]["missing"] == found["coverage"]["expected"] == 6
    assert (traced.code, traced.out) == (0, "")
    assert (tree.parent / "nguon.pdf").read_bytes().startswith(b"%PDF")
    changed = json.loads(explained.out)
    assert (changed["difference"], changed["contributions"]) == (0, [])


def test_a_reorganisation_is_previewed_then_taken_once(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "su-kien.csv").write_bytes(file(SPLIT))
    take = ("org", "reorganise", "su-kien.csv")
    show = ("org", "show", "T", "--at", "2026-10-01", "--json")
    seen, taken, again, shown = in_a_row((*take, "--dry-run"), take, take, show, data=tree)
    assert (seen.code, "chưa ghi gì" in seen.err) == (0, True)
    for line in (
        "lập                 XC",
        "chấm dứt            XA  Công đoàn xã An Hải",
        "XA  Công đoàn xã An Hải → XC  2",
    ):
        assert line in seen.out
    assert (taken.code, "đã được ghi trước đó" in again.err) == (0, True)
    assert [unit["code"] for unit in json.loads(shown.out)["units"]] == ["T", "XB", "XC"]


ABSENT = (
    (("consolidate", "quy", "--period", "2026-Q9"), "2026-Q9"),
    (("consolidate", "nope", "--period", "2026-Q1"), "nope"),
    (("trace", "nope", "gifts", "--period", "2026-Q1"), "nope"),
    (("explain-change", "nope", "gifts", "--period", "2026-Q1"), "nope"),
    (("issue", "nope", "--period", "2026-Q1", "--out", "x"), "nope"),
    (("template", "import", "nope.yaml"), "nope.yaml"),
    (("org", "import", "."), "thư mục"),
    (("org", "reorganise", "nope.csv"), "nope.csv"),
)


def test_what_is_not_there_is_said_in_a_sentence(tree: Path) -> None:
    for ran, (args, says) in zip(in_a_row(*(args for args, _ in ABSENT), data=tree), ABSENT, strict=True):
        assert (ran.code, ran.out) == (1, ""), args
        assert says in ran.err, args


def test_the_doctor_names_what_it_looked_at(tree: Path) -> None:
    ran = nhipcau("doctor", "--json", data=tree)
    assert {"Cơ sở dữ liệu", "Phông chữ PDF", "Ranh giới"} <= {one["name"] for one in json.loads(ran.out)}


def test_the_worker_runs_once(tree: Path) -> None:
    assert nhipcau("worker", "--once", data=tree).code == 0


def test_a_template_goes_out_as_a_file_and_plans_come_in_from_one(tree: Path, tmp_path: Path) -> None:
    text = quarterly.YAML.replace("unit: suất, source", "unit: suất, target: true, source", 1)
    (tmp_path / "mau.yaml").write_text(text, "utf-8")
    (tmp_path / "ke-hoach.csv").write_text("Mã đơn vị,gifts\nA1,120\n", "utf-8")
    (tmp_path / "sai.csv").write_text("Mã đơn vị,gifts\nA1,mười\n", "utf-8")
    about = ("--template", "quy", "--period", "2026")
    _, out, given, wrong = in_a_row(
        ("template", "import", "mau.yaml"),
        ("template", "export", "quy"),
        ("template", "plan", "ke-hoach.csv", *about),
        ("template", "plan", "sai.csv", *about),
        data=tree,
    )
    assert yaml.safe_load(out.out)["sections"][0]["indicators"][0]["target"] is True
    assert (given.code, "Đã ghi 1 số kế hoạch" in given.err) == (0, True)
    assert (wrong.code, "B2" in wrong.err) == (1, True)


def test_a_ready_template_and_an_xlsform_become_templates(tree: Path, tmp_path: Path) -> None:
    listed = nhipcau("template", "library", data=tree)
    assert "thong-ke-co-so" in listed.out
    (tmp_path / "mau.yaml").write_text(nhipcau("template", "library", "thong-ke-co-so", data=tree).out, "utf-8")
    assert nhipcau("template", "import", "mau.yaml", data=tree).code == 0
    (tmp_path / "khao-sat.xlsx").write_bytes(workbook([["start", "s"], ["integer", "cuoc", "Số cuộc (cuộc)"]]))
    taken = nhipcau("template", "import", "khao-sat.xlsx", data=tree)
    assert (taken.code, "survey!A2: «start»" in taken.err, "phiên bản 1" in taken.err) == (0, True, True)
