"""`nhipcau read`: the reader on files, without a database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nhipcau.cli.output import emit, say
from nhipcau.core.errors import NhipCauError
from nhipcau.reader import files_in, read_bytes, to_json
from nhipcau.reader.extract import Tell


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="In JSON, mỗi tệp một dòng khi có nhiều tệp.")
@click.option("--with-text", is_flag=True, help="Kèm văn bản đã chuẩn hóa mà các vị trí (span) đếm trên đó.")
def read(files: tuple[str, ...], as_json: bool, with_text: bool) -> None:
    """Đọc văn bản (.txt .docx .doc .pdf .eml .zip): số, ngày, cơ quan, trích yếu, viện dẫn, thời hạn, yêu cầu."""
    failed = False
    for name in files:
        try:
            enclosed = files_in(Path(name))
        except NhipCauError as error:
            say(f"{name}: {error.message}")
            failed = True
            continue
        for one in enclosed:
            label = name if len(enclosed) == 1 else f"{name} › {one.name}"
            try:
                found = to_json(read_bytes(one.data, one.name, tell=_progress(label)), with_text=with_text)
            except NhipCauError as error:
                say(f"{label}: {error.message}")
                failed = True
                continue
            if as_json:
                emit(found, indent=2 if len(files) == len(enclosed) == 1 else None)
            else:
                _print(label, found)
    if failed:
        sys.exit(1)


def _progress(name: str) -> Tell:
    """Pages recognised so far, on standard error: a scan of many pages takes a while."""
    return lambda done, of: say(f"{name}: đã nhận dạng {done}/{of} trang")


def _print(name: str, found: dict[str, object]) -> None:
    click.echo(f"{name}")
    for label, key in (
        ("Tên loại", "doc_type"), ("Số, ký hiệu", "number"), ("Cơ quan", "issuer"), ("Chủ quản", "parent_issuer"),
        ("Địa danh", "place"), ("Ngày", "date"), ("Trích yếu", "subject"),
    ):  # fmt: skip
        click.echo(f"  {label:<12} {found[key] or 'không thấy'}")
    for label, key in (("Viện dẫn", "cited"), ("Thời hạn", "deadlines"), ("Yêu cầu", "obligations")):
        items = found[key]
        assert isinstance(items, list)  # noqa: S101 - the reader's own JSON
        click.echo(f"  {label:<12} {len(items)}")
        for item in items:
            click.echo(f"    - {item.get('symbol') or item.get('phrase') or item.get('text')}")
