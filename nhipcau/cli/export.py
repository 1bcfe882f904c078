"""`export --all`: everything a unit may take away, in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotFound

if TYPE_CHECKING:
    from nhipcau.org.models import Post


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--all", "everything", is_flag=True, required=True, help="Mọi thứ đơn vị được mang đi.")
@click.option("--unit", help="Mã hoặc uid của đơn vị (mặc định: gốc của cây).")
@click.option("--json", "as_json", is_flag=True)
def export(folder: str, everything: bool, unit: str | None, as_json: bool) -> None:
    """Mang dữ liệu đi: một tệp .zip gồm CSV, JSON, YAML và tệp gốc, đọc được không cần phần mềm này."""
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.exchange.archive.taking_away import take_away

    seal(at=now())

    def tell(path: str, rows: int) -> None:
        say(f"  {path}: {rows}")

    done = take_away(folder=Path(folder), actor=_acting(unit), at=now(), tell=tell)
    seal(at=now())
    if as_json:
        emit({"file": str(done.path), "rows": done.rows, "files": done.files, "damaged": done.damaged})
    say(f"Đã ghi {done.path}: {sum(done.rows.values())} dòng, {done.files} tệp.")
    if done.damaged:
        say(f"{len(done.damaged)} tệp lưu bị thiếu hoặc hỏng, ghi trong manifest.json; hãy chạy «nhipcau verify».")
        sys.exit(1)


def _acting(unit: str | None) -> Post:
    """The operator acts as the unit's board, or as whoever else of it reads contents."""
    from nhipcau.org.models import OFFICERS
    from nhipcau.org.queries import find_unit, posts_with_role, root

    day = local_date(now())
    found = find_unit(unit, day) if unit else root(day)
    for role in OFFICERS:
        posts = posts_with_role(found, role, day)
        if posts:
            return posts[0]
    raise NotFound("Đơn vị chưa có chức danh nào đọc nội dung; hãy lập chức danh trước.")
