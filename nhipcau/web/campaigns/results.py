"""Who held a session and what it came to, level by level, and as a file."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.campaigns import queries
from nhipcau.campaigns.counts import REACHED
from nhipcau.campaigns.coverage import Covered, Figures, cover, days_of
from nhipcau.campaigns.models import Campaign
from nhipcau.core.numbers import format_value
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import first_named, name_of, names_of
from nhipcau.press.workbook import Cell
from nhipcau.web.activities.shown import shown
from nhipcau.web.campaigns.shown import results_in_brief, top_of
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest
from nhipcau.web.tables import Side, Table, send
from nhipcau.web.words import labelled

MOST_NAMED = 200
MOST_SESSIONS = 50


@page()
def results(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One unit with everything below it; each line leads further down."""
    campaign = queries.get_campaign_for(request.scope, uid)
    covered = cover(campaign, request.moment)
    unit = _wanted(request, campaign, covered)
    top = top_of(campaign, covered, request.scope)
    day, lines = days_of(campaign, request.moment).last, covered.below(unit)
    names = names_of({one.unit_id for one in lines} | {*covered.path(unit, top)}, day)
    below = sorted(lines, key=lambda one: names[one.unit_id].sort_key)
    uids = dict(Unit.objects.filter(pk__in=names).values_list("pk", "uid"))
    missing = covered.without_session(unit)
    held = queries.sessions_of(campaign, request.scope).filter(unit=unit)
    context = {
        "campaign": campaign,
        "rows": [(uids[one.unit_id], names[one.unit_id].name, one) for one in below],
        "own": covered.own(unit) if below else None,
        "reached": REACHED in covered.at(unit).counts,
        "missing": [name.name for name in first_named(missing, day, MOST_NAMED)],
        "more_missing": max(len(missing) - MOST_NAMED, 0),
        "sessions": shown(held[:MOST_SESSIONS], request.scope),
        "crumbs": [(names[pk].name, f"?don-vi={uids[pk]}") for pk in covered.path(unit, top)],
        **results_in_brief(campaign, covered, unit, request.scope),
    }
    return render(request, "web/campaigns/results.html", context)


@page(takes="campaigns.results_taken", of="campaign")
def as_csv(request: PageRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Every unit below as a file for a spreadsheet."""
    return send(_table(request, uid), "csv", request.scope)


@page(takes="campaigns.results_taken", of="campaign")
def as_xlsx(request: PageRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The same as a workbook."""
    return send(_table(request, uid), "xlsx", request.scope)


def _table(request: PageRequest, uid: uuid.UUID) -> Table:
    campaign = queries.get_campaign_for(request.scope, uid)
    covered = cover(campaign, request.moment)
    unit = _wanted(request, campaign, covered)
    span = days_of(campaign, request.moment)
    return Table(
        name=f"chien-dich-{campaign.first_day:%Y%m%d}-{str(campaign.uid)[-6:]}",
        title=_("Kết quả chiến dịch"),
        columns=_columns(covered),
        rows=_rows(covered, unit, span.last),
        notes=[
            campaign.name,
            f"{span.first:%d/%m/%Y} – {span.last:%d/%m/%Y}",
            _("Lượt người dự là tổng của các buổi: một người dự nhiều buổi được tính nhiều lần."),
        ],
        issuer=name_of(unit, span.last).name,
    )


def _wanted(request: PageRequest, campaign: Campaign, covered: Covered) -> Unit:
    """The unit asked for, in the post's scope and the campaign's branch; by default where the post looks from."""
    wanted = request.GET.get("don-vi", "")
    unit = request.scope.get_unit(wanted) if wanted else top_of(campaign, covered, request.scope)
    covered.at(unit)
    return unit


def _columns(covered: Covered) -> list[tuple[str, float, Side]]:
    plain = [_("Cấp"), _("Đơn vị phải tổ chức"), _("Đơn vị đã tổ chức"), _("Số đoàn viên")]
    counted = [f"{labelled(one)} ({one.unit})" for one in covered.counts]
    with_goal = [one for one in covered.counts if one.key in covered.goals]
    asked = [_("Mục tiêu: %(what)s") % {"what": labelled(one)} for one in with_goal]
    figures: list[tuple[str, float, Side]] = [(title, 20, "right") for title in (*plain, *counted, *asked)]
    return [(_("Mã"), 12, "left"), (_("Đơn vị"), 60, "left"), *figures]


def _rows(covered: Covered, unit: Unit, day: dt.date) -> Iterator[list[Cell]]:
    listed = covered.every(unit)
    names = names_of([one.unit_id for _depth, one in listed], day)
    for depth, one in listed:
        yield _line(depth, one, names[one.unit_id], covered)


def _line(depth: int, one: Figures, name: UnitName, covered: Covered) -> list[Cell]:
    counted = [_cell(one.counts[count.key], count.decimals) for count in covered.counts]
    asked = [
        _cell(one.goals[count.key], count.decimals) if count.key in one.goals else None
        for count in covered.counts
        if count.key in covered.goals
    ]
    return [name.code, name.name, depth, one.expected, one.held, one.members, *counted, *asked]


def _cell(value: int, decimals: int) -> Cell:
    return format_value(value, decimals) if decimals else value
