# ruff: noqa: E501 - one item a line reads better than wrapped YAML
"""A version as a file: read back it is the same; two versions set side by side tell every difference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import nhipcau
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.differences import Difference, differences
from nhipcau.reports.design.editing import items_at, moved, renamed, with_item, without_item
from nhipcau.reports.design.parsing import parse, read_yaml
from nhipcau.reports.design.writing import as_file, as_yaml
from tests.quarterly import YAML

RICH = """
code: giau
name: Mẫu có mọi thứ
name_en: A form with everything
axis: sector
calendar: union
period: half
first_period: 2026-H2
due_working_days: 7
due: [{period: 1, date: 15/06}, {days: -3}, {period: 2027-H1, working_days: 0}]
reporters: [local]
levels: [2]
branches: [XA]
units: [B1]
except: [A2]
signed_copy: true
breakdowns:
  - {code: sex, label: Giới, items: [{code: female, label: Nữ}, {code: male, label: Nam}]}
sections:
  - title: Một
    title_en: One
    indicators:
      - {code: people, label: Lượt người, unit: lượt, breakdowns: [sex], help: Đếm lượt, suppress_below: 5}
      - {code: pay, label: Lương, unit: đồng, over_units: mean, weight: heads, over_time: stock, decimals: 2}
      - {code: heads, label: Số người, unit: người, target: true}
      - {code: rate, label: Tỷ lệ, unit: "%", over_units: formula, formula: pay / heads * 100}
      - {code: files, label: Văn bản, unit: văn bản, source: {letters: [kế hoạch]}}
      - {code: talks, label: Buổi, unit: buổi, source: {activity: a, measure: m, where: {f: c}}, over_time: distinct}
  - {title: Hai, beside: [plan, percent], indicators: [{code: x, label: X, unit: cái, over_units: max, target: true}]}
rules:
  - {code: r1, severity: info, check: "heads >= target(heads)", message: "{heads} người", message_en: "{heads} people"}
narrative:
  - {code: n, title: Đánh giá, title_en: Overall, help: Viết ngắn, required: true, about: [heads, rate]}
