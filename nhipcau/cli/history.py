"""`history import`: figures of the years before, from a federation's own file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes, say
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import format_cell
from nhipcau.core.periods import parse_period

if TYPE_CHECKING:
    from nhipcau.org.models import Post
    from nhipcau.reports.filling.history import Outcome


@click.group()
def history() -> None:
    """Số liệu các kỳ trước, từ tệp của chính đơn vị."""


@history.command("import")
@click.argument("file", metavar="FILE")
@click.option("--template", "code", required=True, help="Mã biểu mẫu.")
@click.option("--period", help="Kỳ của cả tệp, khi tệp không có cột «Kỳ».")
@click.option("--unit", help="Nhập với tư cách đơn vị này (mặc định: gốc của cây); chỉ nhận số trong nhánh của nó.")
@click.option("--column", "columns", multiple=True, metavar="CỘT=MÃ",
              help="Cột (chữ cái hoặc tiêu đề) là chỉ tiêu nào; «CỘT=» để bỏ qua.")  # fmt: skip
@click.option("--replace", default="", metavar="LÝ DO", help="Thay số liệu cũ đã nhập khác với tệp, vì sao.")
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ làm gì; không ghi gì.")
@click.option("--json", "as_json", is_flag=True)
def import_(
    file: str, code: str, period: str | None, unit: str | None, columns: tuple[str, ...], replace: str,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Nhập số liệu các kỳ trước từ .xlsx hoặc .csv: mỗi dòng một đơn vị, một kỳ; sai một ô là không nhập gì."""
    chosen = pairs(columns)
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.exchange.own.history import import_history

    done = import_history(
        data=read_bytes(file), name=Path(file).name, code=code, actor=acting(unit, code), at=now(),
        period=parse_period(period) if period else None, columns=chosen, replace=replace, dry_run=dry_run,
    )  # fmt: skip
    if not dry_run:
        seal(at=now())
    if as_json:
        emit(_as_json(done, dry_run))
    _tell(done, dry_run)


def pairs(columns: tuple[str, ...]) -> dict[str, str]:
    """ "D=gifts" by column."""
    if any("=" not in one for one in columns):
        raise click.UsageError("--column phải viết CỘT=MÃ, ví dụ --column D=gifts.")
    return {heading.strip(): code.strip() for heading, _sign, code in (one.rpartition("=") for one in columns)}


def acting(unit: str | None, code: str) -> Post:
    """The operator acts as the unit's own post that fills in reports."""
    from nhipcau.org.models import Role
    from nhipcau.org.queries import find_unit, posts_with_role, root
    from nhipcau.reports.filling.history import require_template

    day = local_date(now())
    found = find_unit(unit, day) if unit else root(day, require_template(code).axis)
    posts = posts_with_role(found, Role.REPORTER, day) or posts_with_role(found, Role.APPROVER, day)
    if not posts:
        raise NotFound("Đơn vị chưa có chức danh nào lập báo cáo; hãy lập chức danh trước.")
    return posts[0]


def _as_json(done: Outcome, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "figures": done.figures,
        "replaced": [
            {
                "unit": str(one.unit.uid), "period": one.period.key, "indicator": one.item.code, "place": one.place,
                "was": format_cell(one.was, one.item.decimals), "now": format_cell(one.now, one.item.decimals),
            }
            for one in done.replaced
        ],
        "outside": [{"unit": str(unit.uid), "period": period.key} for unit, period in done.outside],
    }  # fmt: skip


def _tell(done: Outcome, dry_run: bool) -> None:
    from nhipcau.org.queries import names_of

    day = local_date(now())
    say(f"{'Sẽ nhập' if dry_run else 'Đã nhập'} {done.figures} số liệu cũ: {done.new} bản mới, {done.changed} bản "
        f"thay, {done.unchanged} dòng không đổi.")  # fmt: skip
    names = names_of({one.unit.pk for one in done.replaced} | {unit.pk for unit, _ in done.outside}, day)
    for one in done.replaced:
        was, new = (format_cell(cell, one.item.decimals) for cell in (one.was, one.now))
        say(f"  {names[one.unit.pk].name}, {one.period.label_vi}, {one.item.label}: {was} → {new} ({one.place})")
    if done.outside:
        listed = "; ".join(sorted({f"{names[unit.pk].name} {period.key}" for unit, period in done.outside})[:20])
        say(f"{len(done.outside)} dòng của đơn vị chưa có trong cây kỳ đó: dùng làm số kỳ trước, cùng kỳ của "
            f"đơn vị, nhưng không cộng vào tổng ({listed}).")  # fmt: skip
