"""The questions of the cast: what the province asks of everybody who was given the training."""

from __future__ import annotations

from nhipcau.tasks.actions import save_questions
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.models.questions import Questionnaire
from nhipcau.tasks.questions.sound import QuestionInput
from tests.cast import Cast
from tests.tasks.work import on

QUESTIONS = (
    QuestionInput("number", "Số buổi tập huấn đã tổ chức", "buổi"),
    QuestionInput("money", "Kinh phí đã chi"),
    QuestionInput("date", "Ngày tổ chức buổi đầu"),
    QuestionInput("yes_no", "Đã có kế hoạch triển khai chưa"),
    QuestionInput("choice", "Hình thức tổ chức", options=("Tập trung", "Tại tổ sản xuất")),
    QuestionInput("text", "Khó khăn, vướng mắc", required=False),
    QuestionInput("posts", "Chức danh phụ trách"),
    QuestionInput("file", "Kế hoạch của đơn vị", required=False),
)
TYPED = {
    "1": ["12"],
    "2": ["72 triệu"],
    "3": ["15/3/2026"],
    "4": ["có"],
    "5": ["Tập trung"],
    "6": ["Thiếu hội trường"],
    "7": ["Chủ tịch công đoàn cơ sở"],
}


def asked(cast: Cast, duty: Obligation) -> Questionnaire:
    """The province asks."""
    return save_questions(obligation=duty, questions=QUESTIONS, actor=cast.provincial_officer, at=on(16))
