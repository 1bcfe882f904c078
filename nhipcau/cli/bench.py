"""`nhipcau bench`: measured ratios, ours to a peer and to the physical limit."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from nhipcau.bench import BENCHES
from nhipcau.bench.measure import Options, Report
from nhipcau.cli.output import emit, say, table

_SIZES = ("units", "indicators", "periods", "files", "pages", "documents")


def _sizes(command: Any) -> Any:
    for name in reversed(_SIZES):
        command = click.option(
            f"--{name}", type=click.IntRange(min=1), help="Cỡ dữ liệu; mặc định của từng phép đo."
        )(command)
    return command


@click.command()
@click.argument("name", type=click.Choice(sorted(BENCHES)), metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option(
    "--runs", default=5, show_default=True, type=click.IntRange(min=1), help="Số lượt đo sau lượt làm nóng."
)
@click.option(
    "--database-url", default="", help="Máy chủ PostgreSQL; phép đo tự tạo và xóa một cơ sở dữ liệu riêng."
)
@_sizes
def bench(name: str, as_json: bool, runs: int, database_url: str, **sizes: int | None) -> None:
    """Đo tốc độ trên dữ liệu tạo sẵn: của ta, của cách làm khác và giới hạn vật lý, xen kẽ trong một lượt."""
    given = {size: value for size, value in sizes.items() if value is not None}
    options = Options(runs=runs, database_url=database_url, sizes=given, say=say)
    report: Report = import_module(BENCHES[name]).run(options)
    if as_json:
        emit(report.as_json())
        return
    table(
        ["phép đo", "ta (ms)", "cách khác (ms)", "giới hạn (ms)", "nhanh hơn (lần)", "kết quả như nhau"],
        [
            (
                case["case"],
                case["ours_ms"],
                case["peer_ms"],
                case["limit_ms"],
                case["peer_over_ours"],
                "có" if case["same_result"] else "KHÔNG",
            )
            for case in report.cases
        ],
    )
