"""The lists of a template: a table, a panel to edit an item, buttons to move and drop it; for every kind alike."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.reports.design.drafts import change_draft, looked_at
from nhipcau.reports.design.editing import items_at, moved, renamed, with_item, without_item
from nhipcau.reports.design.expressions import FRAMES
from nhipcau.reports.design.wordings import OVER_UNITS, SEVERITIES
from nhipcau.web.declare import FORM, page
from nhipcau.web.design.desk import Desk, desk_for, frame, number_of, worded
from nhipcau.web.design.figure_form import IndicatorForm, kind_names
from nhipcau.web.design.forms import BlockForm, BreakdownForm, DueForm, PartForm, RuleForm, SectionForm
from nhipcau.web.request import PageRequest, edits_of
from nhipcau.web.words import spoken

Raw = Mapping[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Part:
    """A list of the file: what it is called, the form of its items, what the table shows of each."""

    path: Path
    title: str
    add: str
    form: type[PartForm]
    columns: Sequence[str]
    shown: Callable[[Raw], Sequence[str]]
    name: Callable[[Raw], str]
    where: str = ""  # what faults call an item, before its code; empty for those without a code
    hint: str = ""
    rules: bool = False

    def faults_of(self, desk: Desk, item: Raw) -> list[str]:
        """What is wrong with an item, in words."""
        if not self.where:
            return []
        return [spoken(fault.message) for fault in desk.faults_at(self.place_of(item))]

    def place_of(self, item: Raw) -> str:
        """What faults call an item; those without a code are spoken of together."""
        return f"{self.where}.{item.get('code') or '?'}" if self.where else str(self.path[0])


def _parts(desk: Desk) -> dict[str, Part]:
    """By the word in the address."""
    return {
        "cac-phan": Part(
            ("sections",), _("Các phần"), _("Thêm phần"), SectionForm, [_("Số chỉ tiêu")],
            lambda one: [str(len(one.get("indicators") or []))], lambda one: worded(one, "title"),
            hint=_("Thứ tự ở đây là thứ tự trên biểu mẫu và trong báo cáo phát hành."),
        ),
        "cach-chia": Part(
            ("breakdowns",), _("Cách chia nhỏ"), _("Thêm cách chia"), BreakdownForm, [_("Mã"), _("Các mục")],
            lambda one: [str(one.get("code", "")), _labels(one.get("items") or [])],
            lambda one: worded(one, "label"), "breakdowns",
            hint=_("Chỉ tiêu chia nhỏ được ghi từng ô; tổng tự tính."),
        ),
        "quy-tac": Part(
            ("rules",), _("Quy tắc kiểm tra"), _("Thêm quy tắc"), RuleForm, [_("Mức"), _("Điều kiện")],
            lambda one: [spoken(SEVERITIES.get(str(one.get("severity", "error")), "")), str(one.get("check", ""))],
            lambda one: str(one.get("code", "")), "rules", rules=True,
            hint=_("Khi điều kiện không đúng, lời nhắn hiện ngay tại ô. Thiếu số thì quy tắc không nói gì."),
        ),
        "thuyet-minh": Part(
            ("narrative",), _("Phần thuyết minh"), _("Thêm phần thuyết minh"), BlockForm, [_("Mã"), _("Bắt buộc")],
            lambda one: [str(one.get("code", "")), _("có") if one.get("required") else ""],
            lambda one: worded(one, "title"), "narrative",
            hint=_("Lời của đơn vị cấp dưới hiện cạnh ô viết của cấp trên, dưới cùng tiêu đề."),
        ),
        "han": Part(
            ("due",), _("Hạn riêng của từng kỳ"), _("Thêm hạn riêng"), DueForm, [_("Hạn")],
            lambda one: [_due(one)], lambda one: str(one.get("period") or _("mọi kỳ khác")),
            hint=_("Kỳ không có hạn riêng theo số ngày làm việc ghi ở trang trước."),
        ),
    }  # fmt: skip


def _labels(items: Sequence[Raw]) -> str:
    return "; ".join(worded(each, "label") for each in items)


def _due(item: Raw) -> str:
    if item.get("date"):
        return str(item["date"])
    if item.get("working_days") is not None:
        return _("%(n)s ngày làm việc") % {"n": item["working_days"]}
    return _("%(n)s ngày") % {"n": item.get("days", "")}


@page(methods=FORM)
def items(request: PageRequest, uid: uuid.UUID, part: str) -> HttpResponse:
    """One of the lists; `?sua=2` opens an item, `?them` a new one."""
    desk = desk_for(request, uid)
    chosen = _parts(desk).get(part)
    if chosen is None:
        raise NotFound("Không có trang này.")
    return _List(request, desk, chosen).answer()


@page(methods=FORM)
def indicators(request: PageRequest, uid: uuid.UUID, section: int) -> HttpResponse:
    """The figures of one section."""
    desk = desk_for(request, uid)
    if not 0 < section <= len(desk.sections):
        raise NotFound("Biểu mẫu không có phần này.")
    title = worded(desk.sections[section - 1], "title") or _("Phần %(n)d") % {"n": section}
    figures = Part(
        ("sections", section - 1, "indicators"), title, _("Thêm chỉ tiêu"), IndicatorForm,
        [_("Mã"), _("Đơn vị tính"), _("Tổng hợp"), _("Nguồn")], partial(_figure, kind_names(desk)),
        lambda one: worded(one, "label"), "indicators",
    )  # fmt: skip
    return _List(request, desk, figures, section - 1).answer()


def _figure(kinds: Mapping[str, str], item: Raw) -> list[str]:
    source = item.get("source") or {}
    kind = str(source.get("activity") or "")
    comes = kinds.get(kind, kind) or (_("đếm văn bản") if source.get("letters") else "")
    rolled = spoken(OVER_UNITS.get(str(item.get("over_units", "sum")), ""))
    return [str(item.get("code", "")), str(item.get("unit", "")), rolled, comes]


@dataclass
class _List:
    """One request about one list."""

    request: PageRequest
    desk: Desk
    part: Part
    section: int | None = None

    @property
    def raws(self) -> list[dict[str, Any]]:
        return items_at(self.desk.raw, self.part.path)

    def answer(self) -> HttpResponse:
        request = self.request
        if request.method != "POST":
            return self._page()
        if request.POST.get("viec") in ("luu", "kiem"):
            return self._kept()
        for step, act in (("len", -1), ("xuong", 1), ("bo", 0)):
            place = number_of(request.POST.get(step, ""), len(self.raws))
            if place is not None:
                return self._shifted(place, act)
        return self._page()

    # --- moving and dropping ---------------------------------------------------------------------------
    def _shifted(self, place: int, step: int) -> HttpResponse:
        path, name = self.part.path, self.part.name(self.raws[place])
        content = moved(self.desk.raw, path, place, step) if step else without_item(self.desk.raw, path, place)
        try:
            self._change(content)
        except Conflict as conflict:
            return self._page(refusal=conflict.message, status=409)
        if not step:
            messages.success(self.request, _("Đã bỏ «%(name)s». Bấm «Hoàn tác» nếu bỏ nhầm.") % {"name": name})
            return redirect(self.request.path)
        there = max(0, min(place + step, len(self.raws) - 1))
        way = "len" if step < 0 else "xuong"
        edge = {0: "xuong", len(self.raws) - 1: "len"}  # there the button that was pressed is off
        return redirect(f"{self.request.path}?vua={there}&huong={edge.get(there, way)}")

    # --- one item --------------------------------------------------------------------------------------
    def _kept(self) -> HttpResponse:
        """Save the item of the panel, or only say what would be wrong with it (`kiem`, while one still types)."""
        post = self.request.POST
        place = number_of(post.get("cho", ""), len(self.raws))
        form = self.part.form(self.desk, post, initial=self._initial(place))
        only_asked = post.get("viec") == "kiem"
        if not form.is_valid():
            return self._said([]) if only_asked else self._page(form, place, status=422)
        before = self.raws[place] if place is not None else {}
        content, kept_at = self._with(before, form, place)
        if only_asked:
            return self._said(looked_at(content, self.desk.raw, self.part.place_of(form.as_raw(before))))
        try:
            self._change(content)
        except Conflict as conflict:
            return self._page(form, place, refusal=conflict.message, status=409)
        except InvalidInput as refusal:
            form.add_error(None, [spoken(one.message) for one in refusal.faults] or spoken(refusal.message))
            return self._page(form, place, status=422)
        return self._on(kept_at)

    def _with(self, before: Raw, form: PartForm, place: int | None) -> tuple[Raw, int]:
        """The file with the item in it, and where it stands then; a figure may go into another section."""
        item, path = form.as_raw(before), self.part.path
        content = self.desk.raw
        old, new = str(before.get("code", "")), str(item.get("code", ""))
        if self.part.where == "indicators" and old and new and old != new and new not in self.desk.home:
            content = renamed(content, old, new)
        section = form.cleaned_data.get("section")
        if self.section is not None and section is not None and int(section) != self.section:
            if place is not None:
                content = without_item(content, path, place)
            path, place = ("sections", int(section), "indicators"), None
        kept_at = len(items_at(content, path)) if place is None else place
        return with_item(content, path, place, item), kept_at

    def _on(self, place: int) -> HttpResponse:
        """To the list; to the item again where something is wrong with it."""
        after = desk_for(self.request, self.desk.draft.uid)
        now = items_at(after.raw, self.part.path)
        faults = self.part.faults_of(after, now[place]) if place < len(now) else []
        messages.success(self.request, _("Đã lưu vào bản thảo."))
        asked = f"?sua={place}" if faults else f"?vua={place}"
        return redirect(f"{self.request.path}{asked}")

    def _change(self, content: Raw) -> None:
        change_draft(
            draft=self.desk.draft, content=content, edits=edits_of(self.request), actor=self.request.scope.post,
            at=self.request.moment,
        )  # fmt: skip

    def _initial(self, place: int | None) -> dict[str, Any]:
        found = self.part.form.initial_of(self.raws[place]) if place is not None else {}
        return found if self.section is None else {**found, "section": str(self.section)}

    def _said(self, faults: Sequence[str]) -> HttpResponse:
        return render(self.request, "web/design/said.html", {"told": list(map(spoken, faults)), "asked": True})

    # --- the page --------------------------------------------------------------------------------------
    def _page(
        self, form: PartForm | None = None, place: int | None = None, *, refusal: str = "", status: int = 200
    ) -> HttpResponse:
        asked, raws = self.request.GET, self.raws
        if form is None and ("them" in asked or "sua" in asked):
            place = number_of(asked.get("sua", ""), len(raws))
            form = self.part.form(self.desk, initial=self._initial(place))
        just = number_of(asked.get("vua", ""), len(raws))
        context = {
            **frame(self.desk, self.request, self.part.title),
            "part": self.part,
            "rows": [
                {"place": n, "name": self.part.name(one) or _("(chưa có tên)"), "cells": self.part.shown(one),
                 "faults": self.part.faults_of(self.desk, one), "just": n == just, "open": self._opened(n)}
                for n, one in enumerate(raws)
            ],
            "last": len(raws) - 1,
            "way": asked.get("huong", ""),
            "form": form,
            "place": place,
            "told": self.part.faults_of(self.desk, raws[place]) if form is not None and place is not None else [],
            "refusal": refusal,
            "names": self.desk.figures if self.part.rules and form is not None else [],
            "frames": [*FRAMES, "slip"],
        }  # fmt: skip
        return render(self.request, "web/design/list.html", context, status=status)

    def _opened(self, place: int) -> str:
        """Where an item leads besides its own panel."""
        return self.desk.url("section", place + 1) if self.part.path == ("sections",) else ""
