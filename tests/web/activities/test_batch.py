"""Ghi nhiều hoạt động: rows typed or pasted, faults in place, all or nothing."""

from __future__ import annotations

import pytest

from nhipcau.activities.models import Activity
from tests.cast import Cast
from tests.web.activities.conftest import As
from tests.web.reports import scenes

PAGE = "/hoat-dong/ghi-nhieu/?loai=tang_qua"


def row(number: int, **typed: str) -> dict[str, str]:
    cells = {"held_on": "10/02/2026", "so-gifts": "20", "so-money": "6 triệu", "chon-fund": "own"} | typed
    return {f"{number}-{name}": text for name, text in cells.items()}


def sheet(*rows: dict[str, str], **more: str) -> dict[str, str]:
    data = {"client_key": "mot-lan", "so-dong": "5"} | more
    for one in rows:
        data |= one
    return data


def test_filled_rows_are_recorded_blank_ones_are_not(cast: Cast, acting: As) -> None:
    scenes.publish()
    answer = acting(cast.local_volunteer).post(PAGE, sheet(row(1), row(4, **{"so-money": "1.500.000"})))
    assert answer["Location"] == "/hoat-dong/"
    assert sorted(one.values["money"] for one in Activity.objects.all()) == [1_500_000, 6_000_000]


def test_a_double_tap_records_once(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    for _tap in (1, 2):
        assert client.post(PAGE, sheet(row(1), row(2))).status_code == 302
    assert Activity.objects.count() == 2


def test_a_mistake_stands_in_its_cell_nothing_is_recorded_and_nothing_typed_is_lost(cast: Cast, acting: As) -> None:
    scenes.publish()
    wrong = sheet(row(1), row(2, held_on="31/02/2026"), row(3, **{"chon-fund": ""}), row(5, held_on="17/03/2026"))
    page = acting(cast.local_volunteer).post(PAGE, wrong)
    assert page.status_code == 422
    assert [(number, cell) for number, cell, _ in page.context["wrong"]] == [
        (2, "o-2-held_on"),
        (3, "o-3-chon-fund"),
    ]
    assert 'value="31/02/2026"' in page.content.decode()
    late = acting(cast.local_volunteer).post(PAGE, sheet(row(1), row(5, held_on="17/03/2026")))
    assert [(number, cell) for number, cell, _ in late.context["wrong"]] == [(5, "o-5-held_on")]
    assert not Activity.objects.exists()


@pytest.mark.parametrize("cell", ["=1+2", "@SUM(1)", "=cmd|' /C calc'!A0", "#DIV/0!", "2\x003", "20" * 400])
def test_what_no_spreadsheet_should_paste_stands_at_its_cell(cast: Cast, acting: As, cell: str) -> None:
    scenes.publish()
    page = acting(cast.local_volunteer).post(PAGE, sheet(row(1), row(2, **{"so-gifts": cell})))
    assert [(number, where) for number, where, _ in page.context["wrong"]] == [(2, "o-2-so-gifts")]
    assert page.status_code == 422
    assert not Activity.objects.exists()


def test_nothing_typed_is_said_so_and_rows_can_be_added_without_scripts(cast: Cast, acting: As) -> None:
    scenes.publish()
    client = acting(cast.local_volunteer)
    assert "Chưa có dòng nào được điền" in client.post(PAGE, sheet()).content.decode()
    more = client.post(PAGE, sheet(row(2), **{"them-dong": "1"}))
    assert len(more.context["sheet"].rows) == 10
    assert more.context["sheet"].rows[1][1]["so-gifts"].value() == "20"
