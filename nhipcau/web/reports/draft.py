"""One report: entered while it is the unit's own draft, read by everybody else who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.numbers import CellState, format_value
from nhipcau.org.queries import is_root, name_of
from nhipcau.reports.design.checks import anchor
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.filling.drafting import EDITABLE, DraftChanges, refill, save_draft
from nhipcau.reports.filling.workflow import mark_ready, submit, take_back, what_holds_back
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.reports.queries import get_submission_for, shown_cells, sources_by_cell
from nhipcau.web.declare import FORM, page
from nhipcau.web.grid import GridRow, RowKind
from nhipcau.web.offline.keeping import kept
from nhipcau.web.reports import conflict, entry, pieces
from nhipcau.web.reports.beside import beside
from nhipcau.web.reports.origins import origins
from nhipcau.web.reports.paragraphs import BLOCK
from nhipcau.web.reports.timeline import timeline
from nhipcau.web.request import PageRequest, edits_of
from nhipcau.web.words import in_words, labelled, named, titled

EMPTY = ("", "…", "...")
EVEN_BLANK = "-de-trong"  # ends the step that sends in spite of blank cells
ASKED = "dang-hoi"  # brought by the form while it asks about blank cells: that step


@page(methods=FORM)
def report(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """GET shows it; POST saves what was typed and, by `viec`, goes on: 0 for blanks, refill, ready, send."""
    found = get_submission_for(request.scope, uid)
    if request.method == "POST":
        return _autosave(request, found) if request.htmx else _act(request, found)
    view = entry.build(found, request.scope)
    shown = _show(request, found, view)
    return kept(request, shown) if view.editable else shown


@page()
def sources(request: PageRequest, uid: uuid.UUID, cell: str) -> HttpResponse:
    """The recorded activities and letters one cell was filled from."""
    found = get_submission_for(request.scope, uid)
    definition = load(found.version.definition)
    item = definition.indicator(cell)
    if item is None or not item.is_entered:
        raise NotFound("Báo cáo này không có ô ấy.")
    rows = sources_by_cell(found).get(cell, [])
    context = {
        "report": found,
        "title": labelled(item),
        "item": item,
        "origins": origins(rows, item),
        "letters": any(row.document_id for row in rows),
        "history": any(row.file_id for row in rows),
        "value": pieces.figure(shown_cells(found, request.scope.unit)[cell], item),
        "recorded": format_value(sum(row.value for row in rows), item.decimals),
    }
    return render(request, "web/reports/sources.html", context)


def _autosave(request: PageRequest, found: Submission) -> HttpResponse:
    """The state bar, and beside it whatever the new figures changed: findings, formulas, progress."""
    definition = load(found.version.definition)
    typed = _typed(request)
    try:
        saved = _save(request, found, definition, typed)
    except Conflict:
        saved = get_submission_for(request.scope, found.uid)
        if not conflict.same(saved, typed, conflict.before_in(typed)):
            raise
    except InvalidInput as refusal:
        view = entry.build(found, request.scope, typed=typed, faults=refusal.faults)
        at_cells = {item.code for item in definition.entered()}
        said = "; ".join(fault.message for fault in refusal.faults if fault.where not in at_cells)
        said = said or (_("Hãy sửa ô đang báo đỏ.") if refusal.faults else refusal.message)
        state = _("Chưa lưu. %(why)s") % {"why": said}
        view, edits = _as_opened(view, request), edits_of(request)
        rows = _rows_to_draw(request, view)
        context = {"entry": view, "rows": rows, "state": state, "tone": "bad", "edits": edits, "echoes": {}}
        return render(request, "web/reports/saved.html", context)
    moment = pieces.clock(request.moment)
    view = entry.build(saved, request.scope)
    context = {
        "entry": view,
        "rows": _rows_to_draw(request, view),
        "state": _("Đã lưu lúc %(moment)s.") % {"moment": moment},
        "tone": "good",
        "edits": saved.edits,
        "echoes": {
            item.code for item in definition.entered() if request.POST.get(item.code, "").strip()[-1:].isalpha()
        },
        **_still_blank(request, saved, view),
    }
    return render(request, "web/reports/saved.html", context)


def _still_blank(request: PageRequest, saved: Submission, view: entry.Entry) -> dict[str, object]:
    """Who was asked about blank cells and fills them in sees those that are left, until none is."""
    leaving = request.POST.get(ASKED, "").removesuffix(EVEN_BLANK)
    return _question(view, _blank(request, saved), leaving) if leaving in _UPWARDS else {}


def _question(view: entry.Entry, blank: Sequence[Indicator], leaving: str) -> dict[str, object]:
    """Context of web/reports/blank_cells.html. `leaving`: the step that waits for the answer."""
    return {"blank": [(labelled(item), view.places[item.code]) for item in blank], "anyway": leaving + EVEN_BLANK}


def _rows_to_draw(request: PageRequest, view: entry.Entry) -> list[tuple[int, GridRow]]:
    """(place, row) of the rows whose notes or figures may look different now: of a large form that is a handful.

    The page names the rows in which something is said (`noi`); one that does not gets every row.
    """
    rows = [(place, row) for place, row in enumerate(view.grid.rows, start=1) if row.key]
    if "noi" not in request.POST:
        return rows
    speaking = set(request.POST["noi"].split())
    before = conflict.before_in(request.POST)
    changed = {code for code, text in request.POST.items() if text != before.get(code, "")}
    return [
        (place, row)
        for place, row in rows
        if str(place) in speaking or row.key in changed or row.messages or row.kind == RowKind.COMPUTED
    ]


def _act(request: PageRequest, found: Submission) -> HttpResponse:
    """Save, then take the step that was asked for; what is refused is shown where it was typed."""
    step, typed = request.POST.get("viec", "luu"), _typed(request)
    definition = load(found.version.definition)
    if conflict.ANSWER in typed:
        chosen = conflict.chosen(typed, definition)
        if chosen.undecided:
            return conflict.undecided(request, found, chosen)
        step, typed = "gop", dict(chosen.typed)
    try:
        if found.state in EDITABLE or conflict.types_into(typed, definition):
            found = _save(request, found, definition, typed, blanks_as_zero=step == "so-khong")
    except Conflict:
        stands = get_submission_for(request.scope, found.uid)
        if not _left_half_done(stands, step, typed):
            return conflict.answer(request, found, typed)
        found = stands
    except InvalidInput as refusal:
        return _refused(request, found, definition, refusal, typed)
    if step in _UPWARDS and (blank := _asked_about(request, found, step)):
        return _show(request, found, entry.build(found, request.scope), blank=blank, leaving=step, status=422)
    try:
        _STEPS.get(step.removesuffix(EVEN_BLANK), _saved)(request, found)
    except (Conflict, InvalidInput) as stop:
        return _not_taken(request, found, definition, stop)
    return redirect("reports:report", uid=found.uid)


def _left_half_done(stands: Submission, step: str, typed: Mapping[str, str]) -> bool:
    """Whether the same form came before, was saved, and its step upwards was not taken: the server was cut off in
    between. Who sends it again wants the step, not only to hear that the figures are there."""
    open_ = stands.state in EDITABLE or stands.state == SubmissionState.READY
    return (
        open_
        and step.removesuffix(EVEN_BLANK) in _UPWARDS
        and conflict.same(stands, typed, conflict.before_in(typed))
    )


def _not_taken(
    request: PageRequest, found: Submission, definition: Definition, stop: Conflict | InvalidInput
) -> HttpResponse:
    """What was typed is saved, the step is not. Whoever were led on as usual would believe that the report went."""
    if isinstance(stop, InvalidInput):
        return _refused(request, found, definition, stop, None)
    fresh = get_submission_for(request.scope, found.uid)
    view = entry.build(fresh, request.scope)
    return _show(request, fresh, view, refused=stop.message, answered="saved", status=409)


def refused_beside(request: PageRequest, found: Submission, refusal: Conflict | InvalidInput) -> HttpResponse:
    """The report's page, where a form beside its figures was refused; of the figures nothing was sent."""
    view = entry.build(found, request.scope)
    if isinstance(refusal, Conflict):
        return _show(request, found, view, refused=refusal.message, status=409)
    return _show(request, found, view, refused=refusal.message, others=list(refusal.faults), status=422)


