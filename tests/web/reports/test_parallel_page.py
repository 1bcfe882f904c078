"""The page that puts a unit's own consolidated file beside the figures here."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.exchange.models import LearntTable
from nhipcau.org.models import Post
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER, PERIOD

EQUAL = "Mã đơn vị,Số suất quà\nA1,12\n"
OTHER = "Mã đơn vị,Số suất quà,Tiền\nA1,10,3600000\nA2,9,800000\n"


@pytest.fixture(autouse=True)
def reported(cast: Cast, settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    quarterly.accepted(cast, quarterly.publish(), gifts="12", money="3600000")


def client(cast: Cast, post: Post) -> Client:
    made = Client()
    made.force_login(cast.account(post))
    return made


def send(cast: Cast, text: str, **more: str) -> Any:
    officer = client(cast, cast.commune_officer)
    answer = officer.post(address(cast), {"table": SimpleUploadedFile("tong.csv", text.encode())})
    if not more:
        return answer
    found = re.search(r'name="noi-dung" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return officer.post(address(cast), {"noi-dung": found[1], **more})


def address(cast: Cast) -> str:
    return reverse("reports:compare", args=["quy", PERIOD.key, cast.commune.uid])


def test_an_equal_file_shows_that_nothing_differs(cast: Cast) -> None:
    page = send(cast, EQUAL).content.decode()
    assert "Không có chênh lệch" in page
    assert "<table" not in page


def test_differences_are_named_with_the_units_that_make_them(cast: Cast) -> None:
    page = " ".join(send(cast, OTHER).content.decode().split())
    assert "Trường Tiểu học Hải Long" in page
    assert "đơn vị chưa có báo cáo trên hệ thống" in page
    assert "<b>+7</b>" in page
    assert "Có cột chưa được so" in page  # what is not surely a figure is asked, not guessed


def test_a_column_that_a_person_names_is_compared(cast: Cast) -> None:
    page = send(cast, OTHER, **{"cot-1": "gifts", "cot-2": "money"}).content.decode()
    assert "<b>+800.000</b>" in page
    assert not LearntTable.objects.exists()  # looking keeps nothing


def test_the_table_is_taken_away(cast: Cast) -> None:
    answer = send(cast, OTHER, **{"cot-1": "gifts", "tai": "xlsx"})
    assert answer["Content-Disposition"].endswith('chenh-lech-quy-2026-Q1.xlsx"')
    assert answer.content.startswith(b"PK")


def test_a_file_that_is_no_table_is_refused_in_words(cast: Cast) -> None:
    answer = send(cast, "chỉ là chữ")
    assert answer.status_code == 422
    assert "không có bảng nào" in answer.content.decode()
