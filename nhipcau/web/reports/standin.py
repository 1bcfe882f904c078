"""Nhập thay: the level above enters a unit's report from paper or telephone, on the unit's own form."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.numbers import HIDDEN_TEXT, CellState
from nhipcau.core.official import roman
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Role
from nhipcau.org.queries import name_of
from nhipcau.reports.design.checks import anchor
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.figures import Cells
from nhipcau.reports.filling.drafting import DraftChanges, parse_changes
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for, entered_already, require_superior
from nhipcau.reports.models import EntrySource, Submission
from nhipcau.reports.queries import shown_cells
from nhipcau.reports.totals.around import findings_in
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.grid import Grid, GridRow, RowKind, RowMessage, Severity
from nhipcau.web.reports import conflict, entry, pieces
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.draft import explanations_typed
from nhipcau.web.reports.paragraphs import BLOCK, Paragraph
from nhipcau.web.reports.words import to_enter
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import BASIS, Differing
from nhipcau.web.uploads import FilesField
from nhipcau.web.words import in_words, named, titled


class SourceForm(PageForm):
    """Where the figures come from."""

    source = forms.ChoiceField(
        label=gettext_lazy("Nhập từ"),
        choices=[
            (EntrySource.PAPER.value, gettext_lazy("bản giấy")),
            (EntrySource.TELEPHONE.value, gettext_lazy("điện thoại")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Nhận từ đâu, lúc nào"),
        help_text=gettext_lazy("Ví dụ: bản giấy gửi qua bưu điện ngày 05/4; điện thoại sáng 06/4."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    papers = FilesField(
        required=False,
        needed=True,
        label=gettext_lazy("Bản quét"),
        help_text=gettext_lazy("Bắt buộc khi nhập từ bản giấy. Chưa nhận ảnh chụp; hãy quét thành .pdf."),
    )


@page(Role.REPORTER, Role.APPROVER, methods=FORM)
def enter(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The unit's form with source, note and scan; entering it also accepts it."""
    found = find(request.scope, code, period, unit)
    require_superior(found.unit, found.version, found.period, request.scope.post, request.moment)
    if request.method != "POST":
        return _form(request, found, SourceForm(initial={"source": EntrySource.PAPER.value}))
    form = SourceForm(request.POST, request.FILES)
    form.is_valid()
    try:
        made = enter_for(
            unit=found.unit,
            version=found.version,
            period=found.period,
            entered=_entered(request, found.definition, form),
            actor=request.scope.post,
            at=request.moment,
            seen=_seen(request),
        )
    except Conflict as refusal:
        return _form(request, found, form, refusal, status=409)
    except InvalidInput as refusal:
        return _form(request, found, form, refusal, status=422)
    told = _("Đã nhập thay và tiếp nhận báo cáo của %(unit)s; đơn vị sẽ được mời xác nhận.")
    messages.success(request, told % {"unit": name_of(found.unit, request.scope.day).name})
    return redirect("reports:report", uid=made.uid)


def _seen(request: PageRequest) -> int | None:
    """The revision that stood when the page was drawn; 0 for none."""
    text = request.POST.get(BASIS, "")
    return int(text) if text.isdecimal() else None


def _both(request: PageRequest, found: Branch) -> dict[str, object]:
    """What the form is drawn with; where a colleague entered the report since, both versions too."""
    standing = entered_already(found.unit, found.version, found.period, request.scope.post)
    now, seen = standing.revision if standing else 0, _seen(request)
    stale = standing is not None and seen not in (None, now)
    differing = list(_differing(request, found, standing)) if standing is not None and stale else []
    return {"seen": now, "entered": {"differing": differing}}


def _differing(request: PageRequest, found: Branch, standing: Submission) -> Iterator[Differing]:
    """A figure that is hidden at this level is listed whatever it is, so that nobody can find it by trying."""
    cells = shown_cells(standing, request.scope.unit)
    words = entry.standing(standing, found.definition)
    for field in conflict.fields(found.definition):
        mine, now = request.POST.get(field.name, ""), words.get(field.name, "")
        hidden = field.item is not None and cells[field.item.code].state is CellState.HIDDEN
        if hidden or not conflict.equal(field, mine, now):
            yield Differing(field.label, mine, HIDDEN_TEXT if hidden else now)


def _entered(request: PageRequest, definition: Definition, form: SourceForm) -> EnteredReport:
    if "papers" in form.errors:
        raise InvalidInput("Chưa nhập thay được.")  # the form says why
    posted = request.POST
    return EnteredReport(
        source=posted.get("source", ""),
        note=posted.get("note", ""),
        papers=form.cleaned_data.get("papers", []),
        **_typed(posted, definition),
    )


