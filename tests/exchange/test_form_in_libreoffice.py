"""The form survives a round through LibreOffice: locked, coloured, computed, and read back as it was typed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from nhipcau.exchange.xlsx.importing import import_forms
from nhipcau.exchange.xlsx.places import ENTRY, FIGURES, STAMP
from nhipcau.exchange.xlsx.reading import read_raw
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.exchange.forms import fill, form, opened, row_of
from tests.quarterly import LATER


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    source = folder / "bieu-mau.xlsx"
    source.write_bytes(data)
    made = folder / "luu-lai"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made), str(source),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (made / "bieu-mau.xlsx").read_bytes()


@pytest.mark.needs_program("soffice", "soffice-calc")
def test_a_form_saved_by_libreoffice_is_read_back(cast: Cast, version: TemplateVersion, tmp_path: Path) -> None:
    typed = fill(
        form(version, cast.local), words={"danh_gia": "- Tốt\n- Khá"}, gifts=3, money=90_000_000, hours=2.5
    )
    data = through_libreoffice(typed, tmp_path)
    page = opened(data)[FIGURES]
    assert page.protection.sheet
    assert page.cell(row_of(page, "gifts"), ENTRY + 1).protection.locked is False
    assert opened(data)[STAMP].sheet_state != "visible"
    (done,) = import_forms(
        forms=read_raw([("da-luu.xlsx", data)]), acting=lambda _: cast.local_volunteer, at=LATER, via="cli"
    )
    assert done.accepted, done
    report = Submission.objects.select_related("version").get()
    assert [cells_of(report)[code].value for code in ("gifts", "money", "hours")] == [3, 90_000_000, 25]
    assert report.narrative == {"danh_gia": "- Tốt\n- Khá"}
    assert [finding.severity for finding in done.findings] == ["error"]
