"""The commands of switching over, by their exit codes: 0 done and equal, 1 refused or different, 2 wrong usage."""

from __future__ import annotations

import json

import pytest

from tests import tables
from tests.cast import TREE
from tests.cli.running import Ran, in_a_row
from tests.quarterly import YAML

WHERE = ("--template", "quy", "--period", "2026-Q1")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """Every call once, in an instance with units and a form and without posts."""
    folder = tmp_path_factory.mktemp("chuyen-sang")
    files = {"cay.csv": TREE, "quy.yaml": YAML}
    files |= {"bang.csv": "Mã đơn vị,Số suất quà\nA1,0\n", "khac.csv": "Mã đơn vị,Số suất quà\nA1,5\n"}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    calls = {
        "tree": ("org", "import", str(folder / "cay.csv")),
        "form": ("template", "import", str(folder / "quy.yaml")),
        "equal": ("compare", str(folder / "bang.csv"), *WHERE),
        "different": ("compare", str(folder / "khac.csv"), *WHERE, "--json", "--out", str(folder / "khac.xlsx")),
        "usage": ("compare", str(folder / "khac.csv")),
        "history": ("history", "import", str(folder / "khac.csv"), "--template", "quy"),
        "column": ("history", "import", str(folder / "khac.csv"), "--template", "quy", "--column", "D"),
        "export": ("export", "--all", str(folder / "mang-di")),
        "practice": ("practice", str(folder / "data" / "tap")),
    }
    tables.lay(folder / "data")
    done = dict(zip(calls, in_a_row(*calls.values(), data=folder / "data"), strict=True))
    assert (done["tree"].code, done["form"].code) == (0, 0)
    assert (folder / "khac.xlsx").exists()
    return done


def test_an_equal_file_ends_with_0_and_a_different_one_with_1(ran: dict[str, Ran]) -> None:
    assert (ran["equal"].code, ran["equal"].out) == (0, "")
    assert "không có chênh lệch" in ran["equal"].err
    told = json.loads(ran["different"].out)
    assert ran["different"].code == 1
    assert (told["equal"], told["template"], told["period"]) == (False, "quy", "2026-Q1")
    assert told["cells"][0]["units"] == [
        {"unit": "A1", "name": "Công đoàn cơ sở Công ty May Hải Âu", "why": "missing", "theirs": 5, "ours": None,
         "difference": 5}
    ]  # fmt: skip


def test_wrong_usage_ends_with_2(ran: dict[str, Ran]) -> None:
    assert [ran[call].code for call in ("usage", "column")] == [2, 2]


def test_what_is_refused_ends_with_1_and_a_sentence(ran: dict[str, Ran]) -> None:
    assert [ran[call].code for call in ("history", "export", "practice")] == [1, 1, 1]
    assert "chưa có chức danh" in ran["history"].err
    assert "chưa có chức danh" in ran["export"].err
    assert "dữ liệu thật" in ran["practice"].err