def _typed(posted: Mapping[str, str], definition: Definition) -> dict[str, dict[str, str]]:
    blocks = {block.code: BLOCK + block.code for block in definition.narrative}
    return {
        "figures": {item.code: posted[item.code] for item in definition.entered() if item.code in posted},
        "narrative": {code: posted[name] for code, name in blocks.items() if name in posted},
        "explanations": explanations_typed(posted, definition),
    }


def _form(
    request: PageRequest,
    found: Branch,
    form: SourceForm,
    refusal: InvalidInput | Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    definition = found.definition
    faults = _at_fields(form, refusal, definition)
    grid = Grid(
        rows=_rows(found, request.POST, faults),
        save_url=request.path,
        edits=0,
        caption=f"{named(definition)}, {in_words(found.period)}",
    )
    context = {
        "branch": found,
        "unit_name": name_of(found.unit, request.scope.day).name,
        "name": named(definition),
        "period": in_words(parse_period(found.period.key)),
        "form": form,
        "grid": grid,
        "paragraphs": _paragraphs(found, request.POST, faults),
        "refusal": refusal,
        "back": found.url("consolidated", request.scope.unit.uid),
        "signed_copy": definition.signed_copy,
        **_both(request, found),
    }
    return render(request, "web/reports/enter.html", context, status=status)


def _paragraphs(found: Branch, typed: Mapping[str, str], faults: Sequence[Fault]) -> list[Paragraph]:
    """The blocks to write, each with the figures that can be put into it."""
    items = {item.code: item for item in found.definition.indicators()}
    speaker = to_enter(found.version, found.period, found.unit)
    return [
        Paragraph(
            name=BLOCK + block.code,
            title=titled(block),
            block=block,
            text=typed.get(BLOCK + block.code, ""),
            messages=[RowMessage(Severity.ERROR, one.message) for one in faults if one.where == block.code],
            below=(),
            insertables=speaker.insertables([items[code] for code in block.about if code in items]),
        )
        for block in found.definition.narrative
    ]


def _at_fields(form: SourceForm, refusal: InvalidInput | Conflict | None, definition: Definition) -> list[Fault]:
    """Faults of cells and paragraphs, to be shown there; those of source, note and scan go on the form."""
    if not isinstance(refusal, InvalidInput):
        return []
    places = {item.code for item in definition.indicators()} | {block.code for block in definition.narrative}
    faults = [Fault(_field(fault.where), fault.message) for fault in refusal.faults]
    here = [fault for fault in faults if fault.where in places]
    for fault in faults:
        if fault.where in form.fields and fault.where not in form.errors:
            form.add_error(fault.where, fault.message)
        elif fault.where not in form.fields and not set(fault.where.split(", ")) <= places:
            form.add_error(None, fault.message)
    return here


def _field(where: str) -> str:
    """The boundary says "narrative.danh_gia"; the form knows the block as "danh_gia"."""
    return where.removeprefix("narrative.").removeprefix("explanations.")


def _rows(found: Branch, typed: Mapping[str, str], faults: Sequence[Fault]) -> list[GridRow]:
    definition = found.definition
    try:
        said = _findings(found, typed) if typed else {}
    except InvalidInput:  # some figure cannot be read; then the faults say which
        said = {fault.where: [RowMessage(Severity.ERROR, fault.message)] for fault in faults}
    rows: list[GridRow] = []
    for number, section in enumerate(definition.sections, start=1):
        rows.append(GridRow(titled(section), kind=RowKind.HEADING, number=roman(number)))
        for place, item in section.numbered():
            rows.append(
                GridRow(
                    **pieces.broken_down(definition, item),
                    key=item.code,
                    kind=RowKind.ENTRY if item.is_entered else RowKind.COMPUTED,
                    number=place,
                    unit=item.unit,
                    value=typed.get(item.code, ""),
                    money=item.is_money,
                    decimals=item.decimals,
                    explanation=typed.get(entry.EXPLAIN + item.code, ""),
                    messages=said.get(item.code, ()),
                )
            )
    return rows


def _findings(found: Branch, typed: Mapping[str, str]) -> dict[str, list[RowMessage]]:
    """What the rules say about figures that could all be read."""
    definition = found.definition
    given = _typed(typed, definition)
    report = Submission(unit=found.unit, version=found.version, period=found.period.key)
    cells: Cells = parse_changes(definition, DraftChanges(0, given["figures"]))
    rules = {rule.code: rule for rule in definition.rules}
    said: dict[str, list[RowMessage]] = {}
    for finding in findings_in([(report, cells, given["narrative"])])[0]:
        rule = rules.get(finding.rule)
        place = anchor(rule, definition) if rule else finding.cells[0]
        said.setdefault(place, []).append(RowMessage(Severity(finding.severity), finding.message))
    return said
