"""A thing of the commune An Hải with a bird of its own in its words, and what all makers share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from nhipcau.documents.models import Document
from nhipcau.reports.models import TemplateVersion
from tests import plans
from tests.campaigns import scenes as campaigns
from tests.cast import Cast
from tests.web import directive
from tests.web.reports import scenes as reports

WORD = "chim"


@dataclass(frozen=True)
class Thing:
    """Something of a kind: `marks` give it away, `pages` are about it, `hole` is what the API calls it."""

    marks: tuple[str, ...]
    pages: tuple[str, ...] = ()
    hole: str = ""
    uid: str = ""

    def told_by(self, text: str) -> bool:
        """Whether a text says that it exists."""
        return any(mark in text for mark in self.marks)


@dataclass
class World:
    """What the makers share: the federation, the month's template, the letter that the commune registered."""

    cast: Cast
    month: TemplateVersion
    quarter: TemplateVersion
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def letter(self) -> Document:
        data = contest_letter("bồ nông", "71")
        found: Document = self.once("letter", lambda: directive.registered(self.cast.commune_officer, data))
        return found

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """The same thing for every maker that asks."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]


def world(cast: Cast) -> World:
    """Nothing of the commune's yet but the templates everybody has."""
    campaigns.kinds()
    return World(cast, reports.publish(), plans.publish())


def contest_letter(bird: str, number: str) -> bytes:
    lines = (f"Các công đoàn cơ sở tổ chức hội thi {WORD} {birds} trước ngày 10/5/2026." for birds in _CONTESTS)
    return directive.directive(*lines, number=f"{number}/KH-LĐLĐ", subject=f"Chăm sóc {WORD} {bird}")


_CONTESTS = ("sáo nâu", "diệc xám", "cò lửa", "chích chòe", "sơn ca vàng")


def thing(row: Any, *birds: str, hole: str = "", pages: tuple[tuple[str, dict[str, Any]], ...]) -> Thing:
    """`pages`: names with what their addresses take besides the uid."""
    uid = str(row.uid)
    urls = tuple(reverse(name, kwargs={"uid": uid, **more}) for name, more in pages)
    return Thing((*(f"{WORD} {bird}" for bird in birds), uid), urls, hole, uid)


def page(name: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return name, more
