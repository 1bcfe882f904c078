"""The first account of an installation, and the way back in from the server's console."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.access.codes import use_code
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
    return open_first(login=login, name="Nguyễn Thị Hạnh", actor=SETUP, at=NOW).code


@pytest.fixture
def tree(db: None) -> None:
    import_tree(rows=read_rows(TREE.encode()), actor=SETUP, at=NOW)


@pytest.mark.usefixtures("tree")
def test_the_first_account_administers_the_top_and_opens_with_its_code() -> None:
    code = opened()
    assert not Account.objects.get(login="quantri").has_usable_password()
    assert use_code(code=code, password=PASSWORD, at=NOW).check_password(PASSWORD)
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


def test_a_new_code_ends_the_password_and_its_sessions_and_is_logged(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.commune_officer))
    code = reissue(login=" XA ", actor=SETUP, at=NOW).code
    assert not Account.objects.get(login="xa").check_password(PASSWORD)
    assert client.get(reverse("home")).status_code == 302
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None and entry.action == "access.code_given"
    assert code not in str(entry.__dict__)


def test_an_unknown_login_is_said_plainly(cast: Cast) -> None:
    with pytest.raises(NotFound, match="Không có tài khoản"):
        reissue(login="khongco", actor=SETUP, at=NOW)
