"""The second look: what no rule names but the wording gives away goes to review, never to refusal."""

from __future__ import annotations

import pytest

from nhipcau.boundary import check
from nhipcau.boundary.engine import LEANS, by_rules
from nhipcau.boundary.leaning import cues, scale, sentences, weigh
from tests.boundary.labelled import batches


@pytest.mark.parametrize(
    "line",
    [
        "Giữ không khí yên ắng, đừng để công nhân bắt chước công ty bên cạnh nghỉ việc",
    ],
)
def test_a_line_that_no_rule_names_is_read_again(line: str) -> None:
    assert check(line).verdict != "allowed"


@pytest.mark.parametrize(
    "line",
    ["Số suất quà Tết", "Tập huấn an toàn lao động cho công nhân", "Number of safety trainings held", "", "—", "5"],
)
def test_ordinary_work_does_not_lean(line: str) -> None:
    assert all(weigh(sentence).leans < LEANS for sentence in sentences(line))


def test_marks_and_capitals_change_no_weight() -> None:
    assert cues("TƯ TƯỞNG công nhân") == cues("tu tuong cong nhan")


def test_each_sentence_is_weighed_alone() -> None:
    harmless, leaning = "Tập huấn an toàn lao động cho 40 đơn vị", "Ai hay nói ra nói vào thì từng nhóm ghi lại"
    weighed = [weigh(sentence).leans >= LEANS for sentence in sentences(f"{harmless}. {leaning}")]
    assert weighed == [False, True]


def test_every_cue_weighs_something_and_bears_no_marks() -> None:
    assert all(map(any, scale().points.values()))
    assert all(cue.isascii() and len(cue.split()) <= 3 for cue in scale().points)


@pytest.mark.parametrize("line", [line for verdict, line in batches() if verdict == "refused"])
def test_wording_alone_never_lets_pass_what_a_rule_refuses(line: str) -> None:
    assert by_rules(line).verdict != "refused" or check(line).verdict != "allowed"


def test_a_lean_explains_itself_in_both_languages() -> None:
    verdict = check("Ai hay nói ra nói vào thì từng nhóm ghi lại cho kỹ")
    assert verdict.verdict in {"review", "refused"}
    assert verdict.ground and verdict.ground_en and verdict.explanation and verdict.explanation_en


def test_a_promise_not_to_watch_does_not_lean() -> None:
    assert check("Không thu thập họ tên người gửi ý kiến").verdict == "allowed"
