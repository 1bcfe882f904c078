"""`nhipcau search`: upkeep of the search."""

from __future__ import annotations

import click

from nhipcau.cli.instance import open_instance
from nhipcau.cli.output import say


@click.group()
def search() -> None:
    """Bảo trì phần tìm kiếm văn bản."""


@search.command()
def rebuild() -> None:
    """Lập lại chỉ mục tìm kiếm từ mọi văn bản; với PostgreSQL, ai tìm hay ghi văn bản phải chờ cho đến khi xong."""
    open_instance()
    from nhipcau.documents.search.rows import rebuild as make_anew

    say(f"Đã lập lại: {make_anew()} văn bản tìm được.")
