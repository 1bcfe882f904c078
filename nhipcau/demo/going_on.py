"""What is going on in July 2018: a campaign with its quiz, an announcement, a questionnaire, a delegation, and an
activity that was put right. Nothing of it lies in the half-year that the report is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.correcting import correct_activity
from nhipcau.activities.queries import get_type
from nhipcau.campaigns.actions import CampaignInput, edit_campaign, open_campaign
from nhipcau.campaigns.models import Campaign
from nhipcau.campaigns.quizzes import open_quiz
from nhipcau.campaigns.ready import get_ready, start
from nhipcau.campaigns.sessions import record_session
from nhipcau.campaigns.tally import count_answers, open_edition
from nhipcau.demo.dates import moment
from nhipcau.demo.desk import DISTRICT, HEAT
from nhipcau.demo.federation import DISTRICTS, PROVINCE
from nhipcau.demo.people import DEPARTMENT
from nhipcau.demo.story import Counts, Story
from nhipcau.org.delegating import delegate
from nhipcau.org.models import Role
from nhipcau.org.queries import children_of
from nhipcau.tasks.actions import acknowledge, reissue, save_questions, send_answers
from nhipcau.tasks.announcements.posting import Notice, announce, open_announcement
from nhipcau.tasks.models import Assignment, AssignmentRole
from nhipcau.tasks.questions.sound import QuestionInput

SAFETY = "an-toan-lao-dong"
NAME = "An toàn, vệ sinh lao động mùa nắng nóng năm 2018"
FIRST, LAST = dt.date(2018, 7, 9), dt.date(2018, 8, 8)
HOLDERS = tuple(f"{unit}.{number:02d}" for unit in ("H01", "H02", "H03", "GD", "KCN") for number in range(2, 6))
TAKERS, WRONG_EVERY = 24, 5
DUTY = "Đợt trực mùa mưa bão của văn phòng"
SAID = (
    "Từ ngày 20/7 đến hết ngày 31/8, văn phòng Liên đoàn Lao động tỉnh có người trực từ 6 giờ đến 22 giờ.\n"
    "Nơi nào có đoàn viên bị ảnh hưởng bởi mưa bão, ngập lụt thì gọi số máy bàn của văn phòng; chỉ báo số hộ."
)
QUESTIONS = (
    QuestionInput("number", "Số điểm uống nước đã kiểm tra", "điểm"),
    QuestionInput("number", "Số chỗ nghỉ giữa ca có mái che", "chỗ"),
    QuestionInput("money", "Kinh phí công đoàn đã chi"),
    QuestionInput("yes_no", "Nơi làm việc đã đổi giờ làm tránh nắng chưa"),
    QuestionInput("text", "Khó khăn, đề xuất", required=False),
)
SECTOR, ANSWERS = "GD", 9  # of its fourteen local unions


def go_on(story: Story) -> Counts:
    """Everything a visitor finds alive on 20 July, and how much of it."""
    campaign = _open_campaign(story)
    _delegate(story)
    return {
        "sessions": _hold_sessions(story, campaign),
        "quiz_takers": _take_quiz(campaign),
        "read": _announce(story),
        "answered": _ask(story),
        "corrected": _put_right(story),
    }


def _open_campaign(story: Story) -> Campaign:
    """The ready-made safety month as the province's own, in the hot weeks of this year."""
    actor = story.posts[PROVINCE, DEPARTMENT]
    draft = start(ready=get_ready(SAFETY), unit=actor.unit, actor=actor, at=moment(7, 6))
    given = CampaignInput(
        name=NAME,
        purpose=draft.purpose,
        first_day=FIRST,
        last_day=LAST,
        kinds=draft.kinds,
        types=[one.type for one in draft.types.select_related("type")],
    )
    campaign = open_campaign(
        campaign=edit_campaign(campaign=draft, given=given, actor=actor, at=moment(7, 6, 10)),
        actor=actor,
        at=moment(7, 9, 8),
    )
    open_quiz(quiz=campaign.quizzes.get(), actor=actor, at=moment(7, 9, 9))
    return campaign


def _hold_sessions(story: Story, campaign: Campaign) -> int:
    """Twenty local unions have held one; a few a drill, the others a talk."""
    for place, code in enumerate(HOLDERS):
        drill = place % 4 == 3  # the last of each branch
        kind, count = ("cd_dien_tap_chua_chay", "drills") if drill else ("cd_huan_luyen_an_toan", "sessions")
        held = FIRST + dt.timedelta(days=1 + place % 9)
        given = ActivityInput(held_on=held, values={count: 1, "attended": 24 + place * 7 % 40})
        actor = story.posts[code, "board"]
        record_session(
            campaign=campaign,
            unit=actor.unit,
            kind=get_type(kind),
            given=given,
            actor=actor,
            at=moment(held.month, held.day, 16),
        )
    return len(HOLDERS)


