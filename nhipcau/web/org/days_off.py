"""Ngày làm việc: days off of a year for everybody to see; the highest level enters what was swapped."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import InvalidInput
from nhipcau.org.days_off import days_of, drop_day, entry_of, set_day, sets_days
from nhipcau.org.models import DayOverride
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.fields import DayField
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import EditForm

OFF, WORKED = "nghi", "lam"
FIRST, LAST = 2000, 2100  # years somebody may look at


class DayForm(EditForm):
    """One day that departs from the calendar, and the paper that says so. What somebody entered for that very day
    is written over by choice alone."""

    anew = frozenset({"day"})
    always = True
    day = DayField(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Ngày này"),
        choices=[(OFF, gettext_lazy("được nghỉ")), (WORKED, gettext_lazy("đi làm bù"))],
    )
    note = forms.CharField(
        label=gettext_lazy("Theo văn bản nào"),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi văn bản hoặc lý do.")},
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        if data is not None and (entered := self._entered()):
            self.initial = {"day": entered.day, "kind": WORKED if entered.working else OFF, "note": entered.note}

    def _entered(self) -> DayOverride | None:
        try:
            return entry_of(self.fields["day"].clean(self["day"].data))
        except forms.ValidationError:  # the field says so itself
            return None

    def basis(self) -> str:
        """What stands for the day that was typed; a page drawn for no day yet says nothing."""
        return super().basis() if self.initial else ""


@page(methods=FORM)
def index(request: PageRequest) -> HttpResponse:
    """Every day off of the year that is no weekend, and every weekend day worked."""
    scope = request.scope
    may = sets_days(scope)
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        working = typed["kind"] == WORKED
        act = partial(set_day, scope=scope, day=typed["day"], note=typed["note"], at=request.moment)
        if form.done(lambda: act(working=working)):
            messages.success(request, _("Đã sửa lịch làm việc."))
            return redirect(f"{reverse('org:days_off')}?nam={typed['day'].year}")
    year = _year(request)
    context = {"days": days_of(year), "year": str(year), "may": may, "form": form}
    context["years"] = [str(year - 1), str(year + 1)]
    return render(request, "web/org/days_off.html", context, status=422 if form.errors else 200)


@page(methods=POST)
def drop(request: PageRequest) -> HttpResponse:
    """Take an entry back."""
    try:
        day = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise InvalidInput(_("Không có ngày này.")) from error
    drop_day(scope=request.scope, day=day, at=request.moment)
    messages.success(request, _("Đã bỏ; ngày này lại theo lịch chung."))
    return redirect(f"{reverse('org:days_off')}?nam={day.year}")


def _year(request: PageRequest) -> int:
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() else request.scope.day.year
    return min(max(year, FIRST), LAST)
