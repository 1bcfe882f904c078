"""`nhipcau mail`: what comes back to the mailbox of returned mail."""

from __future__ import annotations

import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes


@click.group()
def mail() -> None:
    """Thư điện tử."""


@mail.command()
@click.argument("files", metavar="FILE|-…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True)
def bounces(files: tuple[str, ...], as_json: bool) -> None:
    """Đọc thư bị trả lại (RFC 3464): tệp thư, mbox, thư mục Maildir, hoặc «-» là một thư từ đầu vào."""
    open_instance()
    from nhipcau.outbox.bounces import LABELS, take_bounce

    found = Counter(take_bounce(data=data, at=now()) for file in files for data in _messages(file))
    if as_json:
        emit({kind.value: found[kind] for kind in LABELS})
        return
    for kind, label in LABELS.items():
        if found[kind]:
            click.echo(f"{found[kind]} thư: {label}")
    if not found:
        click.echo("Không có thư nào.")


def _messages(file: str) -> Iterator[bytes]:
    if file == "-":
        yield sys.stdin.buffer.read()
    elif Path(file).is_dir():
        yield from (one.as_bytes() for one in mailbox.Maildir(file, create=False))
    else:
        data = read_bytes(file)
        yield from (one.as_bytes() for one in mailbox.mbox(file, create=False)) if data[:5] == b"From " else (data,)
