"""A template file of odd shape is refused in words, and never half understood."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.parsing import MAX_BYTES, parse, read, read_yaml
from tests.quarterly import YAML

RAW = yaml.safe_load(YAML)


def faults(**parts: Any) -> list[str]:
    with pytest.raises(InvalidInput) as refusal:
        parse(RAW | parts)
    return [str(fault) for fault in refusal.value.faults]


def figure(**keys: Any) -> dict[str, Any]:
    return {"sections": [{"title": "Một", "indicators": [{"code": "n", "label": "Số", "unit": "cuộc"} | keys]}]}


def test_a_misspelt_key_is_named_with_the_one_it_may_be() -> None:
    assert faults(**figure(over_unit="max")) == ["indicators.n: không có khóa «over_unit»; có phải «over_units»?"]
    assert faults(reporter=["local"])[0].startswith("reporter: không có khóa «reporter»")


def beside(*asked: str, target: bool = True) -> dict[str, Any]:
    parts = figure(target=target)
    parts["sections"][0]["beside"] = list(asked)
    return parts


def test_what_is_printed_beside_figures_is_known_and_there() -> None:
    assert faults(**beside("plan", "precent"), rules=[]) == [
        "sections.1: beside: «precent» không có; dùng: plan, percent"
    ]
    assert faults(**beside("percent", target=False), rules=[]) == [
        "sections.1: beside: phần «Một» không có chỉ tiêu nào được giao kế hoạch (target: true)"
    ]
    definition, _ = parse(RAW | beside("percent", "plan") | {"rules": []})
    assert definition.sections[0].beside == ("plan", "percent")


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"sections": 5}, "sections"),
        ({"sections": [5]}, "sections.1"),
        ({"due_working_days": "năm"}, "due_working_days"),
        ({"signed_copy": "có"}, "signed_copy"),
        (figure(decimals="hai"), "indicators.n.decimals"),
        (figure(decimals=9), "indicators.n"),
        (figure(target="có"), "indicators.n.target"),
        (figure(source=["a"]), "indicators.n.source"),
        ({"issue": "báo cáo"}, "issue"),
        ({"rules": [{"code": "r", "check": ["x"]}]}, "rules.r.check"),
    ],
)
def test_what_is_no_text_number_or_list_is_named_by_its_place(parts: dict[str, Any], where: str) -> None:
    assert [one.split(":")[0] for one in faults(**parts)] == [where]


def test_a_key_with_nothing_behind_it_is_as_if_it_were_not_there() -> None:
    definition, _ = parse(RAW | {"name_en": None, "narrative": None} | figure(help=None) | {"rules": []})
    assert (definition.name_en, definition.narrative) == ("-", ())
    assert definition.indicators().__next__().help == ""


@pytest.mark.parametrize(
    "label",
    ["Số vụ tai nạn lao động", "Đơn thư khiếu nại", "Cuộc ngừng việc tập thể", "Lượt người học tập nghị quyết"],
)
def test_what_happens_to_people_gets_no_plan(label: str) -> None:
    assert "sức ép" in faults(**figure(label=label, target=True), rules=[])[0]
    parse(RAW | figure(label=label) | {"rules": []})


def test_teaching_and_preventing_may_be_planned_and_hidden_counts_may_not() -> None:
    parse(RAW | figure(label="Lớp tập huấn phòng ngừa tai nạn lao động", target=True) | {"rules": []})
    assert "che" in faults(**figure(suppress_below=5, target=True), rules=[])[0]
    rule = {"code": "r", "check": "n >= target(n)", "message": "m"}
    assert "target: true" in faults(**figure(), rules=[rule])[0]


odd = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=5,
)


@given(st.data(), odd)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_at_a_key_the_answer_is_a_template_or_faults(data: st.DataObject, value: object) -> None:
    raw = dict(RAW)
    key = data.draw(st.sampled_from(sorted(raw)))
    raw[key] = value
    definition, _, found = read(raw)
    assert found or isinstance(definition, Definition)


HOSTILE = {
    "a thirteenth month": b"code: T\ntitle: 2026-13-45\n",
    "figures without end": b"code: " + b"9" * 5_000,
    "brackets without end": b"a: " + b"[" * 3_000,
    "references": b"a: &a [x]\nb: *a\n",
    "a long file": b"# " + b"x" * MAX_BYTES,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_made_on_purpose_is_refused_in_words(kind: str) -> None:
    with pytest.raises(UnreadableFile):
        read_yaml(HOSTILE[kind])
