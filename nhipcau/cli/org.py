"""`nhipcau org`: the tree from a file, and the tree at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes, say
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.errors import InvalidInput

if TYPE_CHECKING:
    from nhipcau.org.events import Event
    from nhipcau.org.reorganising import Reorganised
    from nhipcau.reports.totals.conservation import Balance, Reached


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
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước: ai lập, ai chấm dứt, tổng có giữ nguyên không.")
def reorganise(file: str, dry_run: bool) -> None:
    """Ghi một sự kiện tổ chức từ CSV: action,code[,name,kind,parent,day,…]; sai một dòng là không ghi gì.

    action: event (một dòng: số quyết định, trích yếu, ngày), begin, end, move, rename, succeed.
    """
    open_instance()
    from nhipcau.org.events import read_event
    from nhipcau.org.reorganising import reorganise as apply
    from nhipcau.reports.totals.conservation import balances, preview, reached_back

    event, actor, at = read_event(read_bytes(file)), System("cli"), now()
    if dry_run:
        done, compared = preview(event=event, actor=actor, at=at)
    else:
        done = apply(event=event, actor=actor, at=at)
        compared = balances(day=event.day, at=at)
    reached = reached_back(day=event.day) if done.fresh else []
    for line in (*_told(event, done), *_compared(compared), *_reached(reached)):
        click.echo(line)
    if not done.fresh:
        say("Sự kiện này đã được ghi trước đó đúng như vậy; không có gì đổi.")
    else:
        say("Mới xem trước, chưa ghi gì." if dry_run else f"Đã ghi sự kiện {event.decision.number}.")
    if any(balance.differences for balance in compared):
        raise InvalidInput("Có tổng không giữ nguyên qua sự kiện này; xem các dòng trên.")


def _told(event: Event, done: Reorganised) -> Iterator[str]:
    """What the file does, one line a unit."""
    head = event.decision
    yield f"{head.number}, {head.title}; có hiệu lực từ {head.day:%d/%m/%Y}"
    for begun in event.begins:
        yield f"  lập         {begun.code}  {begun.name}" + (f" < {begun.parent}" if begun.parent else "")
    for ended in event.ends:
        yield f"  chấm dứt    {ended.code}  {done.names.get(ended.code, '')}"
    for moved in event.moves:
        yield f"  chuyển      {moved.code}  {done.names.get(moved.code, '')} < {moved.parent}"
    for named in event.renames:
        yield f"  đổi tên     {named.code}  {done.names.get(named.code, '')} → {named.name}"
    for handed in event.successions:
        whole = sum(other.weight for other in event.successions if other.code == handed.code)
        yield f"  kế thừa     {handed.code} → {handed.successor}  {handed.weight}/{whole}"


def _compared(compared: list[Balance]) -> Iterator[str]:
    for balance in compared:
        where = f"Đối chiếu {balance.template} {balance.period}"
        yield f"{where}: {balance.equal} số giữ nguyên, {len(balance.differences)} số khác"
        for one in balance.differences:
            yield f"  khác: {one.label}: {one.then} → {one.now}"


def _reached(periods: list[Reached]) -> Iterator[str]:
    """Totals that were sealed on a tree which the event changes after the fact."""
    for one in periods:
        yield (
            f"Lưu ý: {one.template} {one.period} kết thúc từ ngày này về sau mà {one.sealed} đơn vị đã chốt tổng, "
            f"{one.issued} báo cáo đã phát hành theo cây cũ. Số theo cây cuối kỳ nay có thể khác số đã chốt; hãy "
            "đối chiếu bằng «nhipcau consolidate» và ghi rõ khi dùng lại."
        )


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