def _refused(
    request: PageRequest,
    found: Submission,
    definition: Definition,
    refusal: InvalidInput,
    typed: Mapping[str, str] | None,
) -> HttpResponse:
    """The form again. `typed` is what was not saved; None if only the step was refused, and the rules speak."""
    at_cells = {item.code for item in definition.indicators()} | {block.code for block in definition.narrative}
    refusal.faults = tuple(Fault(_field(fault.where), fault.message) for fault in refusal.faults)
    here = [fault for fault in refusal.faults if fault.where in at_cells]
    fresh = get_submission_for(request.scope, found.uid)
    view = entry.build(fresh, request.scope, typed=typed or {}, faults=here if typed is not None else ())
    view = view if typed is None else _as_opened(view, request)
    answered = "saved" if typed is None else "typed"
    others = _elsewhere(refusal, at_cells)
    return _show(request, fresh, view, refused=refusal.message, others=others, answered=answered, status=422)


def _as_opened(view: entry.Entry, request: PageRequest) -> entry.Entry:
    """Nothing was saved: the form still stands on what it was opened with, whoever saved meanwhile."""
    grid = replace(view.grid, edits=edits_of(request))
    return replace(view, grid=grid, basis=request.POST.get(entry.BASIS, ""))


def _field(where: str) -> str:
    """The boundary says "narrative.danh_gia"; the form knows the block as "danh_gia"."""
    return where.removeprefix("narrative.").removeprefix("explanations.")


