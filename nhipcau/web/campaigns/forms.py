"""The forms of a campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.activities.types import measures_of
from nhipcau.campaigns.actions import CampaignInput, Counted
from nhipcau.campaigns.counts import REACHED, Count
from nhipcau.campaigns.goals import Asked
from nhipcau.campaigns.models import CampaignGoal, CampaignType
from nhipcau.core.errors import InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.core.numbers import CellState, format_value
from nhipcau.org.models import Unit, UnitKind
from nhipcau.org.queries import children_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.figures import parse_figure
from nhipcau.web.activities.shown import types_by_use
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.stale import EditForm
from nhipcau.web.words import labelled

Ticks = forms.CheckboxSelectMultiple


class CampaignForm(EditForm):
    """Purpose and period, who takes part, what counts as a session."""

    name = forms.CharField(
        label=_("Tên chiến dịch"), max_length=200, help_text=_("Ví dụ: Tháng hành động về an toàn lao động 2026.")
    )
    purpose = forms.CharField(
        label=_("Mục đích"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đoàn viên được gì sau đợt này? Viết ngắn, ai đọc cũng hiểu."),
    )
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến ngày"))
    kinds = forms.MultipleChoiceField(
        label=_("Loại đơn vị sẽ tổ chức"),
        widget=Ticks,
        error_messages={"required": _("Hãy chọn ít nhất một loại đơn vị.")},
    )
    types = forms.MultipleChoiceField(
        label=_("Hoạt động nào được tính là buổi"),
        widget=Ticks,
        required=False,
        help_text=_("Phải chọn ít nhất một loại trước khi mở chiến dịch."),
    )
    branches = forms.MultipleChoiceField(
        label=_("Chỉ các đơn vị này tham gia"),
        widget=Ticks,
        required=False,
        help_text=_("Không chọn đơn vị nào là tất cả cùng tham gia."),
    )
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, scope: Scope, *args: Any, chosen: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {str(one.uid): one for one in (*chosen, *children_of(scope.unit, scope.day))}
        self._types = {one.code: one for one in types_by_use(scope.unit)}
        kinds = UnitKind.objects.filter(internal=False, rank__gte=scope.unit.kind.rank)
        self._offer("kinds", [(one.code, labelled(one)) for one in kinds])
        self._offer("types", [(code, labelled(one)) for code, one in self._types.items()])
        below = [(uid, getattr(one, "name", "")) for uid, one in self._units.items() if getattr(one, "name", "")]
        self._offer("branches", below)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def some_chosen(self) -> bool:
        """Whether the folded list of branches holds something to see."""
        return bool(self["branches"].value())

    def given(self) -> CampaignInput:
        """What the domain takes; only after `is_valid`."""
        data = self.cleaned_data
        return CampaignInput(
            name=data["name"],
            purpose=data["purpose"],
            first_day=data["first_day"],
            last_day=data["last_day"],
            kinds=data["kinds"],
            types=[self._types[code] for code in data["types"]],
            branches=[self._units[uid] for uid in data["branches"]],
            client_key=data["client_key"] or None,
        )


def empty(day: dt.date) -> dict[str, Any]:
    """A new campaign: a month from today, of the local unions."""
    month = dt.timedelta(days=29)
    return {"first_day": day, "last_day": day + month, "kinds": ["local"], "client_key": str(new_uid())}


class GoalsForm(EditForm):
    """One figure for each count; attendances may be a share of the members."""

    share = forms.BooleanField(label=_("Lượt người dự là phần trăm số đoàn viên"), required=False)

    def __init__(self, counts: Sequence[Count], goals: Sequence[CampaignGoal], *args: Any, **kwargs: Any) -> None:
        standing = {goal.count: goal for goal in goals}
        self.counts = {one.key: one for one in counts}
        initial: dict[str, Any] = {
            _name(key): format_value(goal.value, 0 if goal.of_members else self.counts[key].decimals)
            for key, goal in standing.items()
            if key in self.counts
        }
        initial["share"] = standing[REACHED].of_members if REACHED in standing else True
        super().__init__(*args, initial=initial, **kwargs)
        if REACHED not in self.counts:
            del self.fields["share"]
        for key, one in self.counts.items():
            self.fields[_name(key)] = forms.CharField(
                label=f"{labelled(one)} ({one.unit})",
                required=False,
                max_length=30,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.order_fields([*(_name(key) for key in (REACHED,) if key in self.counts), "share"])

    def clean(self) -> dict[str, Any]:
        for key, one in self.counts.items():
            typed = self.cleaned_data.get(_name(key), "").strip()
            if typed:
                try:
                    self.cleaned_data[_name(key)] = self._figure(one, typed)
                except InvalidInput as error:
                    self.add_error(_name(key), error.message)
        return self.cleaned_data

    def asked(self) -> dict[str, Asked | None]:
        """What the domain takes; only after `is_valid`. An empty box takes a goal back."""
        found = {key: self.cleaned_data[_name(key)] for key in self.counts}
        share = bool(self.cleaned_data.get("share"))
        return {
            key: None if value == "" else Asked(value, of_members=share and key == REACHED)
            for key, value in found.items()
        }

    def take(self, refusal: InvalidInput) -> None:
        """Faults name counts by their keys."""
        for fault in refusal.faults:
            self.add_error(_name(fault.where) if fault.where in self.counts else None, fault.message)
        if not refusal.faults:
            self.add_error(None, refusal.message)

    def _figure(self, one: Count, typed: str) -> int:
        cell = parse_figure(Indicator(one.key, one.label, one.label_en, one.unit, one.decimals), typed)
        if cell.state is not CellState.VALUE:
            raise InvalidInput("Hãy ghi một số, hoặc để trống nếu không đặt mục tiêu.")
        return cell.value


def _name(key: str) -> str:
    return f"muc-{key}"


class MeasuresForm(EditForm):
    """For each kind of session, which measure holds the sessions and which the attendances."""

    def __init__(self, types: Sequence[CampaignType], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = types
        for one in types:
            offered = [(measure.code, labelled(measure)) for measure in measures_of(one.type.measures)]
            for part, label, none in (
                ("sessions", _("số buổi lấy từ"), _("mỗi lần ghi là một buổi")),
                ("reached", _("lượt người dự lấy từ"), _("không đếm người dự")),
            ):
                self.fields[f"{part}-{one.type.code}"] = forms.ChoiceField(
                    label=f"{labelled(one.type)}: {label}",
                    choices=[("", none), *offered],
                    required=False,
                    initial=getattr(one, part),
                )
                self.fields[f"{part}-{one.type.code}"].needed = True  # type: ignore[attr-defined]  # by its default

    def chosen(self) -> dict[str, Counted]:
        """What the domain takes; only after `is_valid`."""
        data = self.cleaned_data
        return {
            one.type.code: Counted(data[f"sessions-{one.type.code}"], data[f"reached-{one.type.code}"])
            for one in self.types
        }

    def take(self, refusal: InvalidInput) -> None:
        """Faults name kinds of activity; they concern both of its fields."""
        for fault in refusal.faults:
            self.add_error(f"sessions-{fault.where}", fault.message)
        if not refusal.faults:
            self.add_error(None, refusal.message)


class ExtendForm(PageForm):
    """More time, and why."""

    last_day = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, help_text=_("Mọi đơn vị tham gia đều đọc được lý do này.")
    )


class ReasonForm(PageForm):
    """Why the campaign is called off."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=500, help_text=_("Mọi đơn vị tham gia đều đọc được lý do này.")
    )