issue: {doc_type: báo cáo, subject: Kết quả, authority: TM., title: CT, addressees: [A], recipients: [B, C], parent_issuer: D}
"""


def understood(text: str) -> Definition:
    return parse(read_yaml(text.encode()))[0]


DEMO = (Path(nhipcau.__file__).parent / "demo" / "half_year.yaml").read_text("utf-8")


@pytest.mark.parametrize("text", [YAML, RICH, DEMO])
def test_what_is_written_reads_back_the_same(text: str) -> None:
    definition = understood(text)
    assert understood(as_yaml(as_file(definition))) == definition


def test_what_goes_without_saying_is_not_written() -> None:
    raw = as_file(understood(YAML))
    assert "due" not in raw
    assert raw["sections"][0]["indicators"][0] == {
        "code": "gifts",
        "label": "Số suất quà",
        "unit": "suất",
        "source": {"activity": "tang_qua", "measure": "gifts"},
    }


def told(after: dict[str, Any]) -> list[Difference]:
    return differences(understood(RICH), parse(after)[0])


def changed(code: str, **keys: Any) -> dict[str, Any]:
    raw = yaml.safe_load(RICH)
    for section in raw["sections"]:
        for item in section["indicators"]:
            if item["code"] == code:
                item.update(keys)
    return dict(raw)


def test_two_equal_versions_differ_in_nothing() -> None:
    assert told(yaml.safe_load(RICH)) == []


@pytest.mark.parametrize(
    ("after", "aspect", "before", "now"),
    [
        (changed("x", label="Y"), "nhãn", "X", "Y"),
        (changed("x", over_units="min"), "tổng hợp theo đơn vị", "số lớn nhất", "số nhỏ nhất"),
        (changed("x", unit="chiếc"), "đơn vị tính", "cái", "chiếc"),
        (changed("heads", target=False) | {"rules": []}, "giao kế hoạch", "✓", "–"),
        (changed("people", breakdowns=[]), "cách chia", "sex", "–"),
        (yaml.safe_load(RICH) | {"due_working_days": 9}, "số ngày làm việc đến hạn", "7", "9"),
        (yaml.safe_load(RICH) | {"branches": []}, "chỉ trong nhánh", "XA", "–"),
    ],
)
def test_a_changed_property_stands_with_both_values(
    after: dict[str, Any], aspect: str, before: str, now: str
) -> None:
    assert (aspect, before, now) in [(one.aspect, one.before, one.after) for one in told(after)]


def test_what_is_printed_beside_the_figures_is_told_in_words() -> None:
    raw = yaml.safe_load(RICH)
    raw["sections"][1]["beside"] = ["percent"]
    found = [(one.what, one.aspect, one.before, one.after) for one in told(raw)]
    assert found == [("Hai", "in bên cạnh số liệu", "kế hoạch; phần trăm kế hoạch", "phần trăm kế hoạch")]


def test_what_came_what_went_and_what_changed_its_place() -> None:
    raw = yaml.safe_load(RICH)
    one, two = raw["sections"]
    two["indicators"].append(one["indicators"].pop(4))
    one["indicators"].pop(4)
    one["indicators"].reverse()
    raw["narrative"].append({"code": "m", "title": "Đề xuất"})
    found = [(one.part, one.kind, one.what) for one in told(raw)]
    assert ("Chỉ tiêu", "removed", "Buổi") in found
    assert ("Thuyết minh", "added", "Đề xuất") in found
    assert ("Chỉ tiêu", "moved", "") in found
    sections = [one for one in told(raw) if one.aspect == "phần"]
    assert [(one.what, one.before, one.after) for one in sections] == [("Văn bản", "Một", "Hai")]


# --- editing -------------------------------------------------------------------------------------------
PATH = ("sections", 0, "indicators")


def codes(raw: dict[str, Any]) -> list[str]:
    return [item["code"] for item in items_at(raw, PATH)]


def test_items_are_put_moved_and_taken_out_of_a_copy() -> None:
    raw = yaml.safe_load(RICH)
    before = codes(raw)
    assert codes(moved(raw, PATH, 0, 1))[:2] == ["pay", "people"]
    assert codes(moved(raw, PATH, 0, -1)) == codes(moved(raw, PATH, 5, 1)) == before
    assert codes(without_item(raw, PATH, 0)) == before[1:]
    assert codes(with_item(raw, PATH, None, {"code": "new"}))[-1] == "new"
    assert codes(with_item(raw, PATH, 0, {"code": "new"}))[0] == "new"
    assert codes(raw) == before, "the old file is left alone"


def test_a_list_that_is_emptied_is_left_out_and_one_that_is_missing_begins() -> None:
    assert "rules" not in without_item(yaml.safe_load(RICH), ("rules",), 0)
    assert items_at({}, ("rules",)) == []
    assert with_item({}, ("rules",), None, {"code": "r"}) == {"rules": [{"code": "r"}]}


def test_a_figure_that_is_called_otherwise_is_followed_wherever_it_is_named() -> None:
    raw = renamed(yaml.safe_load(RICH), "heads", "persons")
    pay, rate = items_at(raw, PATH)[1], items_at(raw, PATH)[3]
    assert (pay["weight"], rate["formula"]) == ("persons", "pay / persons * 100")
    assert raw["rules"][0]["check"] == "persons >= target(persons)"
    assert (raw["rules"][0]["message"], raw["rules"][0]["message_en"]) == ("{persons} người", "{persons} people")
    assert raw["narrative"][0]["about"] == ["persons", "rate"]
    other = renamed({"rules": [{"check": "heads_2 > xheads and heads[sex=f] > 0"}]}, "heads", "n")
    assert other["rules"][0]["check"] == "heads_2 > xheads and n[sex=f] > 0"
