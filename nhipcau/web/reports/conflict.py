"""Two people changed one report: what was typed, what stands now and what both began from, chosen cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.figures import parse_figure
from nhipcau.reports.filling.drafting import EDITABLE
from nhipcau.reports.models import Submission
from nhipcau.reports.queries import get_submission_for
from nhipcau.web.measures import measured
from nhipcau.web.reports.entry import BASIS, EXPLAIN, standing
from nhipcau.web.reports.paragraphs import BLOCK
from nhipcau.web.request import PageRequest
from nhipcau.web.words import labelled, named, titled

ANSWER, BEFORE, MINE, CHOICE = "giu", "truoc", "toi:", "chon:"
OURS, THEIRS = "toi", "kia"


@dataclass(frozen=True)
class Field:
    """One thing that can be typed into the report."""

    name: str
    label: str
    item: Indicator | None = None


@dataclass(frozen=True)
class Line:
    """One thing on which the two differ. `chosen` is settled beforehand where only one of them changed it."""

    field: Field
    before: str
    mine: str
    theirs: str
    chosen: str


@dataclass(frozen=True)
class Chosen:
    """The answer to the page: what is to be saved, and where no choice was made."""

    typed: Mapping[str, str]
    undecided: frozenset[str]


def types_into(typed: Mapping[str, str], definition: Definition) -> bool:
    """Whether a form with figures or words in it was sent, not only a step."""
    return any(field.name in typed for field in fields(definition))


def same(report: Submission, typed: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether what was typed stands there already: the same form sent twice, or the same by two people."""
    return not _lines(report, typed, before)


def before_in(posted: Mapping[str, str], name: str = BASIS) -> dict[str, str]:
    """What the form was drawn with, as it says itself; it is only shown, never saved."""
    try:
        found = json.loads(posted.get(name, ""))
    except ValueError:
        return {}
    return {str(key): str(text) for key, text in found.items()} if isinstance(found, dict) else {}


def chosen(posted: Mapping[str, str], definition: Definition) -> Chosen:
    """What the page's form says: all of one side, or each line by its own choice."""
    typed, undecided = {}, set()
    for field in fields(definition):
        if MINE + field.name not in posted:
            continue
        side = posted[ANSWER] if posted[ANSWER] in (OURS, THEIRS) else posted.get(CHOICE + field.name)
        if side == OURS:
            typed[field.name] = posted[MINE + field.name]
        elif side != THEIRS:
            undecided.add(field.name)
    return Chosen(typed, frozenset(undecided))


def answer(request: PageRequest, report: Submission, typed: Mapping[str, str]) -> HttpResponse:
    """After a refused save: back to the report where both say the same, else the page to choose on."""
    fresh = get_submission_for(request.scope, report.uid)
    before = before_in(request.POST)
    if same(fresh, typed, before):
        messages.success(request, _("Những gì bạn gõ đã có trong báo cáo."))
        return redirect("reports:report", uid=report.uid)
    return _page(request, fresh, _lines(fresh, typed, before), before, status=409)


def undecided(request: PageRequest, report: Submission, answered: Chosen) -> HttpResponse:
    """The page again, naming the lines without a choice."""
    before = before_in(request.POST, BEFORE)
    names = [name.removeprefix(MINE) for name in request.POST if name.startswith(MINE)]
    lines = [
        Line(line.field, line.before, line.mine, line.theirs, request.POST.get(CHOICE + line.field.name, ""))
        for line in _lines(report, {name: request.POST[MINE + name] for name in names}, before)
    ]
    return _page(request, report, lines, before, left=answered.undecided, status=422)


def fields(definition: Definition) -> Iterator[Field]:
    """All of them, in order."""
    for item in definition.entered():
        yield Field(item.code, f"{labelled(item)} ({measured(item.unit)})", item)
    for item in definition.entered():
        yield Field(EXPLAIN + item.code, _("Giải thích cho «%(label)s»") % {"label": labelled(item)})
    for block in definition.narrative:
        yield Field(BLOCK + block.code, titled(block))


def _lines(report: Submission, typed: Mapping[str, str], before: Mapping[str, str]) -> list[Line]:
    """Where the two differ; what neither of them can be said to have changed is to be chosen as well."""
    definition = load(report.version.definition)
    now, lines = standing(report, definition), []
    for field in fields(definition):
        began, theirs = before.get(field.name, ""), now.get(field.name, "")
        mine = typed.get(field.name, began)
        if equal(field, mine, theirs):
            continue
        kept = OURS if equal(field, began, theirs) and before else ""
        lines.append(Line(field, began, mine, theirs, THEIRS if equal(field, began, mine) and before else kept))
    return lines


def equal(field: Field, one: str, other: str) -> bool:
    """ "72 triệu" and "72.000.000" are one figure."""
    if " ".join(one.split()) == " ".join(other.split()):
        return True
    if field.item is None:
        return False
    try:
        return parse_figure(field.item, one) == parse_figure(field.item, other)
    except InvalidInput:
        return False


def _page(
    request: PageRequest,
    report: Submission,
    lines: list[Line],
    before: Mapping[str, str],
    *,
    left: frozenset[str] = frozenset(),
    status: int,
) -> HttpResponse:
    definition = load(report.version.definition)
    context = {
        "report": report,
        "name": named(definition),
        "lines": lines,
        "left": left,
        "open": report.state in EDITABLE,
        "before": json.dumps(before, ensure_ascii=False),
        "basis": json.dumps(standing(report, definition), ensure_ascii=False),
        "both": sum(not line.chosen for line in lines),
    }
    return render(request, "web/reports/conflict.html", context, status=status)
