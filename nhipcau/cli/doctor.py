"""`doctor`: what is lacking or broken, what that means, and the command that mends it."""

from __future__ import annotations

import sys

import click

from nhipcau.cli.instance import now, prepare
from nhipcau.cli.output import emit


@click.command()
@click.option("--card", is_flag=True, help="In phiếu phục hồi: một trang để cạnh máy chủ.")
@click.option("--list", "listing", is_flag=True, help="In bảng mọi phép kiểm tra (Markdown), không kiểm tra gì.")
@click.option("--json", "as_json", is_flag=True, help="In danh sách JSON cho chương trình khác.")
def doctor(*, card: bool, listing: bool, as_json: bool) -> None:
    """Thiếu gì, hỏng gì, cấu hình sai gì, sửa thế nào; thoát 1 nếu có điều phải sửa. Không thay đổi gì."""
    prepare()
    if card:
        from nhipcau.ops.backup.health import card as restore_card

        click.echo(restore_card(now()), nl=False)
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
