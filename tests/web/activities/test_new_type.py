"""A new kind of activity is one data file: everything else reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.typefile import import_type
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.reports.design.templates import import_template
from tests.cast import NOW, SETUP, Cast
from tests.web.activities.conftest import As
from tests.web.reports import scenes

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "activity-type.md"
FILE = re.search(r"```yaml\n(.*?)```", REFERENCE.read_text("utf-8"), re.DOTALL)[1]  # type: ignore[index]
TYPED = {"held_on": "10/02/2026", "so-donors": "42", "so-units": "40"}


def test_one_file_and_the_form_the_sheet_the_register_the_calendar_and_a_report_know_it(
    cast: Cast, acting: As
) -> None:
    import_type(data=FILE.encode(), actor=SETUP, at=NOW)
    client = acting(cast.local_volunteer)
    assert client.get("/hoat-dong/ghi/").context["types"] == [("hien_mau", "Hiến máu tình nguyện")]
    assert client.post("/hoat-dong/ghi/?loai=hien_mau", TYPED).status_code == 302
    row = {f"1-{name}": text for name, text in TYPED.items()}
    sheet = {"client_key": "k", "so-dong": "5"} | row | {"1-so-donors": "8"}
    assert client.post("/hoat-dong/ghi-nhieu/?loai=hien_mau", sheet).status_code == 302
    assert sorted(one.values["donors"] for one in Activity.objects.all()) == [8, 42]
    assert "42 người · 40 đơn vị" in client.get("/hoat-dong/?loai=hien_mau").content.decode()
    assert client.get("/hoat-dong/lich/?thang=2026-02").context["total"] == 2
    template = scenes.TEMPLATE.replace(
        "activity: doi_thoai, measure: sessions", "activity: hien_mau, measure: donors"
    )
    version = import_template(data=template.encode(), actor=SETUP, at=NOW).version
    page = client.get(f"/bao-cao/{scenes.draft(version, cast.local_volunteer).uid}/").content.decode()
    assert "từ 2 hoạt động" in page


def test_no_page_and_no_program_names_a_kind_of_activity() -> None:
    package = Path(__file__).parents[3] / "nhipcau"
    kinds = ("qua_tet", "doi_thoai", "tap_huan", "mai_am", "giam_sat")
    read = [*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.js")]
    ours = [path for path in read if "demo" not in path.parts]
    named = [str(path) for path in ours if any(kind in path.read_text("utf-8") for kind in kinds)]
    assert named == []


def test_the_same_file_again_changes_nothing_and_a_faulty_one_defines_nothing(db: None) -> None:
    for _time in (1, 2):
        import_type(data=FILE.encode(), actor=SETUP, at=NOW)
    assert ActivityType.objects.count() == 1
    faulty = {"a: [": UnreadableFile, "- a": InvalidInput, "code: x\nlabel: X\nmeasures: 3": InvalidInput}
    for text, refusal in faulty.items():
        with pytest.raises(refusal):
            import_type(data=text.encode(), actor=SETUP, at=NOW)
    watching = FILE.replace("Số người hiến máu", "Theo dõi bình luận của đoàn viên trên Facebook")
    with pytest.raises(BoundaryRefused):
        import_type(data=watching.encode(), actor=SETUP, at=NOW)
    assert ActivityType.objects.count() == 1
