"""Số liệu thay đổi sau khi chốt: what changed below a sealed report, and the three answers to it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import HIDDEN, HIDDEN_TEXT, format_value, unpack
from nhipcau.core.periods import parse_period
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.models import Role
from nhipcau.org.queries import names_of
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.issuing.corrections import carry_over, dismiss, restate
from nhipcau.reports.issuing.editions import restate_issue
from nhipcau.reports.models import StaleFlag
from nhipcau.reports.queries import StaleReport, stale_reports
from nhipcau.reports.totals.consolidation import consolidate
from nhipcau.web.declare import POST, page, when
from nhipcau.web.reports import pieces
from nhipcau.web.reports.branches import Branch
from nhipcau.web.reports.signers import signer_of, signers
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, labelled, named

ANSWERERS = (Role.APPROVER, *REGISTRARS)


@dataclass(frozen=True)
class Moved:
    """One figure: what was sealed and what it is now, in the unit's own report or in the total."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Cause:
    """A unit whose report changed: one below, or the unit's own part."""

    unit: str
    report: uuid.UUID
    late: bool
    shifted: bool
    cells: list[Moved]


@dataclass(frozen=True)
class Case:
    """One stale report of the acting unit, with what may be answered."""

    uid: uuid.UUID
    title: str
    number: str
    issued: uuid.UUID | None
    figures_url: str
    signing_url: str
    totals: list[Moved]
    causes: list[Cause]
    next_period: str
    signers: list[tuple[str, str]]


@page(*ANSWERERS)
def changed(request: PageRequest) -> HttpResponse:
    """Every sealed report of the unit that no longer says what stands below it."""
    return _page(request)


@page(*ANSWERERS, methods=POST, fresh=when("viec", "dieu-chinh"))
def answer(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """`viec`: chot (seal anew), dieu-chinh (issue a restatement), chuyen (carry over), giu (dismiss)."""
    stale = next((one for one in stale_reports(request.scope.unit) if one.seal.uid == uid), None)
    if stale is None:
        raise NotFound(_("Không còn thay đổi nào chờ trả lời ở báo cáo này."))
    try:
        return _answer(request, stale)
    except InvalidInput as refusal:
        return _page(request, refusal, str(uid), status=422)


def _answer(request: PageRequest, stale: StaleReport) -> HttpResponse:
    reason, post, at = request.POST.get("ly-do", ""), request.scope.post, request.moment
    match request.POST.get("viec", ""):
        case "dieu-chinh" if stale.issued is not None:
            chosen = signer_of(request.scope, stale.seal.unit, request.POST.get("nguoi-ky", ""))
            made = restate_issue(issued=stale.issued, reason=reason, signer=chosen, actor=post, at=at)
            told = _("Đã phát hành báo cáo điều chỉnh số %(number)s.") % {"number": made.document.number}
            messages.success(request, told)
            return redirect("reports:issued", uid=made.uid)
        case "chot" if stale.issued is None:
            restate(seal=stale.seal, reason=reason, actor=post, at=at)
            messages.success(request, _("Đã chốt lại số liệu và gửi lên cấp trên."))
        case "chuyen":
            period = carry_over(seal=stale.seal, note=reason, actor=post, at=at)
            told = _("Chênh lệch sẽ được in kèm báo cáo %(period)s.") % {"period": in_words(period)}
            messages.success(request, told)
        case "giu":
            dismiss(seal=stale.seal, reason=reason, actor=post, at=at)
            messages.success(request, _("Đã ghi lý do; số liệu đã chốt được giữ nguyên."))
        case _:
            raise InvalidInput(_("Hãy chọn một cách xử lý."))
    return redirect("reports:changed")


def _page(
    request: PageRequest, refusal: InvalidInput | None = None, at_case: str = "", status: int = 200
) -> HttpResponse:
    cases = [_case(stale, request) for stale in stale_reports(request.scope.unit)]
    context = {
        "cases": cases,
        "refusal": refusal,
        "at_case": at_case,
        "chosen": request.POST.get("viec", ""),
        "reason": request.POST.get("ly-do", ""),
        "may_answer": request.scope.post.has_role(Role.APPROVER),
        "may_issue": request.scope.post.has_role(*REGISTRARS),
        "tabs": pieces.tabs(request.scope, "reports:changed"),
    }
    return render(request, "web/reports/changed.html", context, status=status)


def _case(stale: StaleReport, request: PageRequest) -> Case:
    version, unit = stale.seal.version, stale.seal.unit
    definition, period = load(version.definition), parse_period(stale.seal.period)
    names = names_of([flag.cause.unit_id for flag in stale.flags], request.scope.day)
    branch = Branch(version, definition, period, unit)
    return Case(
        uid=stale.seal.uid,
        title=f"{named(definition)}, {in_words(period)}",
        number=stale.issued.document.number if stale.issued else "",
        issued=stale.issued.uid if stale.issued else None,
        figures_url=branch.url("consolidated"),
        signing_url=f"{branch.url('issue')}?dieu-chinh=1",
        totals=list(_totals(stale, definition, request)),
        causes=[
            Cause(
                names[flag.cause.unit_id].name,
                flag.cause.submission.uid,
                flag.replaced_id is None,
                flag.event_id is not None,
                list(_cells(flag, definition)),
            )
            for flag in stale.flags
        ],
        next_period=in_words(period.next()),
        signers=signers(request.scope, unit) if stale.issued else [],
    )


def _totals(stale: StaleReport, definition: Definition, request: PageRequest) -> Iterator[Moved]:
    """The unit's total as sealed, beside what it is now."""
    seal = stale.seal
    period = parse_period(seal.period)
    now = consolidate(version=seal.version, period=period, unit=seal.unit, at=request.moment).cells
    sealed = zip(seal.version.cells, unpack(bytes(seal.live), len(seal.version.cells)), strict=True)
    for code, before in sealed:
        item = definition.indicator(code)
        if item is not None and before != now[code]:
            sides = (HIDDEN, HIDDEN) if item.suppress_below else (before, now[code])
            yield Moved(labelled(item), *(pieces.figure(side, item) for side in sides))


def _cells(flag: StaleFlag, definition: Definition) -> Iterator[Moved]:
    for code, (before, now) in flag.cells.items():
        item = definition.indicator(code)
        if item is not None:
            yield Moved(labelled(item), _value(before, item), _value(now, item))


def _value(value: int | str | None, item: Indicator) -> str:
    if item.suppress_below:
        return HIDDEN_TEXT
    if isinstance(value, int):
        return format_value(value, item.decimals)
    return "…" if value is None else value
