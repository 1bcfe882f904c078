"""A duty whose answer is a report: which form, for which period."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.periods import Period, parse_period, period_of
from nhipcau.documents.rights import LEADERS
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.asked import ask_report, drop_asked_report
from nhipcau.reports.models import ReportTemplate
from nhipcau.reports.queries import visible_templates
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.queries import get_obligation_for
from nhipcau.web.declare import FORM, page
from nhipcau.web.places import duties_of
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import EditForm
from nhipcau.web.words import in_words

_Choice = tuple[str, list[tuple[str, str]]]


class ReportForm(EditForm):
    """One list: a form of the installation with the periods near today."""

    report = forms.ChoiceField(label=gettext_lazy("Đơn vị trả lời bằng báo cáo nào"), required=False)

    def __init__(self, data: object, scope: Scope, duty: Obligation) -> None:
        standing = f"{duty.report_code}|{duty.report_period}" if duty.report_code else ""
        super().__init__(data, initial={"report": standing})
        field = cast("forms.ChoiceField", self.fields["report"])
        field.choices = [("", _("Không hỏi báo cáo")), *_offered(scope, duty)]

    def chosen(self) -> tuple[ReportTemplate, Period] | None:
        """The template and period; None for no report."""
        code, _bar, period = self.cleaned_data["report"].partition("|")
        if not code:
            return None
        return ReportTemplate.objects.get(code=code), parse_period(period)


def _offered(scope: Scope, duty: Obligation) -> Iterator[_Choice]:
    for template in visible_templates(scope):
        newest = template.versions.order_by("-number").first()
        if newest is None:
            continue
        definition = load(newest.definition)
        now = period_of(scope.day, definition.period_kind, definition.calendar)
        near = [now.previous(), now, now.next()]
        if template.code == duty.report_code and parse_period(duty.report_period) not in near:
            near.insert(0, parse_period(duty.report_period))
        yield (
            definition.name,
            [(f"{template.code}|{one.key}", f"{definition.name}, {in_words(one)}") for one in near],
        )


@page(*LEADERS, methods=FORM)
def report(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask for a report, for another one, or for none any more."""
    duty = get_obligation_for(request.scope, uid)
    form = ReportForm(request.POST if request.method == "POST" else None, request.scope, duty)
    if form.is_bound and form.is_valid():
        chosen = form.chosen()
        post, moment = request.scope.post, request.moment
        try:
            if chosen is None:
                drop_asked_report(obligation=duty, actor=post, at=moment)
            else:
                ask_report(obligation=duty, template=chosen[0], period=chosen[1], actor=post, at=moment)
        except (InvalidInput, Conflict, NotFound) as refusal:
            form.add_error("report", refusal.message)
        else:
            messages.success(request, _("Đã lưu. Việc xong khi đơn vị gửi báo cáo.") if chosen else _("Đã lưu."))
            return redirect(duties_of(duty.document))
    context = {
        "form": form,
        "title": _("Trả lời bằng báo cáo"),
        "lead": duty.text,
        "text": _("Đơn vị mở báo cáo ngay từ việc được giao. Gửi là xong việc; bị trả lại thì việc mở lại."),
        "confirm": _("Lưu"),
        "back": duties_of(duty.document),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)
