"""Vacant posts: the level above sees them, appoints, and is told where work reaches nobody."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account
from nhipcau.access.queries import posts_of
from nhipcau.access.staffing import appoint_known, fill_post
from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.core.text import fold
from nhipcau.org.actions import create_post
from nhipcau.org.models import Post, Role
from nhipcau.org.vacancies import FILLED_BY
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.tasks.work import handed_out, passed_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = {"name": "Lê Thị Sông", "phone": "0200 111 222", "login": "a2"}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def seat(cast: Cast) -> Post:
    """The vacant chair of the commune's second local union."""
    unit = cast.other_local
    return create_post(unit=unit, title="Chủ tịch", roles=[Role.APPROVER], start=TODAY, actor=SETUP, at=NOW)


def browser(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def test_the_level_above_sees_the_vacant_post_and_a_stranger_does_not(cast: Cast, seat: Post) -> None:
    assert (
        "Trường Tiểu học Hải Long" in browser(cast, cast.commune_officer).get("/to-chuc/khuyet/").content.decode()
    )
    assert "Hải Long" not in browser(cast, cast.stranger).get("/to-chuc/khuyet/").content.decode()


def test_whoever_is_appointed_opens_the_account_with_the_code_shown_once(cast: Cast, seat: Post) -> None:
    client = browser(cast, cast.commune_officer)
    url = reverse("org:appoint", kwargs={"uid": seat.uid})
    answer = client.post(url, NEW)
    slip = answer.context["slip"]
    assert answer["Cache-Control"] == "no-store"
    assert slip.code in answer.content.decode()
    account = Account.objects.get(login="a2")
    assert list(posts_of(account, TODAY)) == [seat]
    own = Client()
    assert own.post("/ma-kich-hoat/", {"code": slip.code, "new": PASSWORD, "again": PASSWORD}).status_code == 302
    assert own.get("/").status_code == 200
    assert Client().post("/dang-nhap/", {"login": "a2", "password": PASSWORD}).status_code == 302
    assert client.get(url).status_code == 404, "nobody else is appointed to it"


def test_a_login_that_is_taken_leaves_the_post_vacant(cast: Cast, seat: Post) -> None:
    client = browser(cast, cast.commune_officer)
    answer = client.post(reverse("org:appoint", kwargs={"uid": seat.uid}), {**NEW, "login": "xa"})
    assert (answer.status_code, "đã có người dùng" in answer.content.decode()) == (422, True)
    assert not seat.appointments.exists()


def test_only_the_board_or_administrators_above_appoint(cast: Cast, seat: Post) -> None:
    for who, refusal in ((cast.clerk, NotAllowed), (cast.stranger, NotFound), (cast.local_volunteer, NotFound)):
        with pytest.raises(refusal):
            fill_post(post=seat, **NEW, actor=who, at=NOW)


def test_work_that_reaches_nobody_is_told_to_the_level_above(cast: Cast, seat: Post) -> None:
    assert "Cấp dưới không có người duyệt" not in browser(cast, cast.commune_officer).get("/").content.decode()
    passed_on(cast, handed_out(cast))
    page = browser(cast, cast.commune_officer).get("/").content.decode()
    assert "Cấp dưới không có người duyệt" in page
    fill_post(post=seat, **NEW, actor=cast.commune_officer, at=NOW)
    assert "Cấp dưới không có người duyệt" not in browser(cast, cast.commune_officer).get("/").content.decode()


@pytest.mark.parametrize(
    ("own", "seats", "refused"),
    [
        ([Role.ADMINISTRATOR], [Role.AUDITOR], ""),
        ([Role.ADMINISTRATOR], [Role.APPROVER], "ban chấp hành cấp trên"),
        ([Role.ADMINISTRATOR], [Role.ADMINISTRATOR, Role.CLERK], "ban chấp hành cấp trên"),
        ([Role.BOARD], [Role.DESIGNER, Role.CLERK], ""),
        ([Role.BOARD], [Role.AUDITOR], "chỉ người quản trị"),
        ([Role.BOARD], [Role.ADMINISTRATOR], "chỉ người quản trị"),
        ([Role.BOARD, Role.ADMINISTRATOR], [Role.ADMINISTRATOR, Role.APPROVER], ""),
    ],
)
def test_who_sits_where_is_said_by_whoever_may_give_that_right(
    cast: Cast, own: list[Role], seats: list[Role], refused: str
) -> None:
    """A code would be the administrator's own way to contents, the board's to the log of its deeds."""
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[role.value for role in own])
    cast.commune_officer.refresh_from_db()
    seat = create_post(unit=cast.other_local, title="Ủy viên", roles=seats, start=TODAY, actor=SETUP, at=NOW)
    if not refused:
        fill_post(post=seat, **NEW, actor=cast.commune_officer, at=NOW)
        assert seat.appointments.exists()
        return
    with pytest.raises(NotAllowed, match=refused):
        fill_post(post=seat, **NEW, actor=cast.commune_officer, at=NOW)
    with pytest.raises(NotAllowed, match=refused):
        known = cast.account(cast.local_volunteer)
        appoint_known(post=seat, officer=known.uid, actor=cast.commune_officer, at=NOW)
    assert not Account.objects.filter(login="a2").exists()


