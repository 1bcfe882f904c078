"""Auditors, and pages as they see them."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from nhipcau.access.actions import open_account
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Post, Role, Unit
from tests.cast import NOW, PASSWORD, SETUP, TODAY


def auditor(unit: Unit) -> Post:
    """Somebody who reads the log of that unit's branch, and nothing else."""
    post = create_post(unit=unit, title="Kiểm tra viên", roles=[Role.AUDITOR], start=TODAY, actor=SETUP, at=NOW)
    login = f"kiemtra{unit.pk}"
    account = open_account(login=login, password=PASSWORD, name="Người kiểm tra", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    return post


def opened(post: Post) -> Client:
    """A browser of the post's holder."""
    client = Client()
    client.force_login(post.appointments.get().person.account)
    return client


def page(client: Client, name: str = "log:index", **query: str) -> str:
    """What the page says."""
    return client.get(reverse(name), query).content.decode()
