"""A version in the making as every page of the designer shows it: its parts, and what is wrong in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhipcau.core.errors import Fault
from nhipcau.core.text import whole
from nhipcau.reports.design.drafts import Reading, concerns, get_draft_for, reading_of
from nhipcau.reports.design.editing import items_at
from nhipcau.reports.models import TemplateDraft
from nhipcau.web.request import PageRequest

Raw = Mapping[str, Any]
DUTY = ("reporters", "levels", "branches", "units", "except", "due", "due_working_days")
_LISTS = {"breakdowns": "cach-chia", "rules": "quy-tac", "narrative": "thuyet-minh"}


@dataclass(frozen=True)
class Link:
    """A part of the template in the list beside the page."""

    label: str
    url: str
    faults: int
    current: bool


@dataclass(frozen=True)
class Told:
    """Something wrong, in words, and the page where it is mended."""

    label: str
    message: str
    url: str


@dataclass(frozen=True)
class Desk:
    """A draft on the desk."""

    draft: TemplateDraft
    reading: Reading

    @property
    def raw(self) -> Raw:
        """The template file as it stands."""
        content: Raw = self.draft.content
        return content

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """The sections of the file."""
        return items_at(self.raw, ("sections",))

    def url(self, name: str, *more: object) -> str:
        """A page of this draft."""
        return reverse(f"design:{name}", args=[self.draft.uid, *more])

    @cached_property
    def home(self) -> dict[str, int]:
        """The section, counted from 0, in which each figure stands."""
        return {
            str(item.get("code", "")): place
            for place, section in enumerate(self.sections)
            for item in section.get("indicators") or []
        }

    @property
    def figures(self) -> list[tuple[str, str]]:
        """(code, label) of every figure."""
        return [
            (str(item.get("code", "")), str(item.get("label", "")))
            for section in self.sections
            for item in section.get("indicators") or []
        ]

    def place_of(self, fault: Fault) -> tuple[str, str]:
        """(address of the page where a fault is mended, what it is called there)."""
        head, _dot, rest = fault.where.partition(".")
        name = rest.partition(".")[0].partition("[")[0]
        if head == "indicators":
            section = self.home.get(name)
            return (self.url("section", section + 1) if section is not None else self.url("list", "cac-phan"), name)
        if head == "sections":
            at = name if name.isdecimal() and 0 < int(name) <= len(self.sections) else ""
            return (self.url("section", int(at)) if at else self.url("list", "cac-phan"), name)
        if head in _LISTS:
            return self.url("list", _LISTS[head]), name
        if head == "issue":
            return self.url("single", "van-ban"), ""
        return self.url("single", "giao" if head in DUTY else "chung"), head

    @cached_property
    def told(self) -> list[Told]:
        """Every fault with the way to where it is mended."""
        return [
            Told(place[1], fault.message, place[0])
            for fault in self.reading.faults
            if (place := self.place_of(fault))
        ]

    def faults_at(self, where: str) -> list[Fault]:
        """What is wrong with one item: "rules.qua-lon"."""
        return [one for one in self.reading.faults if concerns(one, where)]

    def links(self, here: str) -> list[Link]:
        """The parts of the template, with how many faults wait in each."""
        counted: dict[str, int] = {}
        for one in self.told:
            counted[one.url] = counted.get(one.url, 0) + 1
        pages = [
            (_("Thông tin chung"), self.url("single", "chung")),
            (_("Ai báo cáo, hạn nào"), self.url("single", "giao")),
            (_("Các phần"), self.url("list", "cac-phan")),
            *(
                (worded(section, "title") or _("Phần %(n)d") % {"n": place}, self.url("section", place))
                for place, section in enumerate(self.sections, start=1)
            ),
            (_("Cách chia nhỏ"), self.url("list", "cach-chia")),
            (_("Quy tắc kiểm tra"), self.url("list", "quy-tac")),
            (_("Phần thuyết minh"), self.url("list", "thuyet-minh")),
            (_("Văn bản phát hành"), self.url("single", "van-ban")),
        ]
        return [Link(label, url, counted.get(url, 0), url == here) for label, url in pages]


def worded(raw: Mapping[str, Any], key: str) -> str:
    """A title or label of the file in the visitor's language, as far as it has been written there."""
    english = raw.get(f"{key}_en") if get_language() == "en" else ""
    return str(english or raw.get(key) or "")


def desk_for(request: PageRequest, uid: object) -> Desk:
    """The draft that the address names, or NotFound."""
    draft = get_draft_for(request.scope, uid)
    return Desk(draft, reading_of(draft, request.moment))


def frame(desk: Desk, request: PageRequest, title: str) -> dict[str, object]:
    """What stands around every page of a draft."""
    name = str(desk.raw.get("name") or _("Biểu mẫu chưa có tên"))
    return {
        "desk": desk,
        "draft": desk.draft,
        "links": desk.links(request.path),
        "title": title,
        "name": name,
        "crumbs": [(_("Biểu mẫu"), reverse("design:index")), (name, desk.url("draft")), (title, "")],
    }


def number_of(text: str, most: int) -> int | None:
    """A place in a list of so many, or None."""
    return whole(text, most - 1) if most else None


def listed(items: Sequence[object]) -> str:
    """Several as one line."""
    return ", ".join(map(str, items))
