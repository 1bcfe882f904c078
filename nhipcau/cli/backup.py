"""`backup FILE` and `restore FILE`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say
from nhipcau.cli.verify import Teller
from nhipcau.core.actors import System

_KEY = click.option(
    "--key", "key_file", default="", metavar="FILE",
    help="Tệp khóa: mật khẩu, khóa công khai hoặc khóa bí mật; mặc định NHIPCAU_BACKUP_KEY.",
)  # fmt: skip


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False))
@_KEY
@click.option("--base", default="", metavar="FILE", help="Chỉ lưu những tệp mà bản sao lưu này chưa có.")
@click.option(
    "--new-key", default="", metavar="FILE", help="Lập cặp khóa: FILE (giữ kín) và FILE.pub (cho máy chủ)."
)
@click.option("--nightly", is_flag=True, help="Làm ngay bản hằng đêm vào NHIPCAU_BACKUP_DIR.")
@click.option("--test", is_flag=True, help="Thử phục hồi bản mới nhất ở một chỗ riêng rồi đối chiếu.")
@click.option("--json", "as_json", is_flag=True)
def backup(
    file: str | None, key_file: str, base: str, new_key: str, nightly: bool, test: bool, as_json: bool
) -> None:
    """Sao lưu cơ sở dữ liệu và mọi tệp vào một tệp, trong lúc hệ thống vẫn chạy."""
    if nightly or test:
        _scheduled(nightly, test)
        return
    if new_key:
        from nhipcau.ops.backup.keys import make_pair

        public = make_pair(Path(new_key))
        say(f"Đã lập «{new_key}» và «{public}». Cất tệp trước ngoài máy chủ: mất nó là không mở được bản sao lưu.")
    if file is None:
        if new_key:
            return
        raise click.UsageError("Thiếu tên tệp sao lưu: nhipcau backup FILE")
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.ops.backup.making import make_backup
    from nhipcau.ops.backup.reading import base_record

    key = _key(key_file)
    rests_on = base_record(Path(base).absolute()) if base else None
    made = make_backup(path=Path(file), actor=System("cli"), at=now(), watch=Teller(), key=key, base=rests_on)
    seal(at=now())
    if as_json:
        emit({"file": str(made.path), "id": made.record.id, "bytes": made.record.size, "files": made.files,
              "new_files": made.new_files, "tables": made.tables, "encrypted": key is not None,
              "base": made.record.base, "faulty": made.faulty_count})  # fmt: skip
    rows = sum(made.tables.values())
    size = f"{made.record.size:,}".replace(",", ".")
    say(f"Đã sao lưu vào «{made.path}»: {rows} dòng, {made.files} tệp ({made.new_files} tệp mới), {size} byte.")
    if key is None:
        say("Bản sao lưu không mã hóa và không kèm khóa bí mật của máy. Hãy cất nơi an toàn, hoặc dùng --key.")
    for name in made.faulty:
        say(f"✗ {name}: tệp trong kho thiếu hoặc đã hỏng từ trước; bản sao lưu không chữa được.")
    if made.faulty_count:
        say("Mọi thứ còn lại đã được sao lưu. Chạy «nhipcau verify» để biết tệp của ai.")
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@_KEY
@click.option("--base", "bases", multiple=True, metavar="FILE", help="Bản gốc của bản phần thêm, nếu ở chỗ khác.")
@click.option("--replace", is_flag=True, help="Máy đã có dữ liệu: dời sang một bên rồi thay bằng bản sao lưu.")
@click.option("--json", "as_json", is_flag=True)
def restore(file: str, key_file: str, bases: tuple[str, ...], replace: bool, as_json: bool) -> None:
    """Phục hồi từ bản sao lưu: kiểm tra hết rồi mới đưa vào, trọn vẹn hoặc không gì cả; sau đó đối chiếu lại."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    import django

    django.setup()
    from nhipcau.ops.backup.restoring import restore as put_back

    key = _key(key_file)
    done: Any = put_back(
        path=Path(file), at=now(), watch=Teller(), keys=lambda _: key, bases=[Path(one) for one in bases],
        replace=replace,
    )  # fmt: skip
    if as_json:
        emit({"id": done.id, "made_at": done.made_at, "product": done.product, "rows": done.rows,
              "files": done.files, "aside": done.aside, "differences": len(done.differences)})  # fmt: skip
    say(f"Đã phục hồi dữ liệu lúc {done.made_at}: {done.rows} dòng, {done.files} tệp.")
    if done.aside:
        say(f"Dữ liệu trước đó ở: {done.aside}")
    for difference in done.differences:
        say(f"✗ {difference.message} [{difference.where}]")
    say(
        f"Đối chiếu: có {len(done.differences)} chỗ sai khác."
        if done.differences
        else "Đối chiếu: không có gì sai khác."
    )
    if done.differences:
        sys.exit(1)


def _scheduled(nightly: bool, test: bool) -> None:
    """What the worker does at night and once a month, now."""
    open_instance()
    from django.conf import settings

    from nhipcau.audit.actions import seal
    from nhipcau.ops.backup import schedule

    if nightly:
        if not settings.BACKUP_DIR:
            raise click.UsageError("Chưa đặt NHIPCAU_BACKUP_DIR: thư mục nhận bản sao lưu hằng đêm.")
        made = schedule.nightly(actor=System("cli"), at=now(), watch=Teller())
        say(f"Đã sao lưu vào «{made.path}»: {made.files} tệp ({made.new_files} tệp mới).")
    tested = schedule.try_newest(actor=System("cli"), at=now(), watch=Teller()) if test else None
    seal(at=now())
    if test and tested is None:
        say("Chưa có bản sao lưu nào để thử. Chạy «nhipcau backup FILE» trước.")
        sys.exit(1)
    if tested is not None:
        say(f"{tested.name}: {tested.fault or f'phục hồi được {tested.rows} dòng, {tested.files} tệp; khớp'}.")
        if tested.fault:
            sys.exit(1)


def _key(given: str) -> Any:
    """The key of the option, else of the settings; none means an archive in the clear."""
    from django.conf import settings

    from nhipcau.ops.backup.keys import read_key

    path = given or settings.BACKUP_KEY
    return read_key(Path(path)) if path else None