def _elsewhere(refusal: InvalidInput, at_cells: set[str]) -> list[Fault]:
    """Faults that stand at no cell of the form (the boundary names fields of its own)."""
    known = [set(fault.where.split(", ")) <= at_cells for fault in refusal.faults]
    return [fault for fault, here in zip(refusal.faults, known, strict=True) if not here]


def _save(
    request: PageRequest,
    found: Submission,
    definition: Definition,
    typed: Mapping[str, str],
    *,
    blanks_as_zero: bool = False,
) -> Submission:
    figures = {item.code: typed[item.code] for item in definition.entered() if item.code in typed}
    if blanks_as_zero:
        figures = {code: "0" if text.strip() in EMPTY else text for code, text in figures.items()}
    blocks = {block.code: BLOCK + block.code for block in definition.narrative}
    changes = DraftChanges(
        edits=edits_of(request),
        figures=figures,
        narrative={code: typed[name] for code, name in blocks.items() if name in typed},
        explanations=explanations_typed(typed, definition),
    )
    return save_draft(submission=found, changes=changes, actor=request.scope.post, at=request.moment)


def explanations_typed(posted: Mapping[str, str], definition: Definition) -> dict[str, str]:
    """What was said at a cell answers every warning that speaks there."""
    warnings = {rule.code: anchor(rule, definition) for rule in definition.rules if rule.severity == "warning"}
    return {rule: posted[entry.EXPLAIN + cell] for rule, cell in warnings.items() if entry.EXPLAIN + cell in posted}


def _typed(request: PageRequest) -> dict[str, str]:
    return {name: text for name, text in request.POST.items() if isinstance(text, str)}


def _saved(request: PageRequest, found: Submission) -> None:
    messages.success(request, _("Đã lưu báo cáo."))


def _merged(request: PageRequest, found: Submission) -> None:
    messages.success(request, _("Đã gộp hai bản và lưu. Hãy xem lại trước khi gửi."))


