"""The gate: what it raises, and that no text leaks into what may be logged."""

from __future__ import annotations

import pytest

from nhipcau.boundary import BoundaryRefused, ReviewNeeded, guard, warnings
from nhipcau.core.said import Said

REFUSED = "Danh sách công nhân tham gia đình công"
DOUBTFUL = "Nắm tình hình công nhân"


def test_ordinary_texts_pass_in_silence() -> None:
    guard({"title": "Số buổi tập huấn", "help": None, "choices": ["Có", "Không"]}, "template")


def test_a_refusal_names_field_and_rule_and_keeps_the_text_out_of_the_hits() -> None:
    with pytest.raises(BoundaryRefused) as caught:
        guard({"title": "Số buổi tập huấn", "help": REFUSED}, "template")
    assert not isinstance(caught.value, ReviewNeeded)
    assert [fault.where for fault in caught.value.faults] == ["help"]
    assert "action-identify" in caught.value.faults[0].message
    assert [(hit.rule, hit.field) for hit in caught.value.hits] == [("action-identify", "help")]
    assert REFUSED not in repr(caught.value.hits) + caught.value.message


def test_a_doubtful_text_needs_review() -> None:
    with pytest.raises(ReviewNeeded) as caught:
        guard({"title": DOUBTFUL}, "task")
    assert caught.value.hits[0].rule == "review-situation"


def test_a_clear_hit_beats_a_doubtful_one_and_both_are_listed() -> None:
    with pytest.raises(BoundaryRefused) as caught:
        guard({"a": DOUBTFUL, "b": REFUSED}, "task")
    assert not isinstance(caught.value, ReviewNeeded)
    assert {fault.where for fault in caught.value.faults} == {"a", "b"}


def test_one_bad_line_or_choice_among_good_ones_is_found() -> None:
    for value in (f"Số buổi tập huấn\n{REFUSED}\nSố suất quà", ["Số suất quà", REFUSED]):
        with pytest.raises(BoundaryRefused):
            guard({"text": value}, "narrative")


def test_a_sentence_broken_over_lines_is_found() -> None:
    with pytest.raises(BoundaryRefused):
        guard({"text": "Danh sách công nhân\ntham gia\nđình công"}, "narrative")


@pytest.mark.parametrize(
    "text",
    ["Đã trao cho người mang số 079 123 456 789", "CCCD: 001099012345", "CMND số 271234567"],
)
def test_identity_numbers_are_refused_in_narratives(text: str) -> None:
    with pytest.raises(BoundaryRefused) as caught:
        guard({"text": text}, "narrative")
    assert "person-identity-number" in {hit.rule for hit in caught.value.hits}


@pytest.mark.parametrize(
    "text", ["534.250.000", "123456789012", "0912 345 678", "024 3942 1181", "Tổng 271234567 đồng"]
)
def test_amounts_and_telephone_numbers_are_no_identity_numbers(text: str) -> None:
    guard({"text": text}, "money")
    guard({"text": text}, "narrative")


@pytest.mark.parametrize(
    "text", ["Xem facebook.com/ai.do", "https://www.tiktok.com/@x", "zalo . me / 0900", "https://fb.me/abc"]
)
def test_profile_links_are_refused_in_narratives(text: str) -> None:
    with pytest.raises(BoundaryRefused):
        guard({"text": text}, "comment")


def test_names_are_warned_of_but_not_refused() -> None:
    text = "Đồng chí Nguyễn Văn Bình trao quà tại đường Nguyễn Văn Linh"
    guard({"text": text}, "narrative")
    faults = warnings({"text": text, "other": "Số suất quà tại Hà Nam"})
    assert [fault.where for fault in faults] == ["text"]
    assert "Nguyễn Văn Bình" in faults[0].message
    assert "Linh" not in faults[0].message


def test_a_name_beside_an_illness_is_refused_and_far_from_it_is_not() -> None:
    with pytest.raises(BoundaryRefused):
        guard({"text": "Thăm chị Trần Thị Hạnh bị ung thư"}, "narrative")
    far = "Số lượt khám sức khỏe: 120. " + "Số suất quà đã trao trong tháng là 40. " * 3 + "Người ký: Trần Thị Hạnh"
    guard({"text": far}, "narrative")


@pytest.mark.parametrize("kind", ["narrative", "reason", "task", "document"])
def test_daily_words_are_judged_by_the_rules_alone(kind: str) -> None:
    guard({"note": "Ai hay nói ra nói vào thì từng nhóm ghi lại cho kỹ"}, kind=kind)


def test_what_is_designed_gets_a_second_look() -> None:
    doubtful = "Nắm chắc anh em trong tổ"
    with pytest.raises(ReviewNeeded):
        guard({"label": doubtful}, kind="template")


@pytest.mark.parametrize("name", ["Công đoàn xã An Ninh", "Công đoàn phường Trung Thành", "LĐLĐ huyện Đức Hòa"])
def test_a_unit_may_be_called_after_any_place(name: str) -> None:
    guard({"name": name}, "unit")


def test_an_identity_number_does_not_pass_as_a_place() -> None:
    with pytest.raises(BoundaryRefused):
        guard({"name": "Công đoàn xã 001087654321 số căn cước 001087654321"}, "unit")


def test_a_unit_may_not_be_called_after_what_is_refused() -> None:
    with pytest.raises(BoundaryRefused):
        guard({"name": "Tổ xã theo dõi tư tưởng công nhân"}, "unit")


@pytest.mark.parametrize(
    ("text", "kind", "rule", "vietnamese", "english"),
    [
        (
            "CCCD: 001099012345",
            "narrative",
            "person-identity-number",
            "Có số căn cước hoặc chứng minh nhân dân. Hãy bỏ số đó; hồ sơ có tên giữ ngoài hệ thống.",
            "There is an identity number. Leave it out; named files stay outside the system.",
        ),
        (
            "Xem facebook.com/ai.do",
            "comment",
            "speech-profile-link",
            "Có đường dẫn tới trang cá nhân hoặc mạng xã hội. Hãy bỏ đường dẫn.",
            "There is a link to a profile or social network. Leave it out.",
        ),
        (
            "Bạn nghĩ gì về nội quy này?",
            "quiz",
            "quiz-opinion",
            "Câu này hỏi người làm nghĩ gì, thấy thế nào, ủng hộ ai, hoặc hỏi về chính họ. Bài trắc nghiệm chỉ hỏi "
            "kiến thức có đáp án đúng; hãy hỏi luật hoặc tài liệu quy định thế nào, hoặc phải làm gì.",
            "This asks what people think, feel or support, or about themselves. A quiz asks for knowledge that has "
            "a right answer: ask what the law or the material says, or what is to be done.",
        ),
    ],
)
def test_what_no_rule_book_is_needed_for_is_refused_outright_and_says_what_to_do(
    text: str, kind: str, rule: str, vietnamese: str, english: str
) -> None:
    with pytest.raises(BoundaryRefused) as caught:
        guard({"text": text}, kind)
    assert type(caught.value) is BoundaryRefused, "nobody can review it away"
    (fault,) = [one for one, hit in zip(caught.value.faults, caught.value.hits, strict=True) if hit.rule == rule]
    assert isinstance(fault.message, Said)
    assert (str(fault.message), fault.message.en) == (
        f"{vietnamese} (quy tắc {rule})",
        f"{english} (rule {rule})",
    )
