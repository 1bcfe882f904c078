"""Bản tóm tắt: the overview of a branch on one A4 page, to print from the browser or as PDF."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhipcau.documents.storing import media
from nhipcau.press import brief as press
from nhipcau.press.brief import LONGEST_GAPS, MOST_FIGURES, MOST_ROWS, Brief, Square
from nhipcau.reports.totals.gaps import gaps_of
from nhipcau.web import charts
from nhipcau.web.declare import page
from nhipcau.web.measures import measured
from nhipcau.web.reports import overview_figures as figures
from nhipcau.web.reports import overview_map as mapped
from nhipcau.web.reports import pieces
from nhipcau.web.reports.changes import Change
from nhipcau.web.reports.overview import Overview, coverage, read
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.templatetags.nhip import percent, vi_date, vi_number
from nhipcau.web.words import in_words, named

MOST_NAMED = 8  # units without a report, anywhere below, that are named one by one
LONGEST_NAME = 50  # letters of a unit's name that stand on one line of the page


@page()
def brief(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The page as it prints."""
    found = read(request, code, period, unit)
    context = {
        "brief": brief_of(found),
        "back": found.url("overview"),
        "pdf": found.url("brief_pdf"),
        "unit_name": found.names[found.branch.unit.pk].name,
    }
    return render(request, "web/reports/brief.html", context)


@page(takes="reports.figures_taken", of="unit")
def brief_pdf(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The same as PDF."""
    found = read(request, code, period, unit)
    body = press.to_pdf(brief_of(found))
    return download(body, f"tom-tat-{found.branch.definition.code}-{found.branch.period.key}.pdf", media.PDF)


def brief_of(found: Overview) -> Brief:
    """What both say."""
    branch, last = found.branch, found.last
    counts = mapped.counts_of(last.whole, last)
    told = figures.headlines(found.items, found.columns, found.year_ago)[:MOST_FIGURES]
    due = pieces.due(branch.definition, branch.period, found.scope.day)
    units, short = _units(found), short_names(found)
    return Brief(
        issuer=found.names[branch.unit.pk].name,
        title=_("Tóm tắt tình hình báo cáo"),
        subtitle=" · ".join(
            (
                named(branch.definition),
                in_words(branch.period),
                _("hạn gửi %(day)s") % {"day": vi_date(due.day)},
            )
        ),
        facts=[
            (label, vi_number(number))
            for label, number in (
                (_("Phải gửi"), counts.expected),
                (_("Đã gửi"), counts.received),
                (_("Gửi muộn"), counts.tardy),
                (_("Chưa gửi"), counts.missing),
                (_("trong đó bị trả lại"), counts.returned),
            )
        ],
        coverage=[(bar.name, bar.said, bar.share) for bar in coverage(last).bars],
        figure_titles=_figure_titles(found),
        figures=[
            [f"{one.label} ({measured(one.item.unit)})", one.value, _change(one.before), _change(one.last_year)]
            for one in told
        ],
        periods=[column.period.key for column in found.columns],
        rows=[
            (_("Cả nhánh"), [_square(mapped.square(column.whole, column)) for column in found.columns]),
            *(
                (
                    short[pk],
                    [_square(mapped.square(column.standings.get(pk), column)) for column in found.columns],
                )
                for pk in units
            ),
        ],
        legend=[(Square(tone.sign, tone.look), str(tone.label)) for tone in mapped.LEGEND],
        gaps=_gaps(found, short),
        titles=(_("Số liệu chính"), _("Tình hình báo cáo qua các kỳ"), _("Chưa gửi")),
        closing=_closing(found, len(units), told),
        printed_on=found.scope.day,
        language=get_language() or "vi",
    )


def _units(found: Overview) -> list[int]:
    """All below if there is room; else those with something to look after, by name."""
    room = MOST_ROWS - 1
    return found.units if len(found.units) <= room else mapped.lacking(found.columns, found.units)[:room]


def _figure_titles(found: Overview) -> list[str]:
    before = found.columns[-2].period if len(found.columns) > 1 else found.branch.period.previous()
    return [
        _("Chỉ tiêu"),
        found.branch.period.key,
        _("so với %(before)s") % {"before": before.key},
        _("so với %(before)s") % {"before": found.branch.period.same_last_year().key},
    ]


def _change(change: Change) -> str:
    """In per cent where that can be said; a dash where nothing can."""
    if change.percent is not None and change.difference:
        return ("+" if change.percent > 0 else "") + percent(change.percent)
    return change.difference or (_("không đổi") if change.same else "—")


def _square(one: mapped.Square) -> Square:
    return Square(one.tone.sign, one.tone.look, vi_number(one.count) if one.count else "")


def _gaps(found: Overview, short: Mapping[int, str]) -> str:
    """Who lacks reports in the period asked for. Where few do, each by name, wherever it lies; else those directly
    below, a unit with others below with how many: as far as there is room, the others as a number."""
    said, room = [], LONGEST_GAPS - 40
    lacking = [pk for pk in found.units if _missing(found, pk)]
    few = found.last.whole.node.coverage.missing <= MOST_NAMED
    if few and any(found.last.standings[pk].below for pk in lacking):
        branch = found.branch
        missing = gaps_of(branch.version, branch.period, branch.unit, branch.on, MOST_NAMED).missing
        return "; ".join(_squeezed(name.name) for name in missing) + "."
    for pk in lacking:
        many = (
            _(" (%(n)s đơn vị)") % {"n": vi_number(_missing(found, pk))} if found.last.standings[pk].below else ""
        )
        room -= len(short[pk] + many) + 2
        if room < 0:
            break
        said.append(short[pk] + many)
    more = len(lacking) - len(said)
    others = _(" và %(n)s đơn vị khác") % {"n": vi_number(more)} if more else ""
    return f"{'; '.join(said)}{others}." if said else ""


def _missing(found: Overview, pk: int) -> int:
    standing = found.last.standings.get(pk)
    return standing.node.coverage.missing if standing else 0


def short_names(found: Overview) -> dict[int, str]:
    """Without the words all of them begin with; too long a one keeps its beginning and its end, which tells it from
    the others."""
    names = charts.without_common_words([found.names[pk].name for pk in found.units])
    return {pk: _squeezed(name) for pk, name in zip(found.units, names, strict=True)}


def _squeezed(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    half = LONGEST_NAME // 2
    return f"{name[:half].rstrip()}…{name[-half + 1 :].lstrip()}"


def _closing(found: Overview, shown: int, told: list[figures.Headline]) -> list[str]:
    moment = pieces.stamp(found.last.whole.node.at)
    lines = [_("Số liệu lúc %(moment)s; chỉ tính báo cáo đã tiếp nhận.") % {"moment": moment}]
    if found.branch.on:
        lines.append(f"{_('Theo cây ngày')} {vi_date(found.branch.on)}.")
    left = len(found.units) - shown
    if left:
        text = _("Bảng chỉ nêu %(n)s đơn vị còn thiếu, muộn hoặc bị trả lại; %(left)s đơn vị khác không nêu.")
        lines.append(text % {"n": vi_number(shown), "left": vi_number(left)})
    if figures.hides(told, [*found.columns, *([found.year_ago] if found.year_ago else [])]):
        lines.append(_("* Số đếm người được che: số nhỏ, và số được che kèm để không suy ra được số nhỏ."))
    return lines
