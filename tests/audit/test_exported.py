"""A stretch of the log taken out as a file: whatever is done to it afterwards shows, without a database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from nhipcau.audit.chain import digest, link
from nhipcau.audit.exported import Line, Proof, Stretch, written
from nhipcau.cli.verify import verify
from nhipcau.core.errors import UnreadableFile

AT = dt.datetime(2026, 3, 16, 2, 0, tzinfo=dt.UTC)
BEFORE = "0" * 64
Rows = list[str]


def taken(*, first: int = 5, count: int = 6, hidden: tuple[int, ...] = (7,)) -> Rows:
    """Six entries from the fifth on; of the seventh the place alone."""
    chain, lines = BEFORE, []
    for seq in range(first, first + count):
        said = {"actor": "post:1", "action": "org.appointed", "obj": f"post:{seq}", "data": "{}"}
        own = digest(at=AT + dt.timedelta(minutes=seq), **said)
        chain = link(chain, seq, own)
        moment = AT + dt.timedelta(minutes=seq)
        lines.append(
            Line(seq, moment, "post:1", "org.appointed", f"post:{seq}", "{}", own, chain, seq not in hidden)
        )
    return list(written(Stretch(AT, first, BEFORE), lines))


def faults(rows: Rows, anchors: Rows | None = None) -> list[str]:
    return [one.message for one in Proof().findings(rows, anchors or [])]


def edited(rows: Rows, place: int, **changes: object) -> Rows:
    return [*rows[:place], json.dumps(json.loads(rows[place]) | changes), *rows[place + 1 :]]


def test_what_nobody_touched_is_whole_and_says_what_it_is() -> None:
    proof = Proof()
    assert list(proof.findings(taken())) == []
    assert (proof.first, proof.last, proof.entries, proof.shown) == (5, 10, 6, 5)


def test_an_entry_that_is_not_shown_gives_away_nothing_but_its_place() -> None:
    assert set(json.loads(taken()[3])) == {"seq", "digest", "chain"}


TAMPERED: dict[str, Callable[[Rows], Rows]] = {
    "another actor": lambda rows: edited(rows, 1, actor="post:2"),
    "another moment": lambda rows: edited(rows, 1, at="2026-03-16T02:00:00.000000+00:00"),
    "other data": lambda rows: edited(rows, 2, data='{"n":1}'),
    "contents taken away": lambda rows: edited(rows, 2, digest="1" * 64),
    "an entry deleted": lambda rows: rows[:2] + rows[3:],
    "a hidden entry deleted": lambda rows: rows[:3] + rows[4:],
    "the first deleted": lambda rows: rows[:1] + rows[2:],
    "two exchanged": lambda rows: [*rows[:2], rows[3], rows[2], *rows[4:]],
    "one put in twice": lambda rows: [*rows[:2], rows[1], *rows[2:]],
    "the end cut off": lambda rows: rows[:-1],
    "the last entries cut out": lambda rows: [*rows[:4], rows[-1]],
    "a line of something else": lambda rows: [*rows[:2], "x\n", *rows[2:]],
    "a line after the end": lambda rows: [*rows, rows[1]],
    "another beginning": lambda rows: edited(rows, 0, before="2" * 64),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whatever_is_done_to_it_shows(how: str) -> None:
    assert faults(TAMPERED[how](taken())) != []


def test_an_edited_entry_is_named() -> None:
    assert "Mục nhật ký số 5 (org.appointed post:5) đã bị sửa" in faults(edited(taken(), 1, actor="post:2"))[0]


def test_a_deleted_entry_is_named() -> None:
    rows = taken()
    assert any("thiếu mục số 6" in fault for fault in faults(rows[:2] + rows[3:]))


def test_a_file_made_anew_does_not_fit_the_anchors() -> None:
    rows = taken()
    ninth, tenth = (json.loads(rows[place])["chain"] for place in (5, 6))
    anchors = [f"9 {ninth} 2026-03-16T02:09:00+00:00", f"12 {tenth} 2026-03-16T03:00:00+00:00"]
    assert faults(rows, anchors) == []
    anew = taken(hidden=())
    shorter = [json.loads(row) for row in anew[1:6]]
    forged = next(iter(written(Stretch(AT, 5, "3" * 64), [])))
    chain, lines = "3" * 64, [forged]
    for row in shorter:
        chain = link(chain, row["seq"], row["digest"])
        lines.append(json.dumps(row | {"chain": chain}))
    lines.append(json.dumps({"end": {"last": 9, "chain": chain, "entries": 5, "shown": 5}}))
    assert faults(lines) == [], "by itself it is sound"
    assert "lập lại sau khi sửa" in faults(lines, anchors)[0]


def test_what_is_no_log_is_refused() -> None:
    for rows in ([], ["{}"], ["x"], ['{"nhipcau_log": 2}']):
        with pytest.raises(UnreadableFile):
            faults(rows)


def test_the_command_needs_no_database_and_exits_one_for_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "nhat-ky.jsonl"
    file.write_text("".join(taken()), "utf-8")
    sound = CliRunner().invoke(verify, ["--log", str(file)])
    assert (sound.exit_code, sound.stdout) == (0, "")
    file.write_text("".join(taken()[:-1]), "utf-8")
    cut = CliRunner().invoke(verify, ["--log", str(file), "--json"])
    assert cut.exit_code == 1
    assert [one["where"] for one in json.loads(cut.stdout)] == ["end"]


def test_the_proof_of_a_file_asks_django_for_nothing() -> None:
    import subprocess
    import sys

    code = "import sys, nhipcau.audit.exported; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
