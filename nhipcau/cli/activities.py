"""`activity-type`: kinds of activity as data files."""

from __future__ import annotations

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import read_bytes, say
from nhipcau.core.actors import System


@click.group("activity-type")
def activity_type() -> None:
    """Loại hoạt động."""


@activity_type.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def import_(files: tuple[str, ...]) -> None:
    """Thêm hoặc cập nhật loại hoạt động, mỗi tệp YAML một loại."""
    open_instance()
    from nhipcau.activities.typefile import import_type

    for file in files:
        kind = import_type(data=read_bytes(file), actor=System("cli"), at=now())
        say(f"Đã có loại hoạt động «{kind.code}»: {kind.label}.")
