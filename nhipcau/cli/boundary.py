"""`nhipcau boundary check`: what the boundary says of texts, before anybody stores them."""

from __future__ import annotations

import sys

import click

from nhipcau.boundary import check_lines, check_template
from nhipcau.cli.output import emit, read_bytes, table
from nhipcau.core.errors import UnreadableFile


@click.group()
def boundary() -> None:
    """Ranh giới: hệ thống từ chối giữ những gì, và vì sao."""


@boundary.command()
@click.argument("file", metavar="FILE|-")
@click.option("--json", "as_json", is_flag=True, help="In danh sách JSON theo đúng thứ tự.")
def check(file: str, as_json: bool) -> None:
    """Xét từng dòng của tệp văn bản, hoặc từng đoạn chữ của một biểu mẫu .yaml."""
    data = sys.stdin.buffer.read() if file == "-" else read_bytes(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"«{file}» không ở bảng mã UTF-8.") from error
    if file.endswith((".yaml", ".yml")):
        found = check_template(text)
    else:
        found = check_lines([line for line in text.splitlines() if line.strip()])
    if as_json:
        emit(found)
    else:
        table(["Kết luận", "Quy tắc", "Nội dung"], [[f["verdict"], f["rule"] or "", f["text"]] for f in found])
    if any(f["verdict"] != "allowed" for f in found):
        sys.exit(1)