def test_every_right_has_somebody_who_may_give_it() -> None:
    assert set(FILLED_BY) == set(Role)


@pytest.mark.parametrize("wanted", ["giu chuc chu tich cong doan co so", "coso"])
def test_an_officer_with_an_account_holds_a_further_post_with_the_same_password(
    cast: Cast, seat: Post, wanted: str
) -> None:
    client, known = browser(cast, cast.commune_officer), cast.account(cast.local_volunteer)
    url = reverse("org:appoint", kwargs={"uid": seat.uid})
    page = client.get(url, {"tim": wanted}).content.decode()
    assert known.person.name in page
    assert "Công ty May Hải Âu" in page, "what the officer does already helps to tell two of one name apart"
    assert client.post(url, {"nguoi": str(known.uid)}).status_code == 302
    assert list(posts_of(known, TODAY)) == [cast.local_volunteer, seat]
    known.refresh_from_db()
    assert known.check_password(PASSWORD)


def test_officers_are_listed_by_their_given_names(cast: Cast, seat: Post) -> None:
    for name, who in (("Hồ An Chi", cast.local_volunteer), ("Hồ Yến Bình", cast.commune_officer)):
        person = cast.account(who).person
        person.name, person.folded = name, fold(name)
        person.save()
    url = reverse("org:appoint", kwargs={"uid": seat.uid})
    found = browser(cast, cast.commune_officer).get(url, {"tim": "ho"}).context["found"]
    assert [account.person.name for account, _posts in found] == ["Hồ Yến Bình", "Hồ An Chi"]


@pytest.mark.parametrize("who", ["stranger", "provincial_officer"])
def test_nobody_outside_the_branch_is_found_or_told_to_exist(cast: Cast, seat: Post, who: str) -> None:
    client, other = browser(cast, cast.commune_officer), cast.account(getattr(cast, who))
    url = reverse("org:appoint", kwargs={"uid": seat.uid})
    for wanted in (other.login, other.person.name):
        assert client.get(url, {"tim": wanted}).context["found"] == []
    there = client.post(url, {"nguoi": str(other.uid)})
    nobody = client.post(url, {"nguoi": "0198c000-0000-7000-8000-000000000000"})
    assert (there.status_code, nobody.status_code) == (404, 404)
    assert not seat.appointments.exists()


def test_nobody_appoints_the_own_account(cast: Cast, seat: Post) -> None:
    own = cast.account(cast.commune_officer)
    with pytest.raises(NotAllowed, match="tự phân công"):
        appoint_known(post=seat, officer=own.uid, actor=cast.commune_officer, at=NOW)
