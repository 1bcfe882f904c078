"""`template`, `consolidate`, `trace`: the figures of a period and where they come from."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, emit_each, read_bytes, say, table
from nhipcau.cli.taking import takes
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.csvs import write_rows
from nhipcau.core.numbers import HIDDEN, Cell, CellState, format_cell, format_value
from nhipcau.core.periods import Period, parse_period

if TYPE_CHECKING:
    from nhipcau.org.models import Unit
    from nhipcau.reports.design.definition import Definition
    from nhipcau.reports.models import TemplateVersion
    from nhipcau.reports.totals.consolidation import Consolidated
    from nhipcau.reports.totals.over_time import OverTime

period_option = click.option("--period", required=True, help="Kỳ báo cáo: 2018-H1, 2026-Q2, 2026-05, 2026 …")


@click.group()
def template() -> None:
    """Biểu mẫu báo cáo."""


@template.command("import")
@click.argument("file", metavar="FILE")
@click.option("--move-drafts", is_flag=True, help="Báo cáo đang lập, chưa gửi được chuyển sang phiên bản mới.")
@click.option("--every", type=click.Choice(["month", "quarter", "half", "year"]), default="quarter",
              help="Kỳ báo cáo, cho XLSForm.")  # fmt: skip
@click.option("--reporter", "reporters", multiple=True, default=["local"], help="Loại đơn vị báo cáo, cho XLSForm.")
@click.option("--as-yaml", is_flag=True, help="Chỉ in XLSForm thành YAML để sửa, không ban hành.")
def import_(file: str, move_drafts: bool, every: str, reporters: tuple[str, ...], as_yaml: bool) -> None:
    """Ban hành biểu mẫu từ YAML hoặc XLSForm (.xlsx); sai một chỗ là không nhập gì."""
    open_instance()
    from nhipcau.reports.design.templates import import_template

    data = read_bytes(file)
    if file.lower().endswith((".xlsx", ".xlsm")):
        data = _of_xlsform(data, file, every, reporters)
        if as_yaml:
            click.echo(data, nl=False)
            return
    done = import_template(data=data, actor=System("cli"), at=now(), move_drafts=move_drafts)
    code, number = done.version.template.code, done.version.number
    say(f"{'Đã ban hành' if done.created else 'Không có gì đổi:'} biểu mẫu «{code}», phiên bản {number}.")


def _of_xlsform(data: bytes, file: str, every: str, reporters: Sequence[str]) -> bytes:
    """The template file an XLSForm makes; what was not taken over is said, row by row."""
    from nhipcau.exchange.xlsform import read_xlsform
    from nhipcau.reports.design.writing import as_yaml

    survey = read_xlsform(data, name=Path(file).stem, day=local_date(now()), period=every, reporters=reporters)
    for fault in survey.left:
        say(f"Không lấy: {fault}")
    return as_yaml(survey.content).encode()


@template.command("export")
@click.argument("code", metavar="CODE")
@click.option("--number", type=int, help="Phiên bản (mặc định: mới nhất).")
@takes("reports.template_taken")
def export(code: str, number: int | None) -> None:
    """Biểu mẫu thành YAML, kèm loại hoạt động mà nó đọc; nhập lại thì không có gì đổi."""
    open_instance()
    from nhipcau.reports.design.drafts import file_of
    from nhipcau.reports.design.templates import version_numbered
    from nhipcau.reports.design.writing import as_yaml

    click.echo(as_yaml(file_of(version_numbered(code, number), local_date(now()))), nl=False)


@template.command("library")
@click.argument("code", metavar="CODE", required=False)
def library(code: str | None) -> None:
    """Biểu mẫu có sẵn: không có CODE thì liệt kê; có CODE thì in tệp YAML để sửa rồi nhập."""
    open_instance()
    from nhipcau.reports.design.library import as_text, ready

    if code:
        click.echo(as_text(code, local_date(now())), nl=False)
        return
    rows = [[one.code, str(one.name), one.figures, one.rules] for one in ready()]
    table(["Mã", "Tên", "Chỉ tiêu", "Quy tắc"], rows)


@template.command("plan")
@click.argument("file", metavar="FILE")
@click.option("--template", "code", required=True, help="Mã biểu mẫu.")
@click.option("--period", required=True, help="Kỳ của biểu mẫu, hoặc năm.")
def plan(file: str, code: str, period: str) -> None:
    """Giao kế hoạch từ tệp CSV hoặc XLSX: mỗi dòng một đơn vị, mỗi cột một chỉ tiêu; sai một ô là không ghi gì."""
    open_instance()
    from nhipcau.reports.design.templates import versions_of
    from nhipcau.reports.planning.table import import_targets

    parsed, data, newest = parse_period(period), read_bytes(file), versions_of(code)[0]
    changed = import_targets(version=newest, period=parsed, data=data, actor=System("cli"), at=now())
    say(f"Đã ghi {changed} số kế hoạch của biểu mẫu «{code}», {parsed.label_vi}.")


def locate(
    code: str, period: str, unit: str | None, day: dt.date | None = None
) -> tuple[TemplateVersion, Period, Unit]:
    """The version, the period and the unit a command names; without a unit, the root of the template's axis.

    A code is that of the period's last day, or of `day` where another tree is asked for.
    """
    from nhipcau.org.queries import find_unit, root
    from nhipcau.reports.design.templates import version_for

    parsed = parse_period(period)
    version = version_for(code, parsed)
    on = day or parsed.last_day(version.definition["calendar"])
    return version, parsed, find_unit(unit, on) if unit else root(on, version.template.axis)


@click.command()
@click.argument("template_code", metavar="TEMPLATE")
@period_option
@click.option("--unit", help="Mã hoặc uid của đơn vị (mặc định: gốc của cây).")
@click.option("--tree", default="as_then", help="as_then (cây cuối kỳ), as_now (cây hôm nay) hoặc at:NGÀY.")
@click.option("--every-node", is_flag=True, help="Mọi đơn vị của nhánh, không chỉ đơn vị đứng đầu.")
@click.option("--format", "style", type=click.Choice(["table", "json", "csv"]), default="table")
@click.option("--json", "as_json", is_flag=True, help="Như --format json.")
@takes("reports.figures_taken")
def consolidate(
    template_code: str, period: str, unit: str | None, tree: str, every_node: bool, style: str, as_json: bool
) -> None:
    """Số liệu tổng hợp đang có, kèm phạm vi: bao nhiêu đơn vị, bao nhiêu đoàn viên đứng sau."""
    open_instance()
    from nhipcau.reports.told import day_of_tree, nodes_told

    day = day_of_tree(tree, local_date(now()))
    definition, nodes = _nodes(template_code, period, unit, day, depth=None if every_node else 0)
    rows = nodes_told(nodes, definition, parse_period(period), day)
    if as_json or style == "json":
        emit_each(rows) if every_node else emit(next(rows))
    elif style == "csv":
        _csv(rows)
    else:
        labels = [
            [i.label, i.unit, format_cell(nodes[0].cells[i.code], i.decimals)] for i in definition.indicators()
        ]
        table(["Chỉ tiêu", "Đơn vị tính", "Số liệu"], labels)
        if HIDDEN in nodes[0].cells.values():
            say("Dấu * là số đếm người được che: số nhỏ, và số được che kèm để không suy ra được số nhỏ.")
        say(" · ".join(f"{key} {value}" for key, value in asdict(nodes[0].coverage).items()))


def _nodes(
    code: str, period: str, unit: str | None, day: dt.date | None, *, depth: int | None
) -> tuple[Definition, Sequence[Consolidated | OverTime]]:
    """The nodes of a period of the template's own kind, or of a longer one that it is added up to."""
    from nhipcau.org.queries import find_unit, root
    from nhipcau.reports.design.templates import versions_of
    from nhipcau.reports.told import nodes_of
    from nhipcau.reports.totals.over_time import sub_periods

    parsed, newest = parse_period(period), versions_of(code)[0]
    if parsed.kind == newest.definition["period_kind"]:
        _version, parsed, top = locate(code, period, unit, day)
    else:
        last = sub_periods(code, parsed, local_date(now()))[-1]
        on = day or last.period.last_day(last.definition.calendar)
        top = find_unit(unit, on) if unit else root(on, newest.template.axis)
    return nodes_of(code=code, period=parsed, unit=top, at=now(), day=day, depth=depth)


