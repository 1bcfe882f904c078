"""The Excel form on the pages: downloaded, filled in, looked at, confirmed."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.models import Submission
from tests.cast import Cast
from tests.exchange.forms import fill
from tests.web.reports import scenes
from tests.web.reports.conftest import As

PAGE = "/bao-cao/bieu-mau/"


def address(cast: Cast, file: str) -> str:
    return f"{PAGE}thang/2026-02/{cast.local.uid}/{file}"


def downloaded(client: Client, cast: Cast) -> bytes:
    return client.get(address(cast, "bieu-mau.xlsx")).content


def sent(client: Client, *files: bytes) -> str:
    uploads = [SimpleUploadedFile(f"{number}.xlsx", data) for number, data in enumerate(files)]
    return client.post(PAGE, {"filled": uploads}).content.decode()


def carried(page: str) -> str:
    return page.partition('name="noi-dung" value="')[2].partition('"')[0]


def gifts() -> int:
    return cells_of(Submission.objects.select_related("version").latest("pk"))["gifts"].value


def test_a_filled_form_is_looked_at_and_then_stands_in_the_draft(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    page = sent(client, fill(downloaded(client, cast), gifts=12))
    assert "chưa ghi gì" in page
    assert not Submission.objects.exists()
    answer = client.post(PAGE, {"noi-dung": carried(page)})
    report = Submission.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/bao-cao/{report.uid}/")
    assert gifts() == 12


def test_what_is_wrong_is_named_cell_by_cell_and_cannot_be_confirmed(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    page = sent(client, fill(downloaded(client, cast), gifts=1.5))
    assert "Số liệu!F" in page
    assert "cần số nguyên, đã nhập «1,5»" in page
    assert carried(page) == ""


def test_the_person_chooses_between_the_file_and_the_page(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    client = acting(cast.local_volunteer)
    data = fill(downloaded(client, cast), gifts=12)
    scenes.draft(version, cast.local_volunteer, {"gifts": "9"})
    page = sent(client, data)
    assert "Lấy số trong tệp" in page
    assert "Hãy chọn lấy số trong tệp" in client.post(PAGE, {"noi-dung": carried(page)}).content.decode()
    assert gifts() == 9
    client.post(PAGE, {"noi-dung": carried(page), "tranh-chap": "tep"})
    assert gifts() == 12


def test_another_units_form_is_refused_without_its_name(cast: Cast, acting: As) -> None:
    scenes.publish()
    data = fill(downloaded(acting(cast.local_volunteer), cast), gifts=12)
    page = sent(acting(cast.stranger), data)
    assert "Biểu mẫu này của đơn vị khác" in page
    assert "May Hải Âu" not in page


def test_a_preview_of_somebody_else_or_an_altered_one_is_refused(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    held = carried(sent(client, fill(downloaded(client, cast), gifts=12)))
    assert acting(cast.stranger).post(PAGE, {"noi-dung": held}).status_code == 422
    assert client.post(PAGE, {"noi-dung": "x" + held}).status_code == 422
    assert not Submission.objects.exists()


def test_the_branch_comes_as_one_zip(cast: Cast, acting: As) -> None:
    scenes.publish()
    url = f"{PAGE}thang/2026-02/{cast.commune.uid}/ca-nhanh.zip"
    answer = acting(cast.commune_officer).get(url)
    parcel = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert parcel.namelist() == ["thang-2026-02-XA.xlsx", "thang-2026-02-A1.xlsx", "thang-2026-02-A2.xlsx"]
    assert (
        url
        in acting(cast.commune_officer).get(f"/bao-cao/tong-hop/thang/2026-02/{cast.commune.uid}/").content.decode()
    )


def test_a_zip_of_filled_forms_is_taken(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        parcel.writestr("tháng 2.xlsx", fill(downloaded(client, cast), gifts=12))
    page = client.post(PAGE, {"filled": SimpleUploadedFile("gui.zip", out.getvalue())}).content.decode()
    assert "tháng 2.xlsx" in page
    assert carried(page)


def test_it_is_said_in_english_too(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    data = fill(downloaded(client, cast), gifts=1.5)
    client.cookies["language"] = "en"
    client.post("/ngon-ngu/", {"language": "en"})
    assert "a whole number needed" in sent(client, data)
