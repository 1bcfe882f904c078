"""An XLSForm on the designer's pages: looked at, taken as a draft, refused row by row, kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nhipcau.reports.models import TemplateDraft
from tests import quarterly
from tests.cast import Cast
from tests.exchange.test_hostile_forms import HOSTILE
from tests.exchange.test_xlsform import QUESTIONS, workbook


@pytest.fixture
def designer(cast: Cast) -> Client:
    made = Client()
    made.force_login(cast.account(cast.provincial_officer))
    return made


def sent(designer: Client, data: bytes, name: str = "khao-sat.xlsx") -> tuple[int, str]:
    file = SimpleUploadedFile(name, data)
    answer = designer.post(
        reverse("design:survey"), {"survey": file, "period": "month", "reporters": ["local", "commune"]}
    )
    return answer.status_code, answer.content.decode()


def carried(page: str) -> str:
    found = re.search(r'name="noi-dung" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_what_is_understood_and_what_is_not_are_shown_before_anything_is_kept(designer: Client) -> None:
    status, page = sent(designer, workbook(QUESTIONS))
    assert status == 200
    assert all(text in page for text in ("Khảo sát đối thoại", "Nhà nước, Ngoài nhà nước", "cuoc &gt;= 0"))
    assert re.search(r"<b>survey!9</b>: constraint «regex", page)
    assert not TemplateDraft.objects.exists()


def test_it_becomes_a_draft_of_the_unit(designer: Client, cast: Cast) -> None:
    _, page = sent(designer, workbook(QUESTIONS))
    answer = designer.post(reverse("design:survey"), {"noi-dung": carried(page)})
    draft = TemplateDraft.objects.get()
    assert (answer.status_code, draft.unit) == (302, cast.province)
    assert (draft.content["period"], draft.content["reporters"]) == ("month", ["local", "commune"])


def test_a_code_that_is_known_makes_the_next_version(designer: Client) -> None:
    template = quarterly.publish().template
    template.code = "doi-thoai-2026"
    template.save()
    _, page = sent(designer, workbook(QUESTIONS))
    assert "phiên bản tiếp theo" in page
    designer.post(reverse("design:survey"), {"noi-dung": carried(page)})
    assert TemplateDraft.objects.get().template == template


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["integer", "cuoc", "Số cuộc"], ["text", "ten", "Ai nói"]], "<b>survey!A3</b>: kiểu «text»"),
        ([["begin repeat", "nguoi", "Người"], ["integer", "tuoi", "Tuổi"], ["end repeat"]], "danh sách người"),
    ],
)
def test_rows_that_no_template_holds_are_named(designer: Client, rows: Sequence[Sequence[str]], says: str) -> None:
    status, page = sent(designer, workbook(rows))
    assert (status, says in page) == (422, True)


def test_a_question_outside_the_boundary_makes_no_draft(designer: Client) -> None:
    _, page = sent(designer, workbook([["integer", "x", "Số người theo đạo trong đơn vị (người)"]]))
    answer = designer.post(reverse("design:survey"), {"noi-dung": carried(page)})
    assert answer.status_code == 422
    assert not TemplateDraft.objects.exists()


def test_a_preview_that_was_tampered_with_makes_no_draft(designer: Client) -> None:
    _, page = sent(designer, workbook(QUESTIONS))
    answer = designer.post(reverse("design:survey"), {"noi-dung": carried(page)[:-3] + "abc"})
    assert answer.status_code == 422
    assert not TemplateDraft.objects.exists()


def test_a_hostile_file_is_refused_on_the_page(designer: Client) -> None:
    status, page = sent(designer, HOSTILE["macros"][0])
    assert (status, "có macro" in page) == (422, True)
