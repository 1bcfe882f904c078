"""`store`: where the files lie, another place for them, and what no record knows."""

from __future__ import annotations

import sys

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say
from nhipcau.core.actors import System


@click.group()
def store() -> None:
    """Kho tệp: đang ở đâu, chép sang kho khác, dọn tệp không thuộc bản ghi nào."""


@store.command()
@click.option("--json", "as_json", is_flag=True)
def show(as_json: bool) -> None:
    """Kho ở đâu, có bao nhiêu tệp."""
    open_instance()
    from nhipcau.documents.models import StoredFile
    from nhipcau.documents.storing import files

    kept, count, size = files.kept(), 0, 0
    for one in kept.keys(files.PREFIX):
        count, size = count + 1, size + one.size
    rows = StoredFile.objects.count()
    if as_json:
        emit({"where": kept.where, "shared": kept.shared, "files": count, "bytes": size, "rows": rows})
    say(f"Kho tệp ở «{kept.where}»: {count} tệp, {size} byte; {rows} bản ghi.")


@store.command()
@click.argument("target", metavar="disk|s3://…")
@click.option("--json", "as_json", is_flag=True)
def move(target: str, as_json: bool) -> None:
    """Chép mọi tệp sang kho khác trong lúc hệ thống vẫn chạy; chạy lại thì chép tiếp."""
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.ops.moving import move as copy_all
    from nhipcau.ops.moving import target_of

    seal(at=now())
    done = copy_all(target=target_of(target), actor=System("cli"), at=now())
    if as_json:
        emit({"target": done.target, "copied": done.copied, "files": done.there, "heads": done.heads,
              "missing": done.missing})  # fmt: skip
    say(f"Đã chép {done.copied} tệp; ở «{done.target}» có {done.there} tệp.")
    if done.missing:
        say(f"✗ {done.missing} tệp chưa có ở đó: thiếu hoặc đã hỏng ở kho đang dùng. Chạy «nhipcau verify».")
        sys.exit(1)
    say("Dừng serve và worker, chạy lại lệnh này, đổi NHIPCAU_STORAGE_URL, mở lại, rồi «nhipcau verify».")


@store.command()
def prune() -> None:
    """Xóa tệp không thuộc bản ghi nào, cũ hơn một ngày."""
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.ops.moving import prune as erase

    count = erase(actor=System("cli"), at=now())
    seal(at=now())
    say(f"Đã xóa {count} tệp không thuộc bản ghi nào.")