def _csv(rows: Iterable[dict[str, Any]]) -> None:
    for place, row in enumerate(rows):
        figures, coverage = row["values"], row["coverage"]
        head = [] if place else [["unit", "name", *figures, *coverage]]
        write_rows(sys.stdout, [*head, [row["unit"], row["name"], *figures.values(), *coverage.values()]])


@click.command()
@click.argument("template_code", metavar="TEMPLATE")
@click.argument("indicator")
@period_option
@click.option("--unit", help="Mã hoặc uid của đơn vị (mặc định: gốc của cây).")
@click.option("--tree", default="as_then", help="as_then (cây cuối kỳ), as_now (cây hôm nay) hoặc at:NGÀY.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--pdf", "pdf", metavar="FILE", help="Ghi cả đường đi của con số thành tệp PDF.")
@takes("reports.figures_taken")
def trace(
    template_code: str, indicator: str, period: str, unit: str | None, tree: str, as_json: bool, pdf: str | None
) -> None:
    """Nguồn của một con số: từng đơn vị, từng báo cáo, từng hoạt động cộng lại thành nó."""
    open_instance()
    if pdf:
        _write_path(template_code, indicator, period, unit, tree, pdf)
    if as_json or not pdf:
        _print_trace(template_code, indicator, period, unit, tree, as_json=as_json)


