"""`doctor`: what is lacking or broken, what that means, and the command that mends it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nhipcau.cli.instance import now, prepare
from nhipcau.cli.output import emit, say


@click.command()
@click.option("--card", is_flag=True, help="In phiếu phục hồi: một trang để cạnh máy chủ.")
@click.option("--pdf", type=click.Path(dir_okay=False), help="Với --card: ghi phiếu thành tệp PDF.")
@click.option("--list", "listing", is_flag=True, help="In bảng mọi phép kiểm tra (Markdown), không kiểm tra gì.")
@click.option("--json", "as_json", is_flag=True, help="In danh sách JSON cho chương trình khác.")
def doctor(*, card: bool, pdf: str | None, listing: bool, as_json: bool) -> None:
    """Thiếu gì, hỏng gì, cấu hình sai gì, sửa thế nào; thoát 1 nếu có điều phải sửa. Không thay đổi gì."""
    if pdf and not card:
        raise click.UsageError("--pdf đi cùng --card: nhipcau doctor --card --pdf phieu.pdf")
    prepare()
    if card:
        _card(pdf)
        return
    from nhipcau.ops.doctor import CHECKS, examine

    if listing:
        from nhipcau.ops.doctor.table import table

        click.echo(table(CHECKS), nl=False)
        return
    lines = list(examine(CHECKS, now()))
    if as_json:
        emit([line.plain() for line in lines])
    else:
        for line in lines:
            click.echo(line.text())
    if any(line.bad for line in lines):
        sys.exit(1)


def _card(pdf: str | None) -> None:
    from nhipcau.core.clock import local_date
    from nhipcau.ops.backup.health import card
    from nhipcau.press.card import to_pdf, to_text

    made = card(now())
    if pdf is None:
        click.echo(to_text(made), nl=False)
        return
    Path(pdf).write_bytes(to_pdf(made, day=local_date(now())))
    say(f"Đã ghi phiếu phục hồi vào «{pdf}». In ra, cất cạnh máy chủ và ở một nơi khác.")
