"""The ready templates: every one can be taken as it stands, and its rules catch the slips that people make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from nhipcau.boundary import check_template, guard
from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import Cell, CellState
from nhipcau.reports.design.against import texts_of
from nhipcau.reports.design.checks import Finding, check
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.library import as_text, ready, taken
from nhipcau.reports.design.parsing import parse
from nhipcau.reports.design.templates import import_template
from tests.cast import NOW, SETUP

DAY = dt.date(2026, 8, 20)
CODES = [one.code for one in ready()]


def definition(code: str) -> Definition:
    return parse(taken(code, DAY))[0]


def found(code: str, **figures: int) -> Mapping[str, Finding]:
    cells = {name: Cell(CellState.VALUE, value) for name, value in figures.items()}
    return {one.rule: one for one in check(definition(code), cells, {})}


def test_the_shelf_holds_what_a_federation_reports_on() -> None:
    assert {"thong-ke-co-so", "cham-lo-doan-vien", "doi-thoai-thuong-luong", "an-toan-lao-dong",
            "tuyen-truyen-phap-luat", "phat-trien-doan-vien"} <= set(CODES)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_every_one_passes_the_boundary(code: str) -> None:
    guard(texts_of(definition(code)), "template")  # raises, naming the place
    doubtful = [one["text"] for one in check_template(as_text(code, DAY)) if one["verdict"] != "allowed"]
    conditions = {item.formula for item in definition(code).indicators()} | {
        rule.check for rule in definition(code).rules
    }
    assert [text for text in doubtful if text not in conditions] == []


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_every_one_is_published_as_it_stands(code: str) -> None:
    version = import_template(data=as_text(code, DAY).encode(), actor=SETUP, at=NOW).version
    assert load(version.definition).code == code


@pytest.mark.parametrize("code", CODES)
def test_every_one_explains_itself_in_both_languages(code: str) -> None:
    made = definition(code)
    own = [item for item in made.indicators() if not item.part_of]
    assert all(one.label_en for one in own)
    assert all(choice.label_en for split in made.breakdowns for choice in split.items)
    assert all(section.title_en for section in made.sections)
    assert all(rule.message_en for rule in made.rules)
    assert all(block.help and block.title_en for block in made.narrative)
    assert made.name_en != "-"


@pytest.mark.parametrize("code", CODES)
def test_counts_of_people_in_hardship_are_hidden_and_no_average_is_averaged(code: str) -> None:
    made = definition(code)
    averages = [item for item in made.indicators() if "bình quân" in item.label and item.unit == "đồng"]
    assert {item.over_units for item in averages} <= {"mean", "formula"}
    for item in made.indicators():
        if any(word in item.label for word in ("bị nợ lương", "bị tai nạn", "thiếu việc làm")):
            assert item.suppress_below == 10


def test_it_serves_from_the_period_of_the_day_it_is_taken() -> None:
    assert taken("thong-ke-co-so", DAY)["first_period"] == "2026-H2"
    assert taken("phat-trien-doan-vien", DAY)["first_period"] == "2026-08"
    assert taken("cham-lo-doan-vien", DAY)["first_period"] == "2026-Q3"


def test_a_wage_in_thousands_is_caught_and_a_true_one_is_not() -> None:
    assert "luong-ghi-nham-don-vi" in found("thong-ke-co-so", wage=8450)
    assert "luong-ghi-nham-don-vi" not in found("thong-ke-co-so", wage=8_450_000)


def test_the_people_behind_the_average_wage_must_add_up() -> None:
    parts = {"wage_public_people": 10, "wage_state_people": 0, "wage_private_people": 60, "wage_foreign_people": 0}
    assert "so-nguoi-tinh-luong-theo-khu-vuc" in found("thong-ke-co-so", wage_people=80, **parts)
    assert "so-nguoi-tinh-luong-theo-khu-vuc" not in found("thong-ke-co-so", wage_people=70, **parts)


def test_gifts_in_millions_are_caught_both_ways() -> None:
    assert "mot-suat-qua" in found("cham-lo-doan-vien", gifts=10, gifts_money=72_000_000_000)
    assert "mot-suat-qua-qua-nho" in found("cham-lo-doan-vien", gifts=144, gifts_money=72)
    assert not found("cham-lo-doan-vien", gifts=144, gifts_money=72_000_000)


def test_the_balance_of_members_must_close() -> None:
    figures = {"members_before": 400, "joined[sex=female]": 10, "joined[sex=male]": 5, "moved_in": 1, "left": 6}
    assert "can-doi-doan-vien" in found("phat-trien-doan-vien", members=420, **figures)
    assert "can-doi-doan-vien" not in found("phat-trien-doan-vien", members=410, **figures)


def test_a_code_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="Thư viện không có"):
        taken("../half_year", DAY)
