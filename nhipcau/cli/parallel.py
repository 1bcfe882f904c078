"""`compare`: a federation's own consolidated file against ours, while both run side by side."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nhipcau.cli.history import pairs
from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes, say, table
from nhipcau.cli.reports import locate, period_option
from nhipcau.cli.taking import takes


@click.command()
@click.argument("file", metavar="FILE.xlsx")
@click.option("--template", "code", required=True, help="Mã biểu mẫu.")
@period_option
@click.option("--unit", help="Mã hoặc uid của đơn vị mà tệp tổng hợp (mặc định: gốc của cây).")
@click.option("--column", "columns", multiple=True, metavar="CỘT=MÃ",
              help="Cột (chữ cái hoặc tiêu đề) là chỉ tiêu nào; «CỘT=» để bỏ qua.")  # fmt: skip
@click.option("--out", metavar="FILE.xlsx", help="Ghi bảng chênh lệch thành .xlsx.")
@click.option("--json", "as_json", is_flag=True)
@takes("reports.figures_taken")
def compare(
    file: str, code: str, period: str, unit: str | None, columns: tuple[str, ...], out: str | None, as_json: bool
) -> None:
    """So tệp tổng hợp của đơn vị với số trên hệ thống, từng chỉ tiêu, nêu đơn vị làm nên chênh lệch; thoát 1 nếu
    có chênh lệch."""
    chosen = pairs(columns)
    open_instance()
    from nhipcau.exchange.own import parallel_paper as paper
    from nhipcau.exchange.own.parallel import compare as beside
    from nhipcau.exchange.own.table import read_raw, table_of
    from nhipcau.org.queries import name_of

    name = Path(file).name
    read = table_of(read_raw(read_bytes(file), name), name, units=False)
    version, parsed, top = locate(code, period, unit)
    done = beside(table=read, version=version, period=parsed, unit=top, at=now(), columns=chosen)
    named = name_of(top, parsed.last_day(version.definition["calendar"]))
    if as_json:
        emit({"template": code, "unit": named.code, "period": parsed.key, **paper.as_json(done)})
    elif done.differing:
        table(list(paper.HEADINGS), paper.rows_of(done))
    if out:
        title = f"CHÊNH LỆCH {code} {parsed.key}"
        Path(out).write_bytes(paper.as_xlsx(done, issuer=named.name, title=title))
        say(f"Đã ghi {out}")
    if done.missing:
        say(paper.missing(done))
    if not done.differing:
        say(f"Đã so {len(done.lines)} chỉ tiêu: không có chênh lệch.")
        return
    say(f"Đã so {len(done.lines)} chỉ tiêu; {len(done.differing)} chỉ tiêu chênh lệch.")
    sys.exit(1)
