"""The questions of a duty: proposed from the letter, worded by a person, never about one."""

from __future__ import annotations

import pytest

from nhipcau.boundary import BoundaryRefused, ReviewNeeded
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents.lineage.amending import amend
from nhipcau.documents.models import AmendmentKind
from nhipcau.tasks.actions import Wording, add_obligation, assign, drop_questions, save_draft, save_questions
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.models.questions import Question, Questionnaire
from nhipcau.tasks.questions.proposing import propose
from nhipcau.tasks.questions.sound import MOST, QuestionInput, faults_of
from tests.cast import Cast
from tests.documents.letters import plan, registered
from tests.tasks.questions.asked import QUESTIONS, asked
from tests.tasks.work import LEAD, REFUSED, of, on, training


@pytest.fixture
def duty(cast: Cast) -> Obligation:
    return training(cast)


def refused(cast: Cast, duty: Obligation, *questions: QuestionInput) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        save_questions(obligation=duty, questions=questions, actor=cast.provincial_officer, at=on(16))
    assert not Questionnaire.objects.exists()
    return [(fault.where, str(fault.message)) for fault in caught.value.faults]


def test_they_are_kept_in_order_and_saving_them_again_changes_nothing(cast: Cast, duty: Obligation) -> None:
    made = asked(cast, duty)
    assert asked(cast, duty) == made
    assert [one.label for one in made.questions.all()] == [one.label for one in QUESTIONS]
    other = save_questions(obligation=duty, questions=QUESTIONS[:2], actor=cast.provincial_officer, at=on(16))
    assert (other.questions.count(), Questionnaire.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    "label",
    ["Họ và tên người phụ trách", "Ai phụ trách việc này", "Số điện thoại liên hệ", "Tên đoàn viên dự tập huấn"],
)
def test_no_question_asks_for_a_person(cast: Cast, duty: Obligation, label: str) -> None:
    (fault,) = refused(cast, duty, QuestionInput("text", label))
    assert fault == ("cau-1", "không hỏi về một người; hãy hỏi con số, hoặc chọn loại «chức danh của đơn vị»")


@pytest.mark.parametrize(
    "question",
    [
        QuestionInput("number", "Số đoàn viên bị bệnh nghề nghiệp"),
        QuestionInput("number", "Số người khuyết tật được tuyển"),
        QuestionInput("number", "Lao động khuyết tật"),
        QuestionInput("number", "Số hộ nghèo"),
        QuestionInput("number", "Số nữ có thai"),
        QuestionInput("number", "Số lượng", measure="người khuyết tật"),
        QuestionInput("number", "Số buổi", measure="người nghỉ ốm"),
        QuestionInput("number", "Số buổi nghỉ ốm của tổ trưởng"),
        QuestionInput("choice", "Sức người tổ trưởng", options=("Ốm", "Khỏe")),
        QuestionInput("yes_no", "Có đoàn viên khuyết tật không"),
        QuestionInput("yes_no", "Có lao động tâm thần, lao phổi không"),
        QuestionInput("text", "Các trường hợp ốm đau, nghỉ sinh"),
        QuestionInput("date", "Ngày nghỉ sinh"),
        QuestionInput("money", "Thu nhập bình quân"),
    ],
)
def test_protected_counts_of_people_belong_into_a_report(
    cast: Cast, duty: Obligation, question: QuestionInput
) -> None:
    (fault,) = refused(cast, duty, question)
    assert "mẫu báo cáo" in fault[1]


@pytest.mark.parametrize(
    "question",
    [
        QuestionInput("number", "Số buổi tập huấn phòng, chống tai nạn", "buổi"),
        QuestionInput("number", "Số buổi khám sức khỏe"),
        QuestionInput("number", "Số tờ rơi về quyền của lao động khuyết tật", "tờ"),
        QuestionInput("yes_no", "Đã tổ chức khám sức khỏe định kỳ chưa"),
        QuestionInput("text", "Bệnh viện nhận khám cho đoàn viên"),
        QuestionInput("choice", "Trang phục", options=("Áo dài", "Trang phục dân tộc")),
        QuestionInput("number", "Số cán bộ có thái độ phục vụ tốt"),
        QuestionInput("number", "Số hội nghị, sinh hoạt chuyên đề tìm kiếm tài năng"),
        QuestionInput("yes_no", "Đã có bầu bổ sung ban chấp hành chưa"),
        QuestionInput("money", "Số tiền nâng chất lượng bữa ăn"),
        QuestionInput("money", "Kinh phí thăm đoàn viên ốm đau"),
    ],
)
def test_what_was_held_or_spent_may_be_asked(question: QuestionInput) -> None:
    assert not list(faults_of(1, question))


