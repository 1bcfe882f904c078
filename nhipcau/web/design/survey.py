"""An XLSForm looked at: what of it was understood and what was not, row by row; then a draft of one's own.

The page carries what was understood, signed: the file itself is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.exchange.xlsform import read_xlsform
from nhipcau.exchange.xlsform.reading import MOST_BYTES
from nhipcau.org.models import Role, UnitKind
from nhipcau.reports.design.drafts import begin_draft, designed_templates
from nhipcau.reports.design.wordings import PERIODS
from nhipcau.web.carrying import FIELD, carried, carry
from nhipcau.web.declare import FORM, page
from nhipcau.web.design.forms import choices, offer
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.uploads import UploadField
from nhipcau.web.words import labelled

_PAGE = "design.survey"
Raw = Mapping[str, Any]


class SurveyForm(PageForm):
    """A file, and what XLSForm does not say of a report."""

    survey = UploadField(
        accept=".xlsx",
        most=MOST_BYTES,
        label=gettext_lazy("Tệp XLSForm"),
        help_text=gettext_lazy("Tệp .xlsx có trang survey, không quá 5 MB; lấy câu hỏi bằng số và câu chọn một."),
    )
    period = forms.ChoiceField(label=gettext_lazy("Lập theo kỳ"), choices=choices(PERIODS), initial="quarter")
    reporters = forms.MultipleChoiceField(
        label=gettext_lazy("Loại đơn vị phải báo cáo"), widget=forms.CheckboxSelectMultiple, initial=["local"]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reporters", [(kind.code, labelled(kind)) for kind in UnitKind.objects.filter(internal=False)])


@page(Role.DESIGNER, methods=FORM)
def survey(request: PageRequest) -> HttpResponse:
    """Choose a file; see what it makes; take that as a draft."""
    if request.method == "POST" and FIELD in request.POST:
        return _taken(request)
    form = SurveyForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, {"form": form}, 422 if request.method == "POST" else 200)
    data = form.cleaned_data
    file = data["survey"]
    try:
        found = read_xlsform(
            file.read(), name=PurePath(file.name or "").stem, day=request.scope.day, period=data["period"],
            reporters=data["reporters"],
        )  # fmt: skip
    except InvalidInput as refusal:
        return _shown(request, {"form": form, "refusal": refusal}, 422)
    return _looked_at(request, found.content, found.left)


def _looked_at(request: PageRequest, content: Raw, left: Sequence[Fault]) -> HttpResponse:
    parts = {one["code"]: [item["label"] for item in one["items"]] for one in content["breakdowns"]}
    sections = [
        (section["title"], [(item, [parts[code] for code in item.get("breakdowns", ())]) for item in items])
        for section in content["sections"]
        if (items := section["indicators"])
    ]
    context = {
        "content": content,
        "period": dict(choices(PERIODS))[content["period"]],
        "sections": sections,
        "known": designed_templates(request.scope).filter(code=content["code"]).first(),
        "left": left,
        "carried": carry(request, _PAGE, content),
    }
    return _shown(request, context)


def _taken(request: PageRequest) -> HttpResponse:
    try:
        content = carried(request, _PAGE)
        template = designed_templates(request.scope).filter(code=content["code"]).first()
        draft = begin_draft(actor=request.scope.post, at=request.moment, template=template, content=content)
    except InvalidInput as refusal:
        return _shown(request, {"form": SurveyForm(), "refusal": refusal}, 422)
    messages.success(request, _("Đã lấy XLSForm làm bản thảo. Hãy xem từng phần rồi ban hành."))
    return redirect("design:draft", uid=draft.uid)


def _shown(request: PageRequest, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    return render(request, "web/design/survey.html", {**context, "field": FIELD}, status=status)