def _take_quiz(campaign: Campaign) -> int:
    """Twenty-four have taken it; the page shows the first twenty, as it does to everybody."""
    edition = open_edition(campaign, 1)
    right = [(int(one["right"]), len(one["choices"])) for one in edition.questions]
    for taker in range(TAKERS):
        answers = [
            (best + 1) % among if (taker + place) % WRONG_EVERY == 0 else best
            for place, (best, among) in enumerate(right)
        ]
        count_answers(edition, answers)
    edition.refresh_from_db()
    return edition.takers


def _announce(story: Story) -> int:
    """To everybody below; the districts have read it, and half the local unions of the first one."""
    notice = Notice(DUTY, SAID, valid_until=dt.date(2018, 8, 31))
    told = announce(given=notice, actor=story.posts[PROVINCE, "board"], at=moment(7, 18, 15))
    districts = [f"H{number:02d}" for number in range(1, len(DISTRICTS))]
    readers = [*districts, *(f"{DISTRICT}.{number:02d}" for number in range(2, 13))]
    return sum(
        open_announcement(announcement=told, actor=story.posts[code, "board"], at=moment(7, 19)) for code in readers
    )


def _ask(story: Story) -> int:
    """The province asks what its letter about the heat came to; the sector passes it on, and some do not answer.

    A sector, since the districts end in the second scene and what they were given goes to the communes.
    """
    leader = story.posts[SECTOR, "board"]
    given = Assignment.objects.filter(task__obligation__document__number=HEAT.number, unit=leader.unit)
    mine = given.select_related("task__obligation").get(task__title__startswith="Công đoàn cơ sở")
    asker = story.posts[PROVINCE, DEPARTMENT]
    save_questions(obligation=mine.task.obligation, questions=QUESTIONS, actor=asker, at=moment(7, 19, 10))
    acknowledge(assignment=mine, actor=leader, at=moment(7, 19, 11))
    below = dict.fromkeys(children_of(leader.unit, moment(7, 19).date()), AssignmentRole.LEAD)
    task = reissue(assignment=mine, units=below, actor=leader, at=moment(7, 19, 14))
    answering = sorted(task.assignments.select_related("unit"), key=lambda one: story.codes[one.unit_id])[:ANSWERS]
    for place, one in enumerate(answering):
        actor = story.posts[story.codes[one.unit_id], "board"]
        acknowledge(assignment=one, actor=actor, at=moment(7, 20, 7))
        send_answers(assignment=one, typed=_typed(place), actor=actor, at=moment(7, 20, 8))
    return len(answering)


def _typed(place: int) -> dict[str, list[str]]:
    """What the unit at that place of the list writes under each question."""
    return {
        "1": [str(1 + place % 4)],
        "2": [str(place % 3)],
        "3": [f"{400 + 50 * place} nghìn"],
        "4": ["có" if place % 3 else "không"],
        "5": ["Cần thêm mái che ở chỗ xếp hàng."] if place == 2 else [],
    }


def _delegate(story: Story) -> None:
    """The president is away for a week; the head of the policy department approves in her place."""
    delegate(
        taker=story.posts[PROVINCE, DEPARTMENT],
        roles=[Role.APPROVER],
        first=dt.date(2018, 7, 20),
        last=dt.date(2018, 7, 27),
        actor=story.posts[PROVINCE, "board"],
        at=moment(7, 19, 17),
    )


def _put_right(story: Story) -> int:
    """A training of the first local union, recorded with a slip and put right the next day, with the reason."""
    actor = story.posts[f"{DISTRICT}.01", "board"]
    given = ActivityInput(
        held_on=dt.date(2018, 7, 12),
        values={"sessions": 1, "attended": 540},
        title="Tuyên truyền phòng, chống ma túy cho ca đêm",
        place="Nhà ăn ca",
    )
    held = log_activity(unit=actor.unit, kind=get_type("tap_huan"), given=given, actor=actor, at=moment(7, 12, 16))
    correct_activity(
        activity=held,
        given=replace(given, values={"sessions": 1, "attended": 54}),
        edits=held.edits,
        reason="Gõ thừa một số 0; sổ họp công đoàn ghi 54 lượt người.",
        actor=actor,
        at=moment(7, 13, 9),
    )
    return 1
