"""The first account of an installation, and the way back in from the server's console."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.access.first import open_first, reissue
from nhipcau.access.models import Account
from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.org.actions import import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Role
from tests.cast import NOW, PASSWORD, SETUP, TREE, Cast

pytestmark = pytest.mark.django_db


def opened(login: str = "quantri") -> str:
    return open_first(login=login, name="Nguyễn Thị Hạnh", actor=SETUP, at=NOW)[1]


@pytest.fixture
def tree(db: None) -> None:
    import_tree(rows=read_rows(TREE.encode()), actor=SETUP, at=NOW)


@pytest.mark.usefixtures("tree")
def test_the_first_account_administers_the_top_and_must_change_its_password() -> None:
    password = opened()
    account = Account.objects.get(login="quantri")
    assert account.check_password(password)
    assert account.must_change
    assert Post.objects.get().has_role(Role.ADMINISTRATOR)


@pytest.mark.usefixtures("tree")
def test_there_is_only_one_first_account() -> None:
    opened()
    with pytest.raises(Conflict, match="account reissue quantri"):
        opened("nguoikhac")
    assert Account.objects.count() == 1


def test_without_a_tree_it_says_what_to_do_first(db: None) -> None:
    with pytest.raises(NotFound, match="org import"):
        opened()
    assert not Account.objects.exists()


def test_a_login_that_is_taken_leaves_nothing_behind(cast: Cast) -> None:
    posts = Post.objects.count()
    with pytest.raises(InvalidInput):
        opened("xa")
    assert Post.objects.count() == posts


def test_a_reissued_password_ends_the_old_one_and_its_sessions_and_is_logged(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.commune_officer))
    password = reissue(login=" XA ", actor=SETUP, at=NOW)
    account = Account.objects.get(login="xa")
    assert account.check_password(password)
    assert not account.check_password(PASSWORD)
    assert client.get(reverse("home")).status_code == 302
    assert password not in str(Entry.objects.order_by("pk").last().__dict__)


def test_an_unknown_login_is_said_plainly(cast: Cast) -> None:
    with pytest.raises(NotFound, match="Không có tài khoản"):
        reissue(login="khongco", actor=SETUP, at=NOW)
