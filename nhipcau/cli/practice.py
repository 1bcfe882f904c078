"""`practice DIR`: a copy to practise in."""

from __future__ import annotations

from pathlib import Path

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say
from nhipcau.core.actors import System


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--json", "as_json", is_flag=True)
def practice(folder: str, as_json: bool) -> None:
    """Bản tập huấn: đơn vị, chức danh, biểu mẫu của chính liên đoàn; tài khoản bịa, không số liệu, không văn bản,
    không gửi thư. Chạy lại thì làm lại từ đầu."""
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.exchange.practice.making import ACCOUNTS, make_practice

    say("Đang lập bản tập huấn …")
    done = make_practice(folder=Path(folder), actor=System("cli"), at=now())
    seal(at=now())
    if as_json:
        emit({"folder": str(done.folder), "units": done.units, "posts": done.posts, "templates": done.templates,
              "accounts": done.accounts, "accounts_file": str(done.folder / ACCOUNTS)})  # fmt: skip
    say(f"Đã lập tại {done.folder}: {done.units} đơn vị, {done.posts} chức danh, {done.templates} biểu mẫu.")
    say(f"{done.accounts} tài khoản tập, mật khẩu trong {done.folder / ACCOUNTS}.")
    if done.vacant:
        say(f"{done.vacant} chức danh chưa có tài khoản: chỉ lập cho các chức danh cấp trên trước.")
    say(f"Mở: NHIPCAU_DATA_DIR={done.folder} nhipcau serve --port 8001")
