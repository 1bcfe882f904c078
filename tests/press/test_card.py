"""The restore card: one page with every command as it is to be typed, however long the paths are."""

from __future__ import annotations

import datetime as dt

from nhipcau.press.card import Card, CardStep, Facts, Steps, to_pdf, to_text
from tests.press.reading import page_sizes_mm, pages, squeezed

LONG = "/mnt/o-dia-ngoai/sao-luu-lien-doan-lao-dong/nhipcau-20261123-013000.nhipcau"
COMMAND = f".venv/bin/nhipcau restore --key KHÓA_BÍ_MẬT {LONG}"
CARD = Card(
    title="PHIẾU PHỤC HỒI",
    printed="in lúc 23/11/2026 16:38",
    note="Cất ở hai nơi.",
    facts=[Facts("BẢN SAO LƯU", [("Gần nhất", LONG), ("Dựa trên", LONG.replace("23-", "01-"))])],
    steps=[Steps("KHI MÁY HỎNG", [CardStep("Cài đặt:", ["./run setup"]), CardStep("Phục hồi:", [COMMAND])])],
    people=["NGƯỜI HỖ TRỢ:"],
)


def test_it_is_one_upright_page_that_holds_all_of_every_command() -> None:
    pdf = to_pdf(CARD, day=dt.date(2026, 11, 23))
    assert [(round(width), round(height)) for width, height in page_sizes_mm(pdf)] == [(210, 297)]
    told = squeezed(pages(pdf)[0]).replace(" ", "")
    for text in ("PHIẾU PHỤC HỒI", "in lúc 23/11/2026 16:38", LONG, COMMAND, "./run setup", "NGƯỜI HỖ TRỢ:"):
        assert squeezed(text).replace(" ", "") in told
    assert to_pdf(CARD, day=dt.date(2026, 11, 23)) == pdf


def test_a_terminal_shows_the_same() -> None:
    shown = to_text(CARD)
    assert f"  Gần nhất          {LONG}\n" in shown
    assert f"  2. Phục hồi:\n       {COMMAND}\n" in shown
