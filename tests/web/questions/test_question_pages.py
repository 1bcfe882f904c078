"""Questions on the pages: made from a letter, answered, added up, taken away."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from nhipcau.tasks.actions import send_answers
from nhipcau.tasks.models import Assignment, AssignmentState, Task
from nhipcau.tasks.models.questions import AnswerSheet, Question
from tests.cast import NOW, Cast
from tests.press.workbooks import rows
from tests.tasks.questions.asked import TYPED, asked
from tests.tasks.work import REFUSED, handed_out, of, on, passed_on, training
from tests.web.tasks.conftest import As


def below(cast: Cast) -> Task:
    """The commune's task for its local unions, with the province's questions."""
    task = handed_out(cast)
    asked(cast, task.obligation)
    return passed_on(cast, task)


def form(**changed: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {f"cau-{key}": value for key, value in TYPED.items()}
    return whole | changed


def test_questions_are_made_in_one_form_from_the_letters_page(cast: Cast, acting: As) -> None:
    duty = training(cast)
    client = acting(cast.provincial_officer)
    url = f"/bieu-hoi/yeu-cau/{duty.uid}/"
    assert url in client.get(f"/van-ban/{duty.document.uid}/").content.decode()
    lines = {
        "label-1": "Số buổi tập huấn", "kind-1": "number", "measure-1": "buổi", "required-1": "on",
        "label-3": "Hình thức", "kind-3": "choice", "options-3": "Tập trung; Tại tổ",
    }  # fmt: skip
    client.post(url, lines)
    assert list(Question.objects.values_list("position", "label", "kind", "options", "required")) == [
        (1, "Số buổi tập huấn", "number", [], True),
        (2, "Hình thức", "choice", ["Tập trung", "Tại tổ"], False),
    ]
    assert "Biểu hỏi 2 câu" in client.get(f"/van-ban/{duty.document.uid}/").content.decode()
    client.post(f"{url}bo/")
    assert not Question.objects.exists()


def test_what_is_wrong_stands_at_its_line_and_nothing_is_lost(cast: Cast, acting: As) -> None:
    duty = training(cast)
    client = acting(cast.provincial_officer)
    lines = {"label-2": "Họ và tên người dự", "kind-2": "text", "label-9": REFUSED, "kind-9": "text"}
    answer = client.post(f"/bieu-hoi/yeu-cau/{duty.uid}/", lines)
    assert answer.status_code == 422
    wrong = {
        line.number: line.errors for line in [*answer.context["lines"], *answer.context["more"]] if line.errors
    }
    assert (list(wrong), answer.context["more_open"]) == ([2], True)
    only = client.post(f"/bieu-hoi/yeu-cau/{duty.uid}/", {key: lines[key] for key in ("label-9", "kind-9")})
    assert [line.number for line in [*only.context["lines"], *only.context["more"]] if line.errors] == [9]


def test_a_ready_sample_fills_the_first_line(cast: Cast, acting: As) -> None:
    page = acting(cast.provincial_officer).get(f"/bieu-hoi/yeu-cau/{training(cast).uid}/?mau=co")
    first = page.context["lines"][0].given
    assert (first.kind, first.label) == ("yes_no", "Đã thực hiện chưa")


def test_a_unit_answers_what_it_types_is_kept_and_sending_it_reports_the_work_done(cast: Cast, acting: As) -> None:
    given = of(below(cast), cast.local)
    client = acting(cast.local_volunteer)
    assert f"/bieu-hoi/{given.uid}/" in client.get(f"/viec/{given.uid}/").content.decode()
    assert "hoan-thanh" not in client.get(f"/viec/{given.uid}/").content.decode()
    kept = client.post(f"/bieu-hoi/{given.uid}/luu/", {"cau-1": "mười"}, headers={"HX-Request": "true"})
    assert "Đã giữ lúc" in kept.content.decode()
    assert 'value="mười"' in client.get(f"/bieu-hoi/{given.uid}/").content.decode()
    wrong = client.post(f"/bieu-hoi/{given.uid}/", form(**{"cau-1": "mười", "cau-4": []}))
    assert [one.name for one in wrong.context["wrong"]] == ["cau-1", "cau-4"]
    paper = SimpleUploadedFile("ke-hoach.txt", "Kế hoạch tập huấn".encode())
    page = client.post(f"/bieu-hoi/{given.uid}/", form(**{"cau-8": paper}), follow=True).content.decode()
    assert "Đã gửi câu trả lời." in page
    assert "72.000.000" in page
    assert "ke-hoach.txt" in page
    given.refresh_from_db()
    assert given.state == AssignmentState.DONE
    assert client.get(f"/bieu-hoi/{given.uid}/")["Location"] == f"/viec/{given.uid}/"


def test_refused_words_are_answered_at_once_and_not_kept(cast: Cast, acting: As) -> None:
    given = of(below(cast), cast.local)
    client = acting(cast.local_volunteer)
    assert client.post(f"/bieu-hoi/{given.uid}/luu/", {"cau-6": REFUSED}).status_code == 422
    assert not AnswerSheet.objects.exists()


def test_a_sum_is_echoed_in_words(cast: Cast, acting: As) -> None:
    client = acting(cast.local_volunteer)
    assert "bảy mươi hai triệu đồng" in client.get("/bieu-hoi/doc-so-tien/?cau-2=72+triệu").content.decode()
    assert "unclear" in client.get("/bieu-hoi/doc-so-tien/?cau-2=nhiều").content.decode()


def answered(cast: Cast) -> Assignment:
    given = of(below(cast), cast.local)
    typed = TYPED | {"6": ["=1+1 hội trường"]}
    send_answers(assignment=given, typed=typed, actor=cast.local_volunteer, at=on(18))
    return given


def test_each_level_sees_sums_and_who_is_missing_and_passes_them_up(
    cast: Cast, acting: As, settings: Settings
) -> None:
    settings.DEMO_CLOCK = on(20).isoformat()
    task = answered(cast).task
    client = acting(cast.commune_officer)
    page = client.get(f"/bieu-hoi/ket-qua/{task.uid}/").content.decode()
    assert "<b>1</b> / 2 đơn vị đã trả lời" in page
    assert "72.000.000" in page
    assert "Trường Tiểu học Hải Long" in page
    assert "Chuyển lên cấp trên" in page
    above = acting(cast.provincial_officer)
    root = task.parent
    assert root is not None
    top = above.get(f"/bieu-hoi/ket-qua/{root.task.uid}/").content.decode()
    assert f"?nhanh={cast.commune.uid}" in top
    opened = above.get(f"/bieu-hoi/ket-qua/{root.task.uid}/?nhanh={cast.commune.uid}").content.decode()
    assert "<b>1</b> / 2 đơn vị đã trả lời" in opened
    assert above.get(f"/bieu-hoi/ket-qua/{root.task.uid}/?nhanh={NOW:%Y}").status_code == 404


def test_everything_leaves_as_one_file_with_who_is_missing(cast: Cast, acting: As) -> None:
    task = answered(cast).task
    client = acting(cast.commune_officer)
    table = client.get(f"/bieu-hoi/ket-qua/{task.uid}/tra-loi.csv").content.decode("utf-8-sig").splitlines()
    assert "Số buổi tập huấn đã tổ chức (buổi)" in table[0]
    assert "'=1+1 hội trường" in table[1]
    assert "chưa trả lời" in table[2]
    assert table[3].startswith("Cộng,,,,12,72000000")
    book = rows(client.get(f"/bieu-hoi/ket-qua/{task.uid}/tra-loi.xlsx").content)
    assert "72000000" in [str(cell) for row in book for cell in row]
    assert "=1+1 hội trường" in [cell for row in book for cell in row]
    stranger = acting(cast.stranger)
    assert stranger.get(f"/bieu-hoi/ket-qua/{task.uid}/tra-loi.csv").status_code == 404


def test_work_without_questions_has_no_answers(cast: Cast, acting: As) -> None:
    task = handed_out(cast)
    assert acting(cast.provincial_officer).get(f"/bieu-hoi/ket-qua/{task.uid}/").status_code == 404
    given = of(task, cast.commune)
    answer = acting(cast.commune_officer).get(f"/bieu-hoi/{given.uid}/")
    assert answer["Location"] == f"/viec/{given.uid}/hoan-thanh/"
