"""`form export` and `form import` as an operator calls them: files out, a line a file back, exit 1 if refused."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from nhipcau.cli.forms import form
from nhipcau.core.errors import UnreadableFile
from nhipcau.reports.models import Submission
from tests import quarterly
from tests.cast import Cast
from tests.exchange.forms import fill


@pytest.fixture(autouse=True)
def handed_out(cast: Cast, settings: Settings, tmp_path: Path) -> Path:
    """The commune's forms in a folder."""
    settings.DEMO_CLOCK = quarterly.LATER.isoformat()
    quarterly.publish()
    folder = tmp_path / "bieu-mau"
    call("export", "quy", "--period", "2026-Q1", "--unit", "XA", "--with-children", "--out", str(folder))
    return folder


def call(*args: str) -> Result:
    return CliRunner().invoke(form, args, catch_exceptions=False)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_folder_of_forms_comes_back_one_line_a_file(handed_out: Path) -> None:
    local = handed_out / "quy-2026-Q1-A1.xlsx"
    local.write_bytes(fill(local.read_bytes(), gifts=5))
    (handed_out / "quy-2026-Q1-A2.xlsx").unlink()
    result = call("import", str(handed_out), "--json")
    assert result.exit_code == 0
    assert [(one["unit"], one["result"], one["changed"]) for one in lines(result)] == [
        ("A1", "accepted", 1), ("XA", "accepted", 0),
    ]  # fmt: skip
    assert Submission.objects.get().unit.names.get().code == "A1"


def test_a_refused_file_is_exit_1_with_its_cells(handed_out: Path) -> None:
    local = handed_out / "quy-2026-Q1-A1.xlsx"
    local.write_bytes(fill(local.read_bytes(), gifts=1.5))
    result = call("import", str(local), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["result"]) == (1, "refused")
    assert told["faults"] == [{"cell": "Số liệu!F8", "message": "cần số nguyên, đã nhập «1,5»"}]


def test_a_preview_writes_nothing(handed_out: Path) -> None:
    local = handed_out / "quy-2026-Q1-A1.xlsx"
    local.write_bytes(fill(local.read_bytes(), gifts=5))
    assert "Sẽ ghi 1 chỗ" in call("import", str(local), "--dry-run").stdout
    assert not Submission.objects.exists()


def test_a_unit_without_a_post_is_refused_and_said(handed_out: Path) -> None:
    other = handed_out / "quy-2026-Q1-A2.xlsx"
    other.write_bytes(fill(other.read_bytes(), gifts=5))
    result = call("import", str(other))
    assert result.exit_code == 1
    assert "chưa có chức danh nào lập báo cáo" in result.stdout


def mail(folder: Path, name: str, **files: bytes) -> Path:
    """An e-mail as mail programs save it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "coso@example.vn", "xa@example.vn", "Gửi báo cáo quý"
    message.set_content("Kính gửi công đoàn xã.")
    for title, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"{title}.xlsx")
    path = folder / name
    path.write_bytes(message.as_bytes())
    return path


def test_where_phones_reach_no_server_the_form_comes_by_mail(handed_out: Path, tmp_path: Path) -> None:
    drop = tmp_path / "thu-den"
    drop.mkdir()
    mail(drop, "thu.eml", bao_cao=fill((handed_out / "quy-2026-Q1-A1.xlsx").read_bytes(), gifts=7))
    result = call("import", str(drop), "--json")
    told = json.loads(result.stdout)
    assert (told["unit"], told["result"], told["changed"]) == ("A1", "accepted", 1)
    assert told["file"].endswith("thu.eml › bao_cao.xlsx")
    again = call("import", str(drop), "--json")
    assert json.loads(again.stdout)["unchanged"], "the same mail twice changes nothing"


def test_a_mail_without_a_form_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"không đính kèm biểu mẫu \.xlsx nào"):
        call("import", str(mail(tmp_path, "thu.eml")))
    assert not Submission.objects.exists()