def _zeroed(request: PageRequest, found: Submission) -> None:
    messages.success(request, _("Đã ghi 0 cho những ô còn trống. Hãy xem lại trước khi gửi."))


def _refilled(request: PageRequest, found: Submission) -> None:
    refill(submission=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã lấy lại số liệu từ sổ hoạt động và sổ văn bản."))


def _readied(request: PageRequest, found: Submission) -> None:
    mark_ready(submission=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã trình duyệt. Báo cáo chờ người duyệt của đơn vị."))


def _sent(request: PageRequest, found: Submission) -> None:
    sent = submit(submission=found, actor=request.scope.post, at=request.moment)
    accepted = sent.state == SubmissionState.ACCEPTED
    told = _("Đã chốt báo cáo của đơn vị.") if accepted else _("Đã gửi báo cáo lên cấp trên.")
    messages.success(request, told)
    if blank := _blank(request, sent):
        left = _(
            "Báo cáo còn %(n)d ô trống: chưa có số liệu, khác với 0. Nếu sót, hãy báo cấp trên trả lại để điền."
        )
        messages.warning(request, left % {"n": len(blank)})


def _blank(request: PageRequest, found: Submission) -> list[Indicator]:
    cells = shown_cells(found, request.scope.unit)
    entered = load(found.version.definition).entered()
    return [item for item in entered if cells[item.code].state == CellState.MISSING]


def _asked_about(request: PageRequest, found: Submission, step: str) -> list[Indicator]:
    """The cells still blank, to ask once before the report leaves this hand; nothing while a rule holds it back
    anyway, or where the step is not this post's to take."""
    if step not in dict(entry.steps(found, request.scope)) or what_holds_back(found, request.moment):
        return []
    return _blank(request, found)


def _taken_back(request: PageRequest, found: Submission) -> None:
    take_back(submission=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã lấy lại báo cáo để sửa."))


def _readied_and_sent(request: PageRequest, found: Submission) -> None:
    ready = mark_ready(submission=found, actor=request.scope.post, at=request.moment)
    _sent(request, ready)


_UPWARDS = ("trinh", "gui", "trinh-gui")
_STEPS: dict[str, Callable[[PageRequest, Submission], None]] = {
    "gop": _merged,
    "so-khong": _zeroed,
    "lay-lai": _refilled,
    "trinh": _readied,
    "gui": _sent,
    "lay-ve": _taken_back,
    "trinh-gui": _readied_and_sent,
}


def _show(
    request: PageRequest,
    found: Submission,
    view: entry.Entry,
    *,
    refused: str = "",
    others: list[Fault] | None = None,
    answered: str = "",  # for a device that keeps what is typed: whether the server has it now
    blank: Sequence[Indicator] = (),
    leaving: str = "",  # the step that waits for an answer about the blank cells
    status: int = 200,
) -> HttpResponse:
    last_day = view.period.last_day(view.definition.calendar)
    context = {
        "entry": view,
        "report": found,
        "unit_name": name_of(found.unit, request.scope.day).name,
        "own": found.unit_id == request.scope.unit.pk,
        "name": named(view.definition),
        "period": in_words(view.period),
        "tone": pieces.tone(found),
        "today": request.scope.day,
        "last_day": last_day,
        "running": request.scope.day <= last_day,
        "due": pieces.due(view.definition, view.period, request.scope.day),
        "steps": timeline(found, top=is_root(found.unit, request.scope.day, found.version.template.axis)),
        "sections": [titled(section) for section in view.definition.sections],
        "form_url": reverse("reports:form_file", args=[view.definition.code, view.period.key, found.unit.uid]),
        "refused": refused,
        "others": others or [],
        "answered": "saved" if blank else answered,
        **_question(view, blank, leaving),
        **beside(request, found),
    }
    return render(request, "web/reports/report.html", context, status=status)
