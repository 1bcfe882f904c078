"""`nhipcau org`: the tree from a file, and the tree at a date."""

from __future__ import annotations

import datetime as dt

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes, say
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date


@click.group()
def org() -> None:
    """Cây tổ chức theo ngày."""


@org.command("import")
@click.argument("file", metavar="FILE")
def import_(file: str) -> None:
    """Nhập đơn vị từ CSV: code,name,kind,parent,from[,symbol,place,members,axis]; sai một dòng là không nhập gì."""
    open_instance()
    from nhipcau.org.actions import import_tree
    from nhipcau.org.importing import read_rows

    done = import_tree(rows=read_rows(read_bytes(file)), actor=System("cli"), at=now())
    say(f"Đã nhập {done.created} đơn vị mới; {done.unchanged} đơn vị đã có sẵn đúng như vậy.")


@org.command()
@click.argument("unit", metavar="UNIT")
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), help="Ngày xem cây (mặc định hôm nay).")
@click.option("--depth", default=1, show_default=True, help="Số cấp bên dưới.")
@click.option("--json", "as_json", is_flag=True)
def show(unit: str, day: dt.datetime | None, depth: int, as_json: bool) -> None:
    """Đơn vị và các đơn vị bên dưới vào một ngày."""
    open_instance()
    from nhipcau.org.branches import branch
    from nhipcau.org.models import Unit
    from nhipcau.org.queries import find_unit, names_of

    on = day.date() if day else local_date(now())
    tree = branch(find_unit(unit, on), on)
    shown = [(int(pk), int(level)) for pk, level in zip(tree.ids, tree.depth, strict=True) if level <= depth]
    names = names_of([pk for pk, _ in shown], on)
    units = Unit.objects.select_related("kind").in_bulk([pk for pk, _ in shown])
    rows = [
        {
            "uid": str(units[pk].uid),
            "code": names[pk].code,
            "name": names[pk].name,
            "kind": units[pk].kind.code,
            "depth": level,
            "members": units[pk].members,
        }
        for pk, level in shown
    ]
    if as_json:
        emit({"at": on.isoformat(), "units": rows, "below": len(tree.ids) - 1})
        return
    for row in rows:
        click.echo(f"{'  ' * int(str(row['depth']))}{row['code']}  {row['name']}")
    click.echo(f"{len(tree.ids) - 1} đơn vị bên dưới, ngày {on:%d/%m/%Y}.")