def test_money_spent_on_people_in_hardship_may_be_asked(cast: Cast, duty: Obligation) -> None:
    question = QuestionInput("money", "Số tiền hỗ trợ đoàn viên khó khăn")
    save_questions(obligation=duty, questions=[question], actor=cast.provincial_officer, at=on(16))
    assert Question.objects.get().label == question.label


@pytest.mark.parametrize(
    "question",
    [
        QuestionInput("text", REFUSED),
        QuestionInput("number", "Số buổi", measure=REFUSED[:40]),
        QuestionInput("choice", "Hình thức", options=(REFUSED, "Tại chỗ")),
    ],
)
def test_every_text_of_a_question_passes_the_boundary(
    cast: Cast, duty: Obligation, question: QuestionInput
) -> None:
    with pytest.raises(BoundaryRefused):
        save_questions(obligation=duty, questions=[question], actor=cast.provincial_officer, at=on(16))


def test_a_doubtful_question_waits_for_its_review(cast: Cast, duty: Obligation) -> None:
    doubtful = QuestionInput("text", "Tâm tư của công nhân")
    with pytest.raises(ReviewNeeded):
        save_questions(obligation=duty, questions=[doubtful], actor=cast.provincial_officer, at=on(16))


def test_what_is_no_sound_form_is_said_question_by_question(cast: Cast, duty: Obligation) -> None:
    found = refused(
        cast, duty, QuestionInput("choice", "Hình thức", options=("Một",)), QuestionInput("màu", "Màu cờ"),
        QuestionInput("number", ""),
    )  # fmt: skip
    assert [where for where, _ in found] == ["cau-1", "cau-2", "cau-3"]
    assert refused(cast, duty)[0][1] == "hãy ghi ít nhất một câu hỏi"
    many = [QuestionInput("number", f"Số buổi đợt {n}") for n in range(MOST + 1)]
    assert "tối đa 10 câu" in refused(cast, duty, *many)[0][1]


def test_once_somebody_has_answered_they_stay(cast: Cast, duty: Obligation) -> None:
    asked(cast, duty)
    task = assign(obligation=duty, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    save_draft(assignment=of(task, cast.commune), typed={"1": ["3"]}, actor=cast.commune_officer, at=on(17))
    with pytest.raises(Conflict):
        save_questions(obligation=duty, questions=QUESTIONS[:1], actor=cast.provincial_officer, at=on(17))
    with pytest.raises(Conflict):
        drop_questions(obligation=duty, actor=cast.provincial_officer, at=on(17))


def test_they_are_dropped_by_their_maker_alone(cast: Cast, duty: Obligation) -> None:
    asked(cast, duty)
    with pytest.raises(NotFound):
        drop_questions(obligation=duty, actor=cast.stranger, at=on(16))
    for _ in range(2):
        drop_questions(obligation=duty, actor=cast.provincial_officer, at=on(16))
    assert not Questionnaire.objects.exists()


def test_they_go_along_to_the_letter_that_takes_the_place_of_theirs(cast: Cast, duty: Obligation) -> None:
    asked(cast, duty)
    task = assign(obligation=duty, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    by = registered(cast.clerk, plan("60/KH-LĐLĐ", "Kế hoạch khác", "11"))
    amend(by=by, target=duty.document, kind=AmendmentKind.REPLACE, actor=cast.clerk, at=on(20))
    task.refresh_from_db()
    assert task.obligation.document == by
    carried = Questionnaire.objects.get(obligation=task.obligation)
    assert carried.questions.count() == len(QUESTIONS)


def test_the_letters_own_words_suggest_questions(cast: Cast) -> None:
    text = (
        "Báo cáo kết quả gồm: số buổi tập huấn; số lượt người dự; kinh phí đã chi; khó khăn, vướng mắc; "
        "số đoàn viên bị bệnh nghề nghiệp"
    )
    duty = add_obligation(document=registered(cast.clerk), wording=Wording(text), actor=cast.clerk, at=on(16))
    assert [(one.kind, one.label) for one in propose(duty)] == [
        ("number", "Số buổi tập huấn"),
        ("number", "Số lượt người dự"),
        ("money", "Kinh phí đã chi"),
        ("text", "Khó khăn"),
        ("text", "Vướng mắc"),
    ]
