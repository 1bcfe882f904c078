"""One moment of an instance is kept while it is worked with; it comes back whole elsewhere or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nhipcau.ops.backup.keys import make_pair
from tests.ops.backup.machines import Environment, commands, machine, scene
from tests.ops.backup.scenes import PAIRS

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Kept:
    """The first machine's backups, and what it said of them."""

    folder: Path
    said: dict[str, Any]
    source: Environment

    @property
    def full(self) -> str:
        return str(self.folder / "full.nhipcau")

    @property
    def more(self) -> str:
        return str(self.folder / "more.nhipcau")

    @property
    def key(self) -> str:
        return str(self.folder / "key")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("kept")
    make_pair(folder / "key")
    with machine(folder / "source") as source:
        yield Kept(folder, scene(source, "make", str(folder)), source)


def test_it_comes_back_on_an_empty_machine_and_replaces_only_when_told_to(kept: Kept, tmp_path: Path) -> None:
    with machine(tmp_path / "empty", empty=True) as where:
        back, again = commands(where, ("restore", kept.full, "--json"), ("restore", kept.full))
        assert back.code == 0, back.err
        found = scene(where, "state")
        assert (found["held"], len(found["files"])) == (kept.said["held"], 3)
        assert again.code == 1
        assert "Máy này đã có dữ liệu, không ghi đè." in again.err

        [replaced] = commands(where, ("restore", kept.more, "--key", kept.key, "--replace", "--json"))
        assert replaced.code == 0, replaced.err
        assert json.loads(replaced.out)["differences"] == 0
        found = scene(where, "state")
        assert found["held"] == kept.said["after"]
        # A file that was erased between the two does not come back out of the older one.
        assert (found["files"], len(found["rows"]), kept.said["new"]) == (found["rows"], 3, 1)
        _is_a_prefix(found["written"], kept.said["written"])
        [aside] = (tmp_path / "empty").glob("before-restore-*")
        assert len(list((aside / "files").glob("??/*"))) == 3


def _is_a_prefix(written: list[str], at_last: int) -> None:
    """Whole transactions, none skipped, some but not all."""
    whole = [f"n:{number}" for number in range(len(written) // PAIRS) for _ in range(PAIRS)]
    assert written == whole
    assert 0 < len(written) <= at_last


def test_a_backup_that_is_killed_leaves_no_file_and_the_next_one_is_well(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "killed.nhipcau"
    assert scene(kept.source, "killed_backup", str(path)) == {"killed": 9}
    assert not path.exists()
    [again] = commands(kept.source, ("backup", str(path), "--json"))
    assert again.code == 0, again.err
    assert list((kept.folder / "source" / "cache" / "backup").glob("*")) == []


def test_a_restore_that_is_killed_leaves_the_old_whole_or_is_carried_through(kept: Kept, tmp_path: Path) -> None:
    with machine(tmp_path / "cut", empty=True) as where:
        assert scene(where, "killed_restore", kept.full, "staged") == {"killed": 9}
        assert list((tmp_path / "cut").glob("files/*/*")) == []
        assert scene(where, "killed_restore", kept.full, "switching") == {"killed": 9}
        [verified] = commands(where, ("verify", "--json"))
        assert (verified.code, json.loads(verified.out)) == (0, []), verified.err
        assert scene(where, "state")["held"] == kept.said["held"]
        assert not (tmp_path / "cut" / ".restoring").exists()


def test_each_refusal_has_its_reason_and_nothing_is_touched(kept: Kept, tmp_path: Path) -> None:
    whole, locked = Path(kept.full).read_bytes(), Path(kept.more).read_bytes()
    middle = len(whole) // 2
    wrong, other = tmp_path / "wrong", tmp_path / "other"
    make_pair(wrong)
    other.write_text("một mật khẩu khác hẳn", "utf-8")
    bad = {
        "damaged": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "cut": whole[: len(whole) - 2000],
        "locked-damaged": locked[:-200] + bytes([locked[-200] ^ 1]) + locked[-199:],
        "locked-cut": locked[:-200],
        "foreign": b"PK\x03\x04 not one of ours",
        "newer": whole.replace(b'"product": "0.1.0"', b'"product": "9.9.9"', 1),
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    shutil.copy(kept.more, tmp_path / "more.nhipcau")
    with machine(tmp_path / "still-empty", empty=True) as where:
        ran = commands(
            where,
            ("restore", str(tmp_path / "damaged")),
            ("restore", str(tmp_path / "cut")),
            ("restore", str(tmp_path / "locked-damaged"), "--key", kept.key, "--base", kept.full),
            ("restore", str(tmp_path / "locked-cut"), "--key", kept.key, "--base", kept.full),
            ("restore", str(tmp_path / "foreign")),
            ("restore", str(tmp_path / "newer")),
            ("restore", kept.more),
            ("restore", kept.more, "--key", str(wrong)),
            ("restore", kept.more, "--key", f"{kept.key}.pub"),
            ("restore", kept.more, "--key", str(other)),
            ("restore", str(tmp_path / "more.nhipcau"), "--key", kept.key),
        )
        assert [one.code for one in ran] == [1] * len(ran)
        for one, reason in zip(
            ran,
            ("bị hỏng", "bị cắt cụt", "bị hỏng", "bị cắt cụt", "không phải bản sao lưu", "phiên bản mới hơn",
             "Hãy đưa tệp khóa", "Khóa không mở được", "cần tệp khóa bí mật", "Khóa không mở được",
             "cần bản gốc «full.nhipcau»"),
            strict=True,
        ):  # fmt: skip
            assert reason in one.err, (reason, one.err)
        left = {path.name for path in (tmp_path / "still-empty").iterdir()}
        assert left <= {"secret_key", "backups"}


def test_a_file_damaged_before_is_named_and_all_else_is_kept(kept: Kept, tmp_path: Path) -> None:
    [stored] = list((kept.folder / "source" / "files").glob("??/*"))[:1]
    content = stored.read_bytes()
    stored.unlink()
    try:
        [made] = commands(kept.source, ("backup", str(tmp_path / "faulty.nhipcau"), "--json"))
    finally:
        stored.write_bytes(content)
    assert (made.code, json.loads(made.out)["faulty"]) == (1, 1)
    assert f"files/{stored.parent.name}/{stored.name}" in made.err
    assert (tmp_path / "faulty.nhipcau").exists()
