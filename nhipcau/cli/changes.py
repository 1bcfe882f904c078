"""`explain-change`: why a figure is not what it was."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say, table
from nhipcau.cli.reports import locate, period_option
from nhipcau.cli.taking import takes
from nhipcau.core.numbers import Cell, format_cell, format_value

if TYPE_CHECKING:
    from nhipcau.org.models import UnitName
    from nhipcau.reports.sealing.compared import Changed

CAUSES: dict[str, str] = {
    "new": "đơn vị mới, trước đó chưa có",
    "ended": "đã kết thúc, không có đơn vị kế thừa",
    "reported": "trước đó không có báo cáo",
    "unreported": "không có báo cáo",
    "resubmitted": "gửi bản điều chỉnh",
    "value": "số liệu thay đổi",
    "moved_in": "sắp xếp tổ chức: nhận về",
    "moved_out": "sắp xếp tổ chức: chuyển đi",
}
_POINTS = "now, previous, year-ago, một kỳ khác, seal:1 (bản chốt), edition:0 (bản phát hành) hoặc thời điểm ISO"


@click.command()
@click.argument("template_code", metavar="TEMPLATE")
@click.argument("indicator")
@period_option
@click.option("--unit", help="Mã hoặc uid của đơn vị (mặc định: gốc của cây).")
@click.option("--from", "before", default="previous", show_default=True, help=f"So với: {_POINTS}.")
@click.option("--to", "after", default="now", show_default=True, help="Đến: như trên.")
@click.option("--json", "as_json", is_flag=True)
@takes("reports.figures_taken")
def explain_change(
    template_code: str, indicator: str, period: str, unit: str | None, before: str, after: str, as_json: bool
) -> None:
    """Vì sao một con số đổi: phần của từng đơn vị, cộng lại đúng bằng chênh lệch."""
    open_instance()
    from nhipcau.org.queries import names_of
    from nhipcau.reports.sealing.compared import explain
    from nhipcau.reports.sealing.points import point_of

    version, parsed, top = locate(template_code, period, unit)
    first, second = (point_of(word, parsed, version, top) for word in (before, after))
    changed = explain(version=version, indicator=indicator, unit=top, before=first, after=second, at=now())
    units = {pk for one in changed.contributions for pk in (one.child, one.unit, one.of)} | {*changed.children}
    names = names_of(units, changed.after.span.last)
    if as_json:
        emit(_as_json(changed, names))
    else:
        _print(changed, names)


def _as_json(changed: Changed, names: dict[int, UnitName]) -> dict[str, Any]:
    from nhipcau.reports.told import plain

    def pair(cells: tuple[Cell, Cell]) -> dict[str, object]:
        was, now = (plain(cell, changed.item.decimals) for cell in cells)
        return {"before": was, "after": now}

    def of(pk: int) -> str:
        return names[pk].code

    return {
        **pair(changed.whole),
        "additive": changed.additive,
        "decimals": changed.item.decimals,
        "difference": changed.difference if changed.additive else None,
        "children": [{"unit": of(pk), **pair(cells)} for pk, cells in changed.children.items()],
        "terms": [{"indicator": term.code, **pair(cells)} for term, cells in changed.terms],
        "contributions": [
            asdict(one) | {"child": of(one.child), "unit": of(one.unit), "of": of(one.of)}
            for one in changed.contributions
        ],
    }


def _print(changed: Changed, names: dict[int, UnitName]) -> None:
    item = changed.item
    if changed.additive:
        rows = [
            [names[one.unit].code, names[one.unit].name, CAUSES[one.cause], _signed(one.amount, item.decimals)]
            for one in changed.contributions
        ]
        table(["Đơn vị", "Tên", "Vì sao", "Thay đổi"], rows)
    else:
        say("Số này không cộng từ các đơn vị, nên không chia chênh lệch ra được; dưới đây là số trước và sau.")
        parts = [(names[pk].name, cells) for pk, cells in changed.children.items()]
        parts += [(term.label, cells) for term, cells in changed.terms]
        table(
            ["Gồm", "Trước", "Sau"],
            [[name, *(format_cell(c, item.decimals) for c in cells)] for name, cells in parts],
        )
    was, now_ = (format_cell(cell, item.decimals) for cell in changed.whole)
    say(f"{item.label}: {was} → {now_}")


def _signed(amount: int, decimals: int) -> str:
    return f"{'+' if amount > 0 else ''}{format_value(amount, decimals)}"
