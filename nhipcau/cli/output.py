"""Where words go: machine output to stdout, everything for people to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import indent as indented
from typing import Any, TypeVar

import click

from nhipcau.core.errors import NotFound, UnreadableFile

T = TypeVar("T")


def say(text: str) -> None:
    """A line for a person."""
    click.echo(text, err=True)


def emit(value: Any, *, indent: int | None = 2) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))


def emit_each(values: Iterable[Any]) -> None:
    """One JSON list on stdout, written as it grows."""
    began = False
    for value in values:
        click.echo("," if began else "[")
        click.echo(indented(json.dumps(value, ensure_ascii=False, indent=2), "  "), nl=False)
        began = True
    click.echo("\n]" if began else "[]")


def table(headings: list[str], rows: Iterable[Iterable[object]]) -> None:
    """A plain table on stdout; columns as wide as their content."""
    lines = [headings, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def progress(items: Iterable[T], label: str, length: int | None = None) -> Iterable[T]:
    """Go through the items with a bar on stderr; silent where stderr is not a terminal."""
    if not sys.stderr.isatty():
        return items
    return _with_bar(items, label, length)


def _with_bar(items: Iterable[T], label: str, length: int | None) -> Iterable[T]:
    with click.progressbar(items, label=label, length=length, file=sys.stderr) as bar:
        yield from bar


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or a sentence that says why not."""
    file = Path(path)
    if file.is_dir():
        raise UnreadableFile(f"«{path}» là thư mục, không phải tệp.")
    if not file.exists():
        raise NotFound(f"Không tìm thấy tệp «{path}».")
    return file.read_bytes()
