"""`upgrade FILE`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from nhipcau.cli.instance import now
from nhipcau.cli.output import emit, say
from nhipcau.core.actors import System


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@click.option("--into", default="", metavar="DIR", help="Thư mục các phiên bản; chỉ cần cho lần đầu.")
@click.option("--rollback", is_flag=True, help="Trả dữ liệu về trước một lần nâng cấp bị ngắt giữa chừng.")
@click.option("--json", "as_json", is_flag=True)
def upgrade(file: str | None, into: str, rollback: bool, as_json: bool) -> None:
    """Nâng lên bản trong một tệp có chữ ký: sao lưu, thử trên bản sao, nâng, xem lại; hỏng thì trả về như cũ."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    import django

    django.setup()
    from nhipcau.ops.upgrade import carrying

    if rollback:
        backup = carrying.rollback(at=now())
        say(f"Đã trả dữ liệu về từ «{backup}»." if backup else "Không có lần nâng cấp nào bị ngắt.")
        return
    if file is None:
        raise click.UsageError("Thiếu tệp nâng cấp: nhipcau upgrade FILE")
    done = carrying.upgrade(path=Path(file), into=into, actor=System("cli"), at=now(), tell=say)
    if as_json:
        emit({"version": done.version, "program": str(done.program), "backup": str(done.backup)})
    say("Khởi động lại dịch vụ để dùng bản mới. Bản cũ vẫn còn bên cạnh.")


@click.command("upgrade-pack")
@click.argument("wheels", type=click.Path(exists=True, file_okay=False))
@click.argument("out", type=click.Path(dir_okay=False))
@click.option("--version", required=True)
@click.option("--signing-key", required=True, metavar="FILE", help="Khóa bí mật Ed25519; lập mới nếu chưa có.")
def pack(wheels: str, out: str, version: str, signing_key: str) -> None:
    """Đóng gói một thư mục bánh xe Python thành tệp nâng cấp có chữ ký; dành cho người phát hành."""
    from nhipcau.ops.upgrade.package import pack as make
    from nhipcau.ops.upgrade.package import public_text, signing_key_in

    key = signing_key_in(Path(signing_key))
    make(wheels=Path(wheels), version=version, signing_key=key, out=Path(out))
    say(f"Đã đóng gói «{out}». Máy chủ cần: NHIPCAU_UPGRADE_KEY={public_text(key)}")
