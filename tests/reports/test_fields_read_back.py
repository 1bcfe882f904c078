"""Figures in the narrative through Word: left alone they are fields again; a changed one is refused by its name."""

from __future__ import annotations

from typing import Any

import pytest

from nhipcau.core.numbers import Cell, CellState
from nhipcau.reports.design.fields import Figures
from nhipcau.reports.issuing.refielding import refielded
from nhipcau.reports.issuing.signing import open_for_signature
from nhipcau.reports.models import SigningDraft
from tests.cast import Cast
from tests.fielded import AT, PERIOD, TEXT, both_years, publish
from tests.reports.signing import back, paragraph, refused
from tests.reports.test_fields import DEFINITION

KEPT = "Đã lập {{founded}}, {{founded.thay_doi_cung_ky}}.\nTổng {{money}} cho {{founded.so}} nơi."
FIGURES = Figures(
    {"founded": Cell(CellState.VALUE, 12), "money": Cell(CellState.VALUE, 9_000_000)},
    {"last_year": {"founded": Cell(CellState.VALUE, 10)}},
)
PRINTED = "Đã lập 12 đơn vị, tăng 2 đơn vị so với cùng kỳ năm trước.\nTổng 9.000.000 đồng cho 12 nơi."


def kept(now: str) -> str:
    found = refielded(DEFINITION, "Đánh giá chung", KEPT, FIGURES, now)
    assert found.faults == ()
    return found.text


def faults(now: str) -> list[str]:
    return [str(one) for one in refielded(DEFINITION, "Đánh giá chung", KEPT, FIGURES, now).faults]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (PRINTED, KEPT),
        (PRINTED.replace("Đã lập", "Các cấp đã lập"), KEPT.replace("Đã lập", "Các cấp đã lập")),
        (PRINTED.replace("trước.\n", "trước. "), KEPT.replace("}}.\n", "}}. ")),
        (PRINTED.replace(" cho 12 nơi", ""), KEPT.replace(" cho {{founded.so}} nơi", "")),
        (
            "Tổng 9.000.000 đồng cho 12 nơi.\nĐã lập 12 đơn vị, tăng 2 đơn vị so với cùng kỳ năm trước.",
            "Tổng {{money}} cho {{founded.so}} nơi.\nĐã lập {{founded}}, {{founded.thay_doi_cung_ky}}.",
        ),
        (f"{PRINTED}\nTrong 7 ngày.", f"{KEPT}\nTrong 7 ngày."),
        (f"{PRINTED}\nCó {{{{money.so}}}}.", f"{KEPT}\nCó {{{{money.so}}}}."),
        ("Không nêu số.", "Không nêu số."),
    ],
)
def test_figures_left_alone_are_fields_again(now: str, expected: str) -> None:
    assert kept(now) == expected


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("lập 12 đơn vị", "lập 15 đơn vị", "«12 đơn vị» → «15 đơn vị»"),
        ("tăng 2 đơn vị", "tăng 5 đơn vị", "Thành lập mới» (tăng, giảm so với cùng kỳ)"),
        ("9.000.000 đồng", "9 triệu đồng", "số liệu «Số tiền»"),
        ("lập 12 đơn vị, tăng 2 đơn vị so với cùng kỳ năm trước", "lập 12 đơn vị, tăng 20 %", "«tăng 20 %»"),
        ("9.000.000 đồng cho 12 nơi.", "9.000.000 đồng cho {{x}} nơi.", "không có chỉ tiêu mã «x»"),
        ("cho 12 nơi.", "cho 12 nơi, {{founded.thay_doi_ky_truoc}}.", "số so sánh mới"),
    ],
)
def test_a_changed_figure_is_named(was: str, now: str, said: str) -> None:
    assert was in PRINTED
    (fault,) = faults(PRINTED.replace(was, now))
    assert said in fault
    assert fault.startswith("Đánh giá chung")


@pytest.fixture
def draft(cast: Cast) -> SigningDraft:
    version = publish()
    both_years(cast, version)
    officer = cast.provincial_officer
    return open_for_signature(
        version=version, period=PERIOD, unit=cast.province, signer=officer, actor=officer, at=AT
    )


def rewrite(start: str, old: str, new: str) -> Any:
    def change(document: Any) -> None:
        one = paragraph(document, start)
        one.text = one.text.replace(old, new)

    return change


@pytest.mark.django_db
def test_the_leader_changes_the_words_around_a_figure(cast: Cast, draft: SigningDraft) -> None:
    back(cast, draft, rewrite("Đã trao 52 suất", "Đã trao", "Các cấp công đoàn đã trao"))
    now = SigningDraft.objects.get(pk=draft.pk)
    assert now.narrative["danh_gia"] == TEXT.replace("Đã trao", "Các cấp công đoàn đã trao")


@pytest.mark.django_db
def test_the_leader_cannot_change_the_figure_itself(cast: Cast, draft: SigningDraft) -> None:
    said = refused(cast, draft, rewrite("Đã trao 52 suất", "52 suất", "60 suất"))
    assert "«Số suất quà» (số, kèm đơn vị tính): «52 suất» → «60 suất»" in said
    assert len(said.splitlines()) == 1
