"""A quiz on the pages: written by the province, taken by anybody with the address, read in whole tens."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from nhipcau.audit.models import Entry
from nhipcau.campaigns.models import Quiz, QuizEdition
from nhipcau.web.campaigns import answering
from nhipcau.web.campaigns.brake import Brake
from tests.campaigns import scenes
from tests.campaigns.test_quizzes import opened
from tests.cast import Cast
from tests.web.campaigns.conftest import As

QUESTION = {
    "text": "Khi có cháy, việc đầu tiên phải làm là gì?",
    "choice_1": "Báo động",
    "choice_2": "Thu dọn đồ",
    "right": "0",
    "explanation": "Báo động trước để mọi người kịp thoát.",
}


@pytest.fixture(autouse=True)
def brakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts with brakes that have counted nothing."""
    monkeypatch.setattr(answering, "_hands", Brake(30, answering.STRETCH))
    monkeypatch.setattr(answering, "_forms", Brake(1, answering.STRETCH))


def address(quiz: Quiz) -> str:
    return f"/cd/{quiz.campaign.token}/{quiz.number}/"


def form(client: Client, quiz: Quiz, *answers: int) -> dict[str, str]:
    page = client.get(address(quiz)).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    return hidden | {f"cau-{number}": str(chosen) for number, chosen in enumerate(answers, start=1)}


def test_it_is_written_opened_and_closed(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    client = acting(cast.provincial_officer)
    page = client.post(f"/chien-dich/{campaign.uid}/trac-nghiem/them/", {"title": "An toàn"})["Location"]
    assert client.post(f"{page}cau/", {**QUESTION, "explanation": ""}).status_code == 422
    assert client.post(f"{page}cau/", {**QUESTION, "text": "Bạn nghĩ gì về giám đốc?"}).status_code == 422
    assert client.post(f"{page}cau/", QUESTION).status_code == 302
    client.post(f"{page}mo/")
    quiz = Quiz.objects.get()
    assert quiz.state == "open" and address(quiz) in client.get(page).content.decode()
    client.post(f"{page}cau/?cau=1", {**QUESTION, "choice_3": "Quay phim"})
    assert "Mở bản mới" in client.get(page).content.decode()
    client.post(f"{page}dong/")
    assert Client().get(address(quiz)).status_code == 404


def test_anybody_takes_it_and_learns_what_is_right_and_why(cast: Cast) -> None:
    quiz = opened(cast)
    answer = Client(enforce_csrf_checks=True).post(address(quiz), form(Client(), quiz, 0, 1))
    said = answer.content.decode()
    assert "Bạn đúng 1 trên 2 câu" in said and "kịp thoát ra" in said
    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    assert QuizEdition.objects.get().waiting == 1


def test_taking_it_signed_in_leaves_no_trace_of_the_account(cast: Cast, acting: As) -> None:
    quiz = opened(cast)
    client = acting(cast.local_volunteer)
    sessions, entries = list(Session.objects.values()), Entry.objects.count()
    answer = client.post(address(quiz), form(client, quiz, 0, 0))
    assert answer.status_code == 200 and not answer.cookies
    assert list(Session.objects.values()) == sessions and Entry.objects.count() == entries
    page = client.get(address(quiz)).content.decode()
    assert "Người giữ chức" not in page and "Công đoàn cơ sở Công ty May Hải Âu" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("choice", ["9", "²", "1" * 5000])
def test_a_choice_that_is_none_is_asked_again(cast: Cast, choice: str) -> None:
    quiz, client = opened(cast), Client()
    answer = client.post(address(quiz), form(client, quiz, 0) | {"cau-1": choice})
    assert answer.status_code == 422 and QuizEdition.objects.get().waiting == 0


def test_a_form_sent_twice_is_counted_once(cast: Cast) -> None:
    quiz, client = opened(cast), Client()
    filled = form(client, quiz, 0, 0)
    first, second = client.post(address(quiz), filled), client.post(address(quiz), filled)
    assert "Bạn đúng" in second.content.decode() and first.status_code == second.status_code == 200
    assert QuizEdition.objects.get().waiting == 1


def test_a_missing_answer_is_asked_for_and_the_others_are_kept(cast: Cast) -> None:
    quiz, client = opened(cast), Client()
    answer = client.post(address(quiz), form(client, quiz, 2))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Còn câu chưa chọn" in page
    assert 'value="2" checked' in page
    assert QuizEdition.objects.get().waiting == 0


def test_a_forged_form_is_not_counted(cast: Cast) -> None:
    quiz = opened(cast)
    assert Client().post(address(quiz), {"phieu": "x:y", "ban": "1", "cau-1": "0", "cau-2": "0"}).status_code == 422
    assert QuizEdition.objects.get().waiting == 0


def test_a_flood_from_one_address_is_slowed_and_others_are_not(cast: Cast) -> None:
    quiz = opened(cast)

    def send(sender: str) -> int:
        client = Client(REMOTE_ADDR=sender)
        return client.post(address(quiz), form(client, quiz, 0, 0)).status_code

    assert [send("192.0.2.1") for _ in range(31)][-2:] == [200, 429]
    assert send("192.0.2.2") == 200


def test_the_brake_keeps_no_address_and_forgets_with_its_stretch() -> None:
    brake = Brake(1, 600)
    assert brake.allows("192.0.2.1", 0.0) and not brake.allows("192.0.2.1", 599.0)
    marks = list(brake._counts)
    assert all(b"192" not in mark for mark in marks)
    assert brake.allows("192.0.2.1", 600.0)
    assert not set(marks) & set(brake._counts)


def test_figures_are_shown_from_ten_on_in_whole_tens_to_everybody_alike(cast: Cast, acting: As) -> None:
    quiz = opened(cast)
    page = f"/chien-dich/{quiz.campaign.uid}/trac-nghiem/1/"

    def seen() -> list[str]:
        pages = [
            acting(post).get(page).content.decode() for post in (cast.provincial_officer, cast.local_volunteer)
        ]
        return [re.sub(r"\s+", " ", one.split("Lượt làm</h2>")[1].split("</section>")[0]) for one in pages]

    def send(times: int) -> None:
        for _ in range(times):
            client = Client()
            client.post(address(quiz), form(client, quiz, 0, 1))

    send(9)
    assert all("Chưa đủ lượt làm" in one and ">9<" not in one for one in seen())
    send(1)
    at_ten = seen()
    assert all("Từ 10 lượt làm" in one for one in at_ten) and at_ten[0] == at_ten[1]
    send(9)
    assert seen() == at_ten


def test_a_quiz_that_was_never_opened_does_not_exist_below(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    page = acting(cast.provincial_officer).post(
        f"/chien-dich/{campaign.uid}/trac-nghiem/them/", {"title": "An toàn"}
    )
    assert acting(cast.local_volunteer).get(page["Location"]).status_code == 404
