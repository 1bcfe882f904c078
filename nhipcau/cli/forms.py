"""`form export` and `form import`: a report's Excel form out to the units, and back filled in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, progress, say
from nhipcau.cli.reports import locate, period_option
from nhipcau.cli.taking import takes
from nhipcau.core.errors import NotFound

if TYPE_CHECKING:
    from nhipcau.exchange.xlsx.importing import Received
    from nhipcau.org.models import Post, Unit

_TAKEN = {".xlsx", ".eml"}  # of a folder
_SEVERITIES = {"error": "phải sửa", "warning": "cần giải thích", "info": "lưu ý"}


@click.group()
def form() -> None:
    """Biểu mẫu Excel: xuất cho đơn vị điền, nhập lại số đã điền."""


@form.command("export")
@click.argument("template_code", metavar="TEMPLATE")
@period_option
@click.option("--unit", help="Mã hoặc uid của đơn vị (mặc định: gốc của cây).")
@click.option("--with-children", is_flag=True, help="Cả các đơn vị trực thuộc phải lập báo cáo này, mọi cấp.")
@click.option("--section", type=click.IntRange(min=1), default=None, help="Chỉ phần thứ mấy, để nơi khác điền.")
@click.option("--out", required=True, type=click.Path(file_okay=False), help="Thư mục ghi các tệp .xlsx.")
@click.option("--json", "as_json", is_flag=True)
@takes("reports.form_taken")
def export(
    template_code: str,
    period: str,
    unit: str | None,
    with_children: bool,
    section: int | None,
    out: str,
    as_json: bool,
) -> None:
    """Biểu mẫu .xlsx để điền: ô khóa, số kỳ trước bên cạnh, quy tắc tô màu, dấu nhận dạng có ký."""
    open_instance()
    from nhipcau.exchange.xlsx.exporting import export_forms

    version, parsed, top = locate(template_code, period, unit)
    forms = export_forms(
        version=version, period=parsed, unit=top, with_children=with_children, section=section or 0
    )
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in progress(forms, "Xuất biểu mẫu"):
        (folder / one.file_name).write_bytes(one.data)
        written.append({"unit": one.unit_name.code, "file": str(folder / one.file_name)})
    if as_json:
        emit(written)
    say(f"Đã ghi {len(written)} biểu mẫu vào «{folder}».")


@form.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước: đọc, đối chiếu, báo từng tệp; không ghi gì.")
@click.option(
    "--on-dispute", type=click.Choice(["refuse", "file", "keep"]), default="refuse", show_default=True,
    help="Ô đã được sửa trên hệ thống sau khi tải biểu mẫu: không nhận tệp, lấy số trong tệp, hay giữ số đang có.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="In JSON, mỗi tệp một dòng khi có nhiều tệp.")
def import_(paths: tuple[str, ...], dry_run: bool, on_dispute: Any, as_json: bool) -> None:
    """Nhập biểu mẫu đã điền: tệp, thư mục, .zip hay thư .eml có tệp đính kèm.

    Nhận theo dấu nhận dạng; mỗi tệp nhận cả hoặc không nhận gì."""
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.exchange.xlsx.importing import import_forms
    from nhipcau.exchange.xlsx.reading import read_raw

    files = list(_files(paths))
    done = list(
        import_forms(
            forms=read_raw(files), acting=_acting, at=now(), via="cli", dry_run=dry_run, disputes=on_dispute
        )
    )
    if not dry_run:
        seal(at=now())
    for one in done:
        if as_json:
            emit(as_plain(one), indent=2 if len(done) == 1 else None)
        else:
            _print(one)
    accepted = sum(one.accepted for one in done)
    say(f"{len(done)} tệp: nhận {accepted}, không nhận {len(done) - accepted}.")
    if accepted < len(done):
        sys.exit(1)


def _acting(unit: Unit) -> Post:
    """The operator acts as the unit's own post that fills in reports, as `issue` does for its signer."""
    from nhipcau.core.clock import local_date
    from nhipcau.org.models import Role
    from nhipcau.org.queries import posts_with_role

    day = local_date(now())
    posts = posts_with_role(unit, Role.REPORTER, day) or posts_with_role(unit, Role.APPROVER, day)
    if not posts:
        raise NotFound("Đơn vị chưa có chức danh nào lập báo cáo; hãy lập chức danh trước.")
    return posts[0]


def _files(paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Every workbook by name: of a folder, a zip, an e-mail, or named itself. NotFound where there is none."""
    from nhipcau.exchange.xlsx.parcels import opened

    found = False
    for path in map(Path, paths):
        if not path.exists():
            raise NotFound(f"Không tìm thấy «{path}».")
        inside = sorted(path.rglob("*")) if path.is_dir() else ()
        for file in [one for one in inside if one.suffix in _TAKEN] or [path]:
            if not file.is_file():
                continue
            for name, data in opened(str(file), file.read_bytes()):
                found = True
                yield name, data
    if not found:
        raise NotFound("Không có tệp .xlsx nào ở đó.")


def as_plain(one: Received) -> dict[str, Any]:
    """A result as JSON."""
    return {
        "file": one.name,
        "result": "accepted" if one.accepted else "refused",
        "message": one.message,
        "unit": one.unit_code or None,
        "template": one.template or None,
        "period": one.period or None,
        "submission": str(one.report.uid) if one.report else None,
        "unchanged": one.accepted and not one.changes,
        "changed": len(one.changes) if one.accepted else 0,
        "changes": [asdict(change) for change in one.changes],
        "faults": [{"cell": fault.where, "message": fault.message} for fault in one.faults],
        "findings": [asdict(finding) for finding in one.findings],
    }


def _print(one: Received) -> None:
    click.echo(f"{one.name}: {'nhận' if one.accepted else 'KHÔNG NHẬN'}. {one.message}")
    if one.unit_code:
        click.echo(f"  {one.unit_name} ({one.unit_code}), {one.template} {one.period}")
    for change in one.changes:
        mark = " (đã sửa trên hệ thống)" if change.disputed else ""
        click.echo(f"  {change.where}: {change.label}: {change.before} → {change.after}{mark}")
    for fault in one.faults:
        click.echo(f"  {fault}")
    for finding in one.findings:
        click.echo(f"  {finding.where}: {_SEVERITIES[finding.severity]}: {finding.message}")
