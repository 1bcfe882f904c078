"""What reaches a post: each kind once it happens, to whom it concerns, never to the sibling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.activities.joint import answer_partnership
from nhipcau.activities.models import ActivityPartner
from nhipcau.org.delegating import delegate
from nhipcau.org.models import Role
from nhipcau.reports.filling.workflow import send_back
from nhipcau.tasks import actions as tasks
from nhipcau.tasks.announcements.posting import correct, withdraw_announcement
from nhipcau.tasks.models import Extension, Redirection
from nhipcau.web.notices.kinds import KINDS, Notice, reached
from tests.campaigns import scenes as campaigns
from tests.cast import NOW, TODAY, Cast
from tests.tasks.announced import told
from tests.tasks.work import handed_out, of, on, passed_on
from tests.web.reports import places
from tests.web.reports import scenes as reports

LATER = dt.datetime.combine(dt.date(2026, 3, 20), NOW.timetz())


@pytest.fixture(autouse=True)
def afresh(settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    caches["process"].clear()


def given(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))


def reminded(cast: Cast) -> None:
    task = passed_on(cast, handed_out(cast))
    tasks.remind_units(task=task, units=[cast.local], actor=cast.commune_officer, at=on(18))


def opened_again(cast: Cast) -> None:
    done = of(passed_on(cast, handed_out(cast)), cast.local)
    tasks.complete(assignment=done, note="Đã tập huấn 40 người.", actor=cast.local_volunteer, at=on(18))
    tasks.reopen(assignment=done, reason="Thiếu biên bản.", actor=cast.commune_officer, at=on(19))


def asked(cast: Cast) -> None:
    wanted = of(passed_on(cast, handed_out(cast)), cast.local)
    until, why = dt.date(2026, 5, 20), "Chờ giảng viên"
    tasks.ask_extension(assignment=wanted, until=until, reason=why, actor=cast.local_volunteer, at=on(18))


def answered(cast: Cast) -> None:
    asked(cast)
    wanted, officer = Extension.objects.get(), cast.commune_officer
    tasks.answer_extension(extension=wanted, granted=wanted.until, beyond=True, actor=officer, at=on(19))


def given_back(cast: Cast) -> None:
    wrong = of(passed_on(cast, handed_out(cast)), cast.local)
    tasks.give_back(assignment=wrong, reason="Thuộc đơn vị khác", actor=cast.local_volunteer, at=on(18))


def insisted(cast: Cast) -> None:
    given_back(cast)
    tasks.insist(redirection=Redirection.objects.get(), answer="Vẫn làm", actor=cast.commune_officer, at=on(19))


FIGURES = {"gifts": "3", "money": "900.000", "dialogues": "1"}


def received(cast: Cast) -> None:
    reports.sent(reports.publish(), cast.local_volunteer, FIGURES)


def returned(cast: Cast) -> None:
    report = reports.sent(reports.publish(), cast.local_volunteer, FIGURES)
    send_back(submission=report, reason="Xem lại số tiền.", by_cell={}, actor=cast.commune_officer, at=NOW)


def accepted(cast: Cast) -> None:
    reports.accepted(reports.publish(), cast.local_volunteer, cast.commune_officer, FIGURES)


def entered(cast: Cast) -> None:
    reports.entered(reports.publish(), cast.local, cast.commune_officer)


def changed(cast: Cast) -> None:
    reports.changed(cast)


def announced(cast: Cast) -> None:
    told(cast, branches=[cast.commune])


def campaign(cast: Cast) -> None:
    campaigns.opened(cast, branches=[cast.commune])


def joint(cast: Cast) -> None:
    places.joint(cast)


def declined(cast: Cast) -> None:
    joint(cast)
    partner = ActivityPartner.objects.get()
    answer_partnership(partner=partner, ours=False, note="Chưa cùng làm", actor=cast.commune_officer, at=NOW)


# What happens, whom it reaches, of which kind, and what is said of it.
HAPPENS: dict[str, tuple[Callable[[Cast], None], str, str, str]] = {
    "given": (given, "local_volunteer", "viec", "việc mới"),
    "reminded": (reminded, "local_volunteer", "viec", "nhắc việc"),
    "opened again": (opened_again, "local_volunteer", "viec", "làm tiếp: Thiếu biên bản."),
    "asked for time": (asked, "commune_officer", "gia-han", "xin gia hạn đến 20/05/2026"),
    "given time": (answered, "local_volunteer", "gia-han", "được gia hạn đến 20/05/2026"),
    "given back": (given_back, "commune_officer", "gia-han", "trả lại vì không đúng nơi nhận"),
    "insisted": (insisted, "local_volunteer", "gia-han", "đơn vị vẫn phải làm"),
    "received": (received, "commune_officer", "bao-cao", "1 báo cáo chờ tiếp nhận"),
    "returned": (returned, "local_volunteer", "bao-cao", "bị trả lại, xem lý do"),
    "accepted": (accepted, "local_volunteer", "bao-cao", "đã được tiếp nhận"),
    "entered": (entered, "local_volunteer", "bao-cao", "cấp trên nhập thay, xem và xác nhận"),
    "changed": (changed, "provincial_officer", "so-lieu", "1 đơn vị thay đổi số liệu sau khi chốt"),
    "announced": (announced, "local_volunteer", "thong-bao", "thông báo mới"),
    "campaign": (campaign, "local_volunteer", "chien-dich", "mở chiến dịch, đến 31/03/2026"),
    "joint": (joint, "commune_officer", "hoat-dong", "mời xác nhận cùng làm"),
    "declined": (declined, "local_volunteer", "hoat-dong", "báo không cùng làm"),
}


def of_post(cast: Cast, who: str) -> list[Notice]:
    return reached(cast.scope(getattr(cast, who), LATER))


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(getattr(cast, who)))
    return client


@pytest.mark.parametrize("what", HAPPENS)
def test_what_happens_reaches_whom_it_concerns_and_its_link_opens(what: str, cast: Cast) -> None:
    happen, who, kind, said = HAPPENS[what]
    happen(cast)
    [notice] = [one for one in of_post(cast, who) if one.kind == kind and one.told.startswith(said)]
    client = browser(cast, who)
    page = client.get(reverse("notices"), {"loai": kind}).content.decode()
    assert said in page and f'href="{notice.url}"' in page
    assert client.get(notice.url, follow=True).status_code == 200


@pytest.mark.parametrize("what", sorted(set(HAPPENS) - {"given", "reminded", "opened again"}))
def test_nothing_of_it_reaches_the_sibling(what: str, cast: Cast) -> None:
    HAPPENS[what][0](cast)
    of_own_work = "assignment:"  # the sibling was given the province's training itself
    assert [one for one in of_post(cast, "stranger") if not one.key.startswith(of_own_work)] == []


def test_work_of_the_sibling_is_its_own_alone(cast: Cast) -> None:
    opened_again(cast)
    assert [one.told for one in of_post(cast, "stranger")] == ["việc mới, hạn 09/05/2026"]


def test_a_correction_a_withdrawal_and_a_delegation_are_told(cast: Cast) -> None:
    one = told(cast, branches=[cast.commune])
    officer = cast.provincial_officer
    put_right = {"title": one.title, "text": "Nghỉ từ 29/4.", "note": "Sai ngày"}
    correct(announcement=one, **put_right, again=False, actor=officer, at=on(18))
    assert [n.told for n in of_post(cast, "local_volunteer")] == ["đã đính chính", "thông báo mới"]
    withdraw_announcement(announcement=one, reason="Báo nhầm", actor=officer, at=on(19))
    assert of_post(cast, "local_volunteer")[0].told == "đã thu hồi"
    roles = [Role.REPORTER]
    delegate(taker=cast.clerk, roles=roles, first=TODAY, last=TODAY, actor=officer, at=NOW)
    [notice] = of_post(cast, "clerk")
    assert (notice.title, notice.kind) == ("Trưởng ban Chính sách", "uy-quyen")
    assert notice.told == "làm thay từ 16/03/2026 đến hết 16/03/2026"


def test_every_kind_has_a_scene_of_its_own() -> None:
    assert {kind for _, _, kind, _ in HAPPENS.values()} | {"uy-quyen"} == {kind.name for kind in KINDS}
