"""`nhipcau org`: the tree from a file, and the tree at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes, say
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.errors import InvalidInput

if TYPE_CHECKING:
    from nhipcau.org.events import Event
    from nhipcau.org.parts import Balance, Touched
    from nhipcau.org.reorganising import Reorganised
    from nhipcau.reports.totals.conservation import Reached

SHOWN = 20


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

    done = import_tree(rows=read_rows(read_bytes(file)), actor=System("cli"), at=now(), told=say)
    say(f"Đã nhập {done.created} đơn vị mới; {done.unchanged} đơn vị đã có sẵn đúng như vậy.")


@org.command()
@click.argument("file", metavar="FILE", required=False)
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước: ai lập, ai chấm dứt, việc và báo cáo nào đổi chủ.")
@click.option("--undo", metavar="DECISION", help="Hoàn tác một quyết định, khi chưa có gì dựa vào nó.")
@click.option("--json", "as_json", is_flag=True)
def reorganise(file: str | None, dry_run: bool, undo: str | None, as_json: bool) -> None:
    """Ghi một sự kiện tổ chức từ CSV hoặc XLSX: action,code[,name,kind,parent,day,successor,share,indicator,…].

    action: event (một dòng: số quyết định, trích yếu, ngày), thanh-lap, sap-nhap, hop-nhat, chia, tach,
    chuyen-giao, doi-ten, giai-the, cham-dut; hoặc từng bước begin, end, move, rename, succeed. Sai một dòng là
    không ghi gì.
    """
    if bool(file) == bool(undo) or (undo and dry_run):
        raise click.UsageError("Hãy cho một tệp, hoặc --undo với số quyết định.")
    open_instance()
    if undo:
        _undo(undo)
        return
    from nhipcau.org.event_file import read_event
    from nhipcau.org.reorganising import carry_out, preview
    from nhipcau.org.reorganising import reorganise as apply
    from nhipcau.reports.totals.conservation import reached_back

    event, actor, at = read_event(read_bytes(str(file))), System("cli"), now()
    done = preview(event=event, actor=actor, at=at) if dry_run else apply(event=event, actor=actor, at=at)
    if not dry_run:
        carry_out(at=at)
    reached = reached_back(day=event.day) if done.fresh else []
    if as_json:
        emit(_as_json(event, done, dry_run))
    else:
        for line in (*_told(event, done), *_touched(done.touched), *_compared(done.balances), *_reached(reached)):
            click.echo(line)
    if not done.fresh:
        say("Sự kiện này đã được ghi trước đó đúng như vậy; không có gì đổi.")
    else:
        say("Mới xem trước, chưa ghi gì." if dry_run else f"Đã ghi sự kiện {event.decision.number}.")
    if any(balance.differences for balance in done.balances):
        raise InvalidInput("Có tổng không giữ nguyên qua sự kiện này; xem các dòng trên.")


def _undo(reference: str) -> None:
    from nhipcau.org.reorganising import find_event, undo

    event = find_event(reference)
    undo(event=event, actor=System("cli"), at=now())
    say(f"Đã hoàn tác quyết định {event.decision} có hiệu lực ngày {event.day:%d/%m/%Y}; cây trở lại như trước.")


def _told(event: Event, done: Reorganised) -> Iterator[str]:
    """What the file does, one line a row."""
    head = event.decision
    yield f"{head.number}, {head.title}; có hiệu lực từ {head.day:%d/%m/%Y}"
    from nhipcau.org.event_file import said_by

    for row in event.source:
        if row["action"] != "event":
            code = row["code"]
            name = done.names.get(code) or row.get("name", "")
            to = next((f" → {row[key]}" for key in ("successor", "parent", "new_code") if row.get(key)), "")
            share = "  ".join(row[key] for key in ("share", "indicator") if row.get(key))
            renamed = f" → {row['name']}" if code in done.names and row.get("name") else ""
            yield f"  {said_by(row):<18}  {code}  {name}{renamed}{to}  {share}".rstrip()


def _touched(touched: Sequence[Touched]) -> Iterator[str]:
    for part in touched:
        if part.effects:
            yield f"{part.label}: {len(part.effects)}"
        for one in part.effects[:SHOWN]:
            yield f"  {one.unit}: {one.what}" + (f" → {one.to}" if one.to else "") + f" ({one.how})"
        if len(part.effects) > SHOWN:
            yield f"  … và {len(part.effects) - SHOWN} dòng nữa; xem đủ bằng --json"


def _compared(compared: Sequence[Balance]) -> Iterator[str]:
    for balance in compared:
        where = f"Đối chiếu {balance.template} {balance.period}"
        if balance.fault:
            yield f"{where}: không cộng được trên cây nào ({balance.fault})"
            continue
        yield f"{where}: {balance.equal} số giữ nguyên, {len(balance.differences)} số khác"
        for one in balance.differences:
            yield f"  khác: {one.label}: {one.then} → {one.now}"


def _as_json(event: Event, done: Reorganised, dry_run: bool) -> dict[str, object]:
    head = event.decision
    return {
        "decision": head.number,
        "title": head.title,
        "day": head.day.isoformat(),
        "applied": done.fresh and not dry_run,
        "fresh": done.fresh,
        "rows": [dict(row) for row in event.source],
        "touched": {part.name: [asdict(one) for one in part.effects] for part in done.touched},
        "conserved": [
            {
                "template": one.template,
                "period": one.period,
                "equal": one.equal,
                "differences": [asdict(figure) for figure in one.differences],
                "fault": one.fault or None,
            }
            for one in done.balances
        ],
    }


def _reached(periods: list[Reached]) -> Iterator[str]:
    """Totals that were sealed on a tree which the event changes after the fact."""
    for one in periods:
        yield (
            f"Lưu ý: {one.template} {one.period} kết thúc từ ngày này về sau mà {one.sealed} đơn vị đã chốt tổng, "
            f"{one.issued} báo cáo đã phát hành theo cây cũ. Tổng nào nay khác được đánh dấu số liệu thay đổi."
        )


@org.command()
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False), help="Thư mục ghi tệp.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), default="2018-01-01", show_default=True)
def names(folder: str, start: dt.datetime) -> None:
    """Tên thật: cây đến 30/6/2025 và việc sắp xếp ngày 1/7/2025 thành hai tệp CSV (cần gói thêm «names»)."""
    open_instance()
    from nhipcau.org.administrative import before_csv, divisions, event_csv

    found, out = divisions(), Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    (out / "truoc-2025-07-01.csv").write_text(before_csv(found, start.date()), "utf-8")
    (out / "2025-07-01.csv").write_text(event_csv(found), "utf-8")
    say(f"Đã ghi {out}/truoc-2025-07-01.csv («org import») và {out}/2025-07-01.csv («org reorganise»).")


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
