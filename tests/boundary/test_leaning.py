"""The second look: what no rule names but the wording gives away goes to review, or is refused by its subject."""

from __future__ import annotations

import pytest

from nhipcau.boundary import check
from nhipcau.boundary.engine import LEANS, _by_subject, by_rules
from nhipcau.boundary.leaning import cues, scale, sentences, weigh
from tests.boundary.labelled import batches, judged, ruled


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


def test_capitals_change_no_weight_and_left_out_marks_hide_nothing() -> None:
    assert cues("TƯ TƯỞNG công nhân") == cues("tư tưởng công nhân")
    assert set(cues("tư tưởng công nhân")) <= set(cues("tu tuong cong nhan"))


def test_a_word_is_heard_as_what_it_means_too() -> None:
    assert "{views}" in cues("lập trường của tổ viên")


def test_each_sentence_is_weighed_alone() -> None:
    harmless, leaning = "Tập huấn an toàn lao động cho 40 đơn vị", "Ai hay nói ra nói vào thì từng nhóm ghi lại"
    weighed = [weigh(sentence).leans >= LEANS for sentence in sentences(f"{harmless}. {leaning}")]
    assert weighed == [False, True]


def test_every_cue_weighs_something_and_bears_no_marks() -> None:
    assert all(map(any, scale().points.values()))
    assert all(cue.isascii() and len(cue.split()) <= 3 for cue in scale().points)


def test_wording_alone_never_lets_pass_what_a_rule_refuses() -> None:
    refused = [line for verdict, line in batches() if verdict == "refused" and ruled(line).verdict == "refused"]
    assert len(refused) > 1000
    assert [line for line in refused if judged(line).verdict == "allowed"] == []


@pytest.mark.parametrize("hidden", ["{0}; {1}", "{1}; {0}", "{0}, {1}", "{1}, {0}", "{0} và {1}", "{1} ({0})"])
def test_ordinary_work_beside_it_hardly_hides_what_does_not_pass(hidden: str) -> None:
    ordinary = "tập huấn an toàn lao động cho 40 đơn vị, trao 120 suất quà Tết"
    standing = [line for verdict, line in batches() if verdict == "refused" and judged(line).verdict != "allowed"]
    joined = [hidden.format(ordinary, line) for line in standing[::9]]
    passed = [line for line in joined if check(line).verdict == "allowed"]
    assert len(passed) <= 0.03 * len(joined)
    assert [line for line in passed if by_rules(line).verdict == "refused"] == []


def test_a_lean_explains_itself_in_both_languages() -> None:
    verdict = check("Ai hay nói ra nói vào thì từng nhóm ghi lại cho kỹ")
    assert verdict.verdict in {"review", "refused"}
    assert verdict.ground and verdict.ground_en and verdict.explanation and verdict.explanation_en


def test_a_promise_not_to_watch_does_not_lean() -> None:
    assert check("Không thu thập họ tên người gửi ý kiến").verdict == "allowed"


def test_grave_wording_about_no_subject_of_the_rules_is_not_refused() -> None:
    assert _by_subject("Ghi lại từng cái ghế hỏng của hội trường") is None


def test_grave_wording_is_refused_by_the_rule_whose_subject_it_speaks_of() -> None:
    found = _by_subject("Bảng theo dõi kỳ kinh nguyệt và sức khỏe của chị em")
    assert found and (found.verdict, found.rule) == ("refused", "person-health")


@pytest.mark.parametrize("line", ["Thực hiện Công văn số 88-CV/BDVTU ngày 4/5/2026 của Ban Dân vận"])
def test_a_doubt_cleared_by_wording_stays_one_where_somebody_is_named(line: str) -> None:
    assert (by_rules(line).verdict, check(line).verdict) == ("review", "allowed")
    assert check(f"{line} (đồng chí Nguyễn Văn Hùng)").verdict == "review"
