"""The run as a whole: one list, what broke a check, and the command."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhipcau.boundary import digest
from nhipcau.core import verifying
from nhipcau.core.verifying import Difference, Finding, Step
from tests import tables
from tests.cast import TREE, Cast
from tests.cli.running import nhipcau
from tests.ops.tampering import Silent, differences, sentences


class Broken:
    name = "broken"
    label = "Phép kiểm tra hỏng"

    def size(self) -> int:
        return 1

    def findings(self, step: Step) -> Iterator[Finding]:
        yield Difference(self.name, "x:1", "1", "2", "Khác.")
        raise ValueError("không đọc được")


def test_every_part_of_the_product_is_checked(db: None) -> None:
    names = [one.name for one in verifying.registered()]
    assert names[0] == "audit"
    assert {"tree", "registers", "files", "activities", "seals", "reports"} <= set(names)


def test_damage_that_a_check_did_not_foresee_is_a_difference_and_the_others_go_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "_registered", {"broken": Broken()} | verifying._registered)
    assert sentences() == [
        "Khác.",
        "Phép kiểm tra «Phép kiểm tra hỏng» dừng giữa chừng vì dữ liệu hỏng: không đọc được",
    ]


def test_a_check_goes_through_what_it_said_it_would(cast: Cast) -> None:
    from nhipcau.ops.verify import verify

    watch = Silent()
    assert list(verify(watch)) == differences() == []
    assert watch.advanced == sum(watch.sizes.values()) > 0


def test_the_command_prints_one_list_and_exits_one_if_anything_differs(tmp_path: Path) -> None:
    data = tmp_path / "instance"
    tree = tmp_path / "cay.csv"
    tree.write_text(TREE, "utf-8")
    tables.lay(data)
    assert nhipcau("org", "import", str(tree), data=data).code == 0
    clean = nhipcau("verify", data=data)
    assert (clean.code, clean.out) == (0, "")
    assert digest() in clean.err
    assert "Nhật ký: 1" in clean.err
    with sqlite3.connect(data / "nhipcau.sqlite3") as database:
        database.execute("UPDATE audit_entry SET actor = 'post:x'")
        database.execute("UPDATE org_closure SET depth = 5 WHERE depth = 2")
    spoilt = nhipcau("verify", "--json", data=data)
    assert spoilt.code == 1
    found = json.loads(spoilt.out)
    assert {one["check"] for one in found} == {"audit", "tree"}
    assert set(found[0]) == {"check", "where", "expected", "found", "message"}
    assert f"Có {len(found)} chỗ sai khác." in spoilt.err
