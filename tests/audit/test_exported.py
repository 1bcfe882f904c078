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


def test_the_value_in_front_of_the_stretch_is_held_against_the_anchors_too() -> None:
    rows, kept = taken(), [f"4 {'4' * 64} 2026-03-16T02:04:00+00:00"]
    assert "Ở mục số 4, chuỗi trong tệp không phải chuỗi đã neo" in faults(rows, kept)[0]


HOSTILE = {
    "a beginning that is no number": '{"nhipcau_log":1,"first":"x","before":""}',
    "no beginning": '{"nhipcau_log":1}',
    "a beginning without end": '{"nhipcau_log":1,"first":1e400,"before":""}',
    "brackets without end": "[" * 100_000,
}


@pytest.mark.parametrize("head", HOSTILE.values(), ids=HOSTILE)
def test_a_first_line_made_on_purpose_is_refused_in_words(head: str) -> None:
    with pytest.raises(UnreadableFile, match="không phải tệp nhật ký"):
        faults([head])


@pytest.mark.parametrize("changes", [{"seq": 1e400}, {"at": "0001-01-01T00:00:00+14:00"},
                                     {"chain": "\x1b[2J"}, {"digest": 7}], ids=str)  # fmt: skip
def test_a_line_made_on_purpose_is_named(changes: dict[str, object]) -> None:
    assert any("Dòng 3 không đọc được" in fault for fault in faults(edited(taken(), 2, **changes)))


def test_a_line_of_brackets_and_an_anchor_without_end_are_passed_by() -> None:
    rows = taken()
    assert "Dòng 3 không đọc được" in faults([*rows[:2], "[" * 100_000, *rows[3:]])[0]
    assert faults(rows, [f"{'9' * 5_000} {'a' * 64} x"]) == []


def test_a_forged_entry_paints_nothing_over_the_terminal() -> None:
    [first, *_] = faults(edited(taken(), 2, action="\x1b[2J\x1b[HKhông có gì sai khác"))
    assert first.isprintable()


def test_the_command_says_how_many_anchors_stand_in_the_file(tmp_path: Path) -> None:
    file, kept = tmp_path / "nhat-ky.jsonl", tmp_path / "audit.log"
    rows = taken()
    file.write_text("".join(rows), "utf-8")
    for place, says in ((9, "Đã đối chiếu 1 dòng neo"), (12, "Chưa đối chiếu được với bản neo")):
        kept.write_text(f"{place} {json.loads(rows[5])['chain']} 2026-03-16T02:09:00+00:00\n", "ascii")
        told = CliRunner().invoke(verify, ["--log", str(file), "--anchors", str(kept)])
        assert (told.exit_code, says in told.stderr) == (0, True)


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
