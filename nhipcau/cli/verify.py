"""`nhipcau verify`: is everything still what was recorded?"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import click

from nhipcau.audit.exported import Proof
from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import say
from nhipcau.core.verifying import Difference, Note


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In một danh sách JSON những chỗ sai khác.")
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    help="Chỉ kiểm tra một tệp nhật ký lấy ra từ trang Nhật ký; không cần cơ sở dữ liệu.",
)
@click.option("--anchors", type=click.Path(path_type=Path), help="Bản sao anchors/audit.log, để đối chiếu --log.")
def verify(as_json: bool, log: Path | None, anchors: Path | None) -> None:
    """Tính lại số liệu đã chốt, nhật ký, sổ đăng ký, tệp lưu, cây tổ chức; thoát 1 nếu có gì sai khác."""
    if log is not None:
        _verify_log(log, anchors, as_json)
        return
    if anchors is not None:
        raise click.UsageError("--anchors chỉ dùng cùng với --log.")
    open_instance()
    from nhipcau.boundary import digest
    from nhipcau.ops.actions import VERIFY, note_beat
    from nhipcau.ops.verify import verify as differences

    say(f"Ranh giới: bản {digest()}")
    printer = _List() if as_json else _Lines()
    for difference in differences(Teller()):
        printer.add(difference)
    printer.close()
    found = f"có {printer.count} chỗ sai khác" if printer.count else ""
    note_beat(name=VERIFY, at=now(), fault=found)
    say(f"{found or 'không có gì sai khác'}.".capitalize())
    if printer.count:
        sys.exit(1)


def _verify_log(log: Path, anchors: Path | None, as_json: bool) -> None:
    """A file that somebody took out of the log, on any machine."""
    proof, printer = Proof(), _List() if as_json else _Lines()
    with log.open(encoding="utf-8", errors="replace") as file:
        known = anchors.read_text("ascii", "replace").splitlines() if anchors else []
        for difference in proof.findings(file, known):
            printer.add(difference)
    printer.close()
    say(f"Mục số {proof.first} đến số {proof.last}: {proof.entries} mục, nêu nội dung {proof.shown} mục.")
    say(f"Giá trị chuỗi ở mục cuối: {proof.chain or '(chưa có)'}")
    if printer.count:
        say(f"Có {printer.count} chỗ sai khác.")
        sys.exit(1)
    if anchors:
        say(f"Đã đối chiếu {proof.anchored} dòng neo." if proof.anchored else _NOT_ANCHORED)
    say("Không có gì sai khác. Đối chiếu giá trị cuối với mục «Lấy nhật ký ra tệp» trong chính nhật ký.")


_NOT_ANCHORED = (
    "Chưa đối chiếu được với bản neo: không dòng neo nào nằm trong đoạn này. Ai sửa nhật ký rồi tính lại cả chuỗi "
    "thì chỉ lộ ra ở những dòng neo ấy; hãy lấy một đoạn dài hơn."
)


class _Lines:
    """Differences for people, one a line, on stdout."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, difference: Difference) -> None:
        self.count += 1
        click.echo(f"✗ {difference.message} [{difference.where}]")

    def close(self) -> None:
        """Nothing is left to print."""


class _List(_Lines):
    """One JSON list, written as it grows, so that a thousand differences need no more memory than one."""

    def add(self, difference: Difference) -> None:
        click.echo("[" if self.count == 0 else ",")
        click.echo("  " + json.dumps(dataclasses.asdict(difference), ensure_ascii=False), nl=False)
        self.count += 1

    def close(self) -> None:
        click.echo("\n]" if self.count else "[]")


class Teller:
    """Progress on stderr: a bar on a terminal, else a line for each check."""

    def __init__(self) -> None:
        self._bar: Any = None

    def begins(self, label: str, size: int) -> None:
        if sys.stderr.isatty():
            self._bar = click.progressbar(length=size, label=label, file=sys.stderr).__enter__()
        else:
            say(f"{label}: {size:,} …".replace(",", "."))

    def advances(self, count: int) -> None:
        if self._bar is not None:
            self._bar.update(count)

    def notes(self, note: Note) -> None:
        self.ends()
        say(f"– {note.message}")

    def ends(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
