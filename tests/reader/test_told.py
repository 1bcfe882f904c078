"""What a letter tells before it names the document, the speaker or the day."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.reader import read_text
from tests.reader.helpers import letter


@pytest.mark.parametrize(
    "body",
    [
        "Ngày 05/01/2021, Bộ Việc làm ban hành Công văn số 88/BVL-TC và 89/BVL-TC về báo cáo.",
        "Ngày 05 tháng 01 năm 2021, Bộ Việc làm đã ban hành 02 Thông tư: số 88/BVL-TC và số 89/BVL-TC.",
    ],
)
def test_a_day_told_before_the_documents_is_theirs(body: str) -> None:
    assert [cited.date for cited in letter(body).cited] == [dt.date(2021, 1, 5)] * 2


def test_a_day_told_of_something_else_dates_no_document() -> None:
    found = letter("Ngày 05/01/2021, Liên đoàn họp bàn việc thực hiện Công văn số 88/BVL-TC.")
    assert [cited.date for cited in found.cited] == [None]


def test_a_limit_moved_to_a_month_is_that_month() -> None:
    found = letter("Đồng ý lùi thời gian trình đề án sang tháng 4 năm 2021.")
    assert [deadline.normalised for deadline in found.deadlines] == ["2021-04"]


def test_an_aim_before_an_event_sets_no_limit() -> None:
    body = "Để dự thảo được hoàn thiện hơn trước khi báo cáo UBND tỉnh, đề nghị góp ý trước ngày 19/3/2021."
    assert [deadline.normalised for deadline in letter(body).deadlines] == ["2021-03-19"]


def test_who_speaks_without_a_header_is_not_who_helped() -> None:
    text = (
        "Về việc góp ý dự thảo đề án nhà trọ\n\nSở Xây dựng An Hải đã phối hợp với Trung tâm Quy hoạch, Viện Nhà ở "
        "xây dựng dự thảo đề án. Đề nghị các đơn vị góp ý trước ngày 19/7/2019.\n"
    )
    assert read_text(text).issuer.value == "Sở Xây dựng An Hải"
