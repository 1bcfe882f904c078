"""Chức danh on the pages: opened, ended, the minutes printed, a code for a holder who cannot get in."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.access.models import Account
from nhipcau.audit.models import Entry
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.delegating import delegate
from nhipcau.org.models import Appointment, Handover, Post, Role
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.tasks.work import handed_out, passed_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = "qua-cau-song-moi"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def chair(cast: Cast) -> Client:
    """The commune's chair, who looks after the local unions."""
    return browser(cast, cast.commune_officer)


def browser(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def seated(cast: Cast, title: str, login: str, role: Role) -> Post:
    """A new post of the commune with its holder."""
    post = create_post(unit=cast.commune, title=title, roles=[role], start=TODAY, actor=SETUP, at=NOW)
    account = open_account(login=login, password=PASSWORD, name=f"Người giữ chức {title}", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    return post


def address(post: Post, name: str = "post") -> str:
    return reverse(f"org:{name}", kwargs={"uid": post.uid})


def test_a_new_post_waits_for_its_officer(cast: Cast, chair: Client) -> None:
    typed = {"unit": str(cast.commune.uid), "title": "Trưởng ban Nữ công", "roles": ["reporter"]}
    where = chair.post(reverse("org:post_create"), typed)["Location"]
    assert "Chưa có người giữ." in chair.get(where).content.decode()
    made = Post.objects.get(title="Trưởng ban Nữ công")
    given = {"name": "Lê Thị Sông", "phone": "", "login": "nucong"}
    assert chair.post(address(made, "appoint"), given).context["slip"].code
    assert "Lê Thị Sông" in chair.get(reverse("org:posts")).content.decode()


def test_a_refused_title_is_told_at_its_field(cast: Cast, chair: Client) -> None:
    typed = {"unit": str(cast.local.uid), "title": "Tổ theo dõi bình luận của đoàn viên trên Facebook"}
    answer = chair.post(reverse("org:post_create"), {**typed, "roles": ["reporter"]})
    assert answer.status_code == 422
    assert not Post.objects.filter(title=typed["title"]).exists()


def test_an_appointment_ends_and_its_minutes_are_printed_then_and_later(cast: Cast, chair: Client) -> None:
    passed_on(cast, handed_out(cast))
    page = chair.get(address(cast.local_volunteer)).content.decode()
    assert "Việc chưa hoàn thành:" in page
    assert chair.post(address(cast.local_volunteer), {"end": "16/03/2026"}).status_code == 302
    assert browser(cast, cast.local_volunteer).get("/").status_code == 403
    page = chair.get(address(cast.local_volunteer)).content.decode()
    kept = Handover.objects.get()
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        link = reverse("org:minutes", kwargs={"uid": kept.uid, "kind": kind})
        assert link in page
        assert chair.get(link).content.startswith(start)
    assert chair.get(reverse("org:minutes", kwargs={"uid": kept.uid, "kind": "exe"})).status_code == 404
    paper = zipfile.ZipFile(io.BytesIO(chair.get(link.replace("pdf", "docx")).content)).read("word/document.xml")
    for words in ("BIÊN BẢN", "BÊN GIAO", "BÊN NHẬN", "Việc chưa hoàn thành"):
        assert words in paper.decode()


def test_a_day_that_has_passed_stays_on_the_form(cast: Cast, chair: Client) -> None:
    answer = chair.post(address(cast.local_volunteer), {"end": "01/03/2026"})
    assert (answer.status_code, "chọn từ ngày 16/03/2026" in answer.content.decode()) == (422, True)


def test_who_forgot_the_password_gets_a_code_and_every_session_ends(cast: Cast, chair: Client) -> None:
    own = browser(cast, cast.local_volunteer)
    answer = chair.post(address(cast.local_volunteer, "reissue"))
    assert answer["Cache-Control"] == "no-store"
    assert own.get("/")["Location"].startswith("/dang-nhap/")
    assert Client().post("/dang-nhap/", {"login": "coso", "password": PASSWORD}).status_code == 422
    typed = {"code": answer.context["slip"].code, "new": NEW, "again": NEW}
    assert own.post("/ma-kich-hoat/", typed)["Location"] == "/"
    assert Client().post("/dang-nhap/", {"login": "coso", "password": NEW}).status_code == 302
    given, used = Entry.objects.filter(action__startswith="access.code_").order_by("pk")
    assert (given.actor, given.object) == (f"post:{cast.commune_officer.uid}", used.actor)


def test_nobody_gives_himself_a_code(cast: Cast, chair: Client) -> None:
    assert chair.post(address(cast.commune_officer, "reissue")).status_code == 403


def test_an_officer_with_a_post_elsewhere_is_out_of_reach(cast: Cast, chair: Client) -> None:
    """The code opens every post of its officer: the commune would come to the province's."""
    Appointment.objects.filter(post=cast.clerk).delete()
    person = cast.account(cast.local_volunteer).person
    appoint(post=cast.clerk, person=person, start=TODAY, actor=SETUP, at=NOW)
    assert chair.post(address(cast.local_volunteer, "reissue")).status_code == 403
    assert Account.objects.get(login="coso").check_password(PASSWORD)


def test_an_administrator_alone_gives_out_no_code_to_contents(cast: Cast) -> None:
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[Role.ADMINISTRATOR.value])
    client = browser(cast, cast.commune_officer)
    assert "Cấp mã kích hoạt" not in client.get(address(cast.local_volunteer)).content.decode()
    assert client.post(address(cast.local_volunteer, "reissue")).status_code == 403


def test_no_code_opens_a_right_that_whoever_gives_it_out_has_not(cast: Cast, chair: Client) -> None:
    Post.objects.filter(pk=cast.local_volunteer.pk).update(roles=[Role.REPORTER.value, Role.AUDITOR.value])
    assert chair.post(address(cast.local_volunteer, "reissue")).status_code == 403
    assert cast.account(cast.local_volunteer).check_password(PASSWORD)


def test_what_an_officer_stands_in_for_is_opened_by_the_code_too(cast: Cast) -> None:
    """An administrator would come to contents by the code of a colleague who acts for the chair."""
    administrator = seated(cast, "Quản trị", "quantri", Role.ADMINISTRATOR)
    designer = seated(cast, "Thiết kế", "thietke", Role.DESIGNER)
    client = browser(cast, administrator)
    assert client.post(address(designer, "reissue")).status_code == 200
    delegate(taker=designer, roles=[Role.BOARD], first=TODAY, last=TODAY, actor=cast.commune_officer, at=NOW)
    before = cast.account(designer).password
    assert client.post(address(designer, "reissue")).status_code == 403
    assert cast.account(designer).password == before