def _write_path(code: str, indicator: str, period: str, unit: str | None, tree: str, file: str) -> None:
    """The figure's path as a paper."""
    from nhipcau.press.path import to_pdf
    from nhipcau.reports.issuing.figure_paper import figure_paper
    from nhipcau.reports.told import day_of_tree

    day = day_of_tree(tree, local_date(now()))
    version, parsed, top = locate(code, period, unit, day)
    paper = figure_paper(version=version, indicator=indicator, period=parsed, unit=top, at=now(), day=day)
    Path(file).write_bytes(to_pdf(paper))
    say(f"{paper.figure}: {paper.value}, {len(paper.sheets)} báo cáo. Đã ghi {file}")


def _print_trace(
    template_code: str, indicator: str, period: str, unit: str | None, tree: str, *, as_json: bool
) -> None:
    from nhipcau.reports.design.definition import load
    from nhipcau.reports.told import day_of_tree, leaves_told, plain
    from nhipcau.reports.totals.lineage import trace as lineage

    day = day_of_tree(tree, local_date(now()))
    version, parsed, top = locate(template_code, period, unit, day)
    found = lineage(version=version, indicator=indicator, period=parsed, unit=top, at=now(), day=day)
    leaves = leaves_told(found.leaves, found, load(version.definition), parsed, day)
    if as_json:
        total = plain(Cell(CellState.VALUE, found.total), found.decimals)
        emit({"total": total, "rollup": found.rollup, "leaves": leaves})
        return
    table(
        ["Đơn vị", "Tên", "Số liệu", "Nguồn"],
        [[leaf["unit"], leaf["name"], _share(leaf), _behind(leaf)] for leaf in leaves],
    )
    say(f"Cộng {len(leaves)} đơn vị: {format_value(found.total, found.decimals)}")


def _share(leaf: dict[str, Any]) -> object:
    """The value; for a share, of how much it is one and where it counts."""
    share = leaf["counted_at"] != leaf["unit"]
    return f"{leaf['value']} / {leaf['whole']} → {leaf['counted_at']}" if share else leaf["value"]


def _behind(leaf: dict[str, Any]) -> str:
    if leaf["history"]:
        return "; ".join(f"số liệu cũ: {one['title']}, {one['place']}" for one in leaf["activities"])
    records = f"{len(leaf['activities'])} bản ghi"
    return f"số gộp của {leaf['covers']} đơn vị, {records}" if leaf["covers"] else records
