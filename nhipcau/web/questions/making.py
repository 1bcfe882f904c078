"""Ten lines of questions: proposed from the letter, or from a ready sample, then worded by a person."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.rights import LEADERS
from nhipcau.tasks import actions
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.queries import get_obligation_for
from nhipcau.tasks.questions.kinds import KINDS
from nhipcau.tasks.questions.making import mark_of, questions_held
from nhipcau.tasks.questions.proposing import propose
from nhipcau.tasks.questions.sound import MOST, QuestionInput, cleaned
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import BASIS, Differing
from nhipcau.web.words import spoken

SAMPLES = {
    "co": (gettext_lazy("Chỉ cần trả lời đã làm"), QuestionInput("yes_no", "Đã thực hiện chưa")),
    "chuc-danh": (gettext_lazy("Cử chức danh phụ trách"), QuestionInput("posts", "Chức danh phụ trách")),
    "tep": (gettext_lazy("Gửi một tệp"), QuestionInput("file", "Giấy tờ kết quả")),
}
_FRESH = 2  # empty lines shown below those that are filled


@dataclass
class Line:
    """One line of the form."""

    number: int
    given: QuestionInput
    errors: list[str] = field(default_factory=list)

    @property
    def options(self) -> str:
        return "; ".join(self.given.options)

    @property
    def empty(self) -> bool:
        return not self.given.label.strip()


@page(*LEADERS, methods=FORM)
def make(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The questions of one duty of the own letter."""
    duty = get_obligation_for(request.scope, uid)
    held = questions_held(duty)
    sample = request.GET.get("mau", "")
    if request.method == "POST":
        lines, seen = _posted(request.POST), request.POST.get(BASIS)
        on_top, saved = _saved(request, duty, lines, seen)
        if saved:
            messages.success(request, _("Đã lưu biểu hỏi. Đơn vị được giao yêu cầu này sẽ trả lời các câu đó."))
            return redirect(reverse("documents:document", args=[duty.document.uid]) + "#yeu-cau")
        held = questions_held(duty)
    else:
        on_top, seen = [], None
        lines = _lines(held or ([SAMPLES[sample][1]] if sample in SAMPLES else propose(duty)))
    wrong = bool(on_top or any(line.errors for line in lines))
    context = _context(duty, lines) | {
        "on_top": on_top,
        "held": bool(held),
        **_both(held, lines, seen),
        "proposed": bool(not held and not sample and any(not line.empty for line in lines)),
    }
    return render(request, "web/questions/make.html", context, status=422 if wrong else 200)


def _both(held: list[QuestionInput], lines: list[Line], seen: str | None) -> dict[str, object]:
    """What the form is drawn with; where somebody changed the questions since it was opened, both versions too."""
    mark = mark_of(held)
    mine = [cleaned(line.given) for line in lines if not line.empty]
    pairs = enumerate(zip_longest(mine, held), start=1) if seen not in (None, mark) else ()
    differing = [
        Differing(_("Câu %(n)d") % {"n": number}, _told(one), _told(other))
        for number, (one, other) in pairs
        if one != other
    ]
    return {"mark": mark, "form": {"differing": differing}}


def _told(one: QuestionInput | None) -> str:
    """A question as a person reads it."""
    if one is None:
        return ""
    kind = spoken(KINDS[one.kind].label) if one.kind in KINDS else ""
    needed = "" if one.required else _("(không bắt buộc)")
    return " · ".join(part for part in (one.label, kind, one.measure, "; ".join(one.options), needed) if part)


def _context(duty: Obligation, lines: list[Line]) -> dict[str, object]:
    shown = min(MOST, sum(1 for line in lines if not line.empty) + _FRESH)
    letter = reverse("documents:document", args=[duty.document.uid])
    return {
        "duty": duty,
        "document": duty.document,
        "lines": lines[:shown],
        "more": lines[shown:],
        "more_open": any(not line.empty for line in lines[shown:]),
        "kinds": [(code, spoken(kind.label)) for code, kind in KINDS.items()],
        "samples": [(key, label) for key, (label, _question) in SAMPLES.items()],
        "crumbs": [
            (_("Sổ văn bản đến"), reverse("documents:register")),
            (duty.document.number or _("Văn bản chưa có số"), letter),
            (_("Biểu hỏi"), ""),
        ],
    }


@page(*LEADERS, methods=POST)
def drop(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask no questions after all."""
    duty = get_obligation_for(request.scope, uid)
    actions.drop_questions(obligation=duty, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã bỏ biểu hỏi; đơn vị chỉ cần báo hoàn thành."))
    return redirect("documents:document", uid=duty.document.uid)


def _saved(request: PageRequest, duty: Obligation, lines: list[Line], seen: str | None) -> tuple[list[str], bool]:
    """What is wrong with the whole, and whether it was saved; what is wrong with a line stands at the line."""
    filled = [line for line in lines if not line.empty]
    try:
        actions.save_questions(
            obligation=duty,
            questions=[line.given for line in filled],
            actor=request.scope.post,
            at=request.moment,
            seen=seen,
        )
    except InvalidInput as refusal:
        on_top = _placed(refusal, {f"cau-{place}": line for place, line in enumerate(filled, start=1)})
        return on_top or [spoken(refusal.message)], False
    except Conflict as conflict:
        return [spoken(conflict.message)], False
    return [], True


def _placed(refusal: InvalidInput, lines: Mapping[str, Line]) -> list[str]:
    """Each fault at its line; the others."""
    on_top = []
    for fault in refusal.faults:
        told = spoken(fault.message)
        if fault.where in lines:
            lines[fault.where].errors.append(told)
        else:
            on_top.append(told)
    return on_top


def _lines(questions: list[QuestionInput]) -> list[Line]:
    filled = [*questions[:MOST], *([QuestionInput("number", "")] * (MOST - len(questions)))]
    return [Line(number, one) for number, one in enumerate(filled, start=1)]


def _posted(data: QueryDict) -> list[Line]:
    return [
        Line(
            number,
            QuestionInput(
                kind=data.get(f"kind-{number}", ""),
                label=data.get(f"label-{number}", ""),
                measure=data.get(f"measure-{number}", ""),
                options=tuple(one.strip() for one in data.get(f"options-{number}", "").split(";") if one.strip()),
                required=f"required-{number}" in data,
            ),
        )
        for number in range(1, MOST + 1)
    ]
