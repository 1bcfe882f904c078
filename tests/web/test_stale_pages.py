"""Pages that know by themselves what they were drawn with: a colleague's work is written over by choice alone."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.audit.models import Entry
from nhipcau.core.clock import local_date
from nhipcau.org.actions import create_post
from nhipcau.org.models import DayOverride, Post, Role, Unit
from nhipcau.reports.models import Submission, Target
from nhipcau.reports.planning.giving import give_targets
from nhipcau.tasks.actions import save_draft
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.models.questions import AnswerSheet, Question
from nhipcau.web.stale import BASIS
from tests import plans, quarterly
from tests.cast import NOW, SETUP, Cast
from tests.exchange.forms import fill
from tests.exchange.test_own_table import ROWS, workbook
from tests.quarterly import LATER, PERIOD
from tests.tasks.work import of, on, training
from tests.web.activities.conftest import As, acting, today
from tests.web.questions.test_question_pages import below, form
from tests.web.reports import scenes

__all__ = ["acting", "today"]


def colleague(unit: Unit) -> Post:
    """Another officer of that unit."""
    start = local_date(NOW) - dt.timedelta(days=30)
    roles = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK)
    return create_post(unit=unit, title="Phó chủ tịch", roles=roles, start=start, actor=SETUP, at=NOW)


def hidden(page: str, name: str = BASIS) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1].replace("&quot;", '"')


def told(answer_context: object) -> list[tuple[str, str]]:
    differing = answer_context["form"]["differing"]  # type: ignore[index]
    return [(one.mine, one.now) for one in differing]


def test_a_day_that_somebody_entered_is_changed_by_choice(cast: Cast, acting: As) -> None:
    client, url = acting(cast.provincial_officer), reverse("org:days_off")
    typed = {"day": "24/4/2026", "kind": "nghi", "note": "Theo Thông báo 12"}
    assert client.post(url, typed).status_code == 302
    other = typed | {"note": "Theo Thông báo 15"}
    asked = client.post(url, other)
    assert (asked.status_code, DayOverride.objects.get().note) == (422, "Theo Thông báo 12")
    [differing] = asked.context["form"].differing
    assert (differing.mine, differing.now) == ("Theo Thông báo 15", "Theo Thông báo 12")
    assert client.post(url, other | {BASIS: hidden(asked.content.decode())}).status_code == 302
    assert DayOverride.objects.get().note == "Theo Thông báo 15"


def test_a_report_that_a_colleague_asked_for_is_not_dropped_unseen(cast: Cast, acting: As) -> None:
    quarterly.publish()
    duty = training(cast)
    client, url = acting(cast.provincial_officer), f"/bieu-hoi/yeu-cau/{duty.uid}/bao-cao/"
    drawn = {BASIS: hidden(client.get(url).content.decode())}
    client.post(url, drawn | {"report": "quy|2026-Q1"})
    refused = client.post(url, drawn | {"report": ""})
    assert refused.status_code == 422
    assert "Báo cáo quý, quý I năm 2026" in [one.now for one in refused.context["form"].differing]
    duty.refresh_from_db()
    assert duty.report_code == "quy"


def questions(duty: Obligation) -> list[str]:
    return list(Question.objects.filter(questionnaire__obligation=duty).values_list("label", flat=True))


def test_questions_that_a_colleague_worded_stand_until_both_were_seen(cast: Cast, acting: As) -> None:
    duty = training(cast)
    client, url = acting(cast.provincial_officer), f"/bieu-hoi/yeu-cau/{duty.uid}/"
    drawn = {BASIS: hidden(client.get(url).content.decode()), "kind-1": "number", "required-1": "on"}
    theirs, mine = drawn | {"label-1": "Số buổi tập huấn"}, drawn | {"label-1": "Số lớp tập huấn"}
    assert client.post(url, theirs).status_code == 302
    refused = client.post(url, mine)
    assert refused.status_code == 422
    [(typed, stands)] = told(refused.context)
    assert ("Số lớp tập huấn" in typed, "Số buổi tập huấn" in stands) == (True, True)
    assert questions(duty) == ["Số buổi tập huấn"]
    client.post(url, mine | {BASIS: hidden(refused.content.decode())})
    assert questions(duty) == ["Số lớp tập huấn"]


def test_two_who_answer_different_questions_keep_both_answers(cast: Cast, acting: As) -> None:
    given = of(below(cast), cast.local)
    client, url = acting(cast.local_volunteer), f"/bieu-hoi/{given.uid}/"
    drawn = {BASIS: hidden(client.get(url).content.decode())}
    save_draft(assignment=given, typed={"2": ["5 triệu"]}, actor=colleague(cast.local), at=on(17))
    saved = client.post(f"{url}luu/", drawn | {"cau-1": "12", "cau-2": ""}).content.decode()
    assert "Đồng nghiệp" not in saved
    assert json.loads(hidden(saved)) == {"1": ["12"]}
    assert AnswerSheet.objects.get().draft == {"1": ["12"], "2": ["5 triệu"]}


def test_one_question_answered_by_two_is_sent_once_both_were_seen(cast: Cast, acting: As) -> None:
    given = of(below(cast), cast.local)
    client, url = acting(cast.local_volunteer), f"/bieu-hoi/{given.uid}/"
    drawn = {BASIS: hidden(client.get(url).content.decode())}
    save_draft(assignment=given, typed={"1": ["30"]}, actor=colleague(cast.local), at=on(17))
    saved = client.post(f"{url}luu/", drawn | {"cau-1": "12"}).content.decode()
    assert "Đồng nghiệp vừa trả lời khác ở câu 1" in saved
    assert AnswerSheet.objects.get().draft == {"1": ["30"]}
    refused = client.post(url, form(**drawn))
    assert (refused.status_code, told(refused.context)) == (422, [("12", "30")])
    given.refresh_from_db()
    assert given.state != "done"
    assert client.post(url, form(**{BASIS: hidden(refused.content.decode())})).status_code == 302
    assert AnswerSheet.objects.get().values["1"] == 12


def test_plans_in_a_file_replace_what_stands_only_after_both_were_seen(
    cast: Cast, acting: As, settings: Settings
) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    version = plans.publish()
    plans.given(cast, version, cast.local, gifts="1200")
    client = acting(cast.commune_officer)
    url = reverse("plans:upload", args=["quy", PERIOD.key, cast.commune.uid])
    asked = client.post(url, {"tep": SimpleUploadedFile("k.csv", "Mã đơn vị,gifts\nA1,3\n".encode())})
    [differing] = asked.context["replaced"]
    assert (differing.mine, differing.now, Target.objects.get().value) == ("3", "1.200", 1200)
    page = asked.content.decode()
    yes = {"noi-dung": hidden(page, "noi-dung"), "luc": hidden(page, "luc")}
    one, changed = {(cast.local.pk, "gifts"): "900"}, LATER + dt.timedelta(minutes=1)
    give_targets(version=version, period=PERIOD, values=one, actor=colleague(cast.commune), at=changed)
    again = client.post(url, yes)
    assert (again.status_code, [one.now for one in again.context["replaced"]]) == (409, ["900"])
    settings.DEMO_CLOCK = (changed + dt.timedelta(minutes=1)).isoformat()
    again = client.post(url, yes)
    assert client.post(url, yes | {"luc": hidden(again.content.decode(), "luc")}).status_code == 302
    assert Target.objects.get().value == 3


def test_a_report_that_a_colleague_entered_is_entered_again_by_choice(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    client, url = acting(cast.commune_officer), f"/bao-cao/nhap-thay/thang/2026-02/{cast.local.uid}/"
    typed = {
        "gifts": "7", "money": "900000", "dialogues": "1", "van:danh_gia": "Đã trao đủ.",
        "source": "telephone", "note": "Điện thoại sáng 06/3", BASIS: hidden(client.get(url).content.decode()),
    }  # fmt: skip
    theirs = scenes.entered(version, cast.local, colleague(cast.commune))
    refused = client.post(url, typed)
    assert refused.status_code == 409
    assert ("7", "3") in [(one.mine, one.now) for one in refused.context["entered"]["differing"]]
    assert Submission.objects.get() == theirs
    assert client.post(url, typed | {BASIS: hidden(refused.content.decode())}).status_code == 302
    assert Submission.objects.count() == 2


def test_a_row_whose_report_a_colleague_entered_since_is_refused(
    cast: Cast, acting: As, settings: Settings
) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    version = quarterly.publish()
    client = acting(cast.commune_officer)
    url = reverse("reports:own_table", args=["quy", PERIOD.key, cast.commune.uid])

    def look() -> dict[str, str]:
        page = client.post(url, {"table": SimpleUploadedFile("so.xlsx", workbook(ROWS))}).content.decode()
        return {"noi-dung": hidden(page, "noi-dung"), "cot-4": "gifts", "cot-5": "money"}

    mine, theirs = look(), look()
    assert client.post(url, theirs).status_code == 302
    Submission.objects.update(ready_by=colleague(cast.commune))
    refused = client.post(url, mine)
    assert refused.status_code == 422
    assert "Đồng nghiệp vừa nhập thay báo cáo này" in refused.content.decode()
    assert set(Submission.objects.filter(version=version).values_list("revision", flat=True)) == {1}
    assert client.post(url, look()).status_code == 302


def test_a_form_confirmed_after_a_colleague_typed_is_asked_about(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    client = acting(cast.local_volunteer)
    blank = client.get(f"/bao-cao/bieu-mau/thang/2026-02/{cast.local.uid}/bieu-mau.xlsx").content
    looked = client.post("/bao-cao/bieu-mau/", {"filled": SimpleUploadedFile("1.xlsx", fill(blank, gifts=12))})
    assert not looked.context["disputed"]
    scenes.draft(version, cast.local_volunteer, {"gifts": "9"})
    asked = client.post("/bao-cao/bieu-mau/", {"noi-dung": hidden(looked.content.decode(), "noi-dung")})
    assert asked.context["disputed"]
    [change] = asked.context["done"][0]["one"].changes
    assert (change.before, change.after) == ("9", "12")
    assert Submission.objects.get().edits == 1


@pytest.mark.usefixtures("today")
def test_comparing_writes_nothing(cast: Cast, settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    quarterly.accepted(cast, quarterly.publish(), gifts="12", money="3600000")
    client, url = Client(), reverse("reports:compare", args=["quy", PERIOD.key, cast.commune.uid])
    client.force_login(cast.account(cast.commune_officer))
    entries, reports = Entry.objects.count(), list(Submission.objects.values())
    table = SimpleUploadedFile("tong.csv", "Mã đơn vị,Số suất quà\nA1,10\n".encode())
    assert client.post(url, {"table": table}).status_code == 200
    assert (Entry.objects.count(), list(Submission.objects.values())) == (entries, reports)
