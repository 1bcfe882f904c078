"""Tổng hợp: the live figures of a branch with who stands behind them, the gaps by name, and the way down."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import HIDDEN, CellState
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Role
from nhipcau.org.queries import ancestors_of, children_of, name_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.plans import Plan, plans_of
from nhipcau.reports.filling.duties import current_period
from nhipcau.reports.issuing.editions import latest_issued
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.queries import reported_periods, visible_templates
from nhipcau.reports.totals.consolidation import Consolidated, due_date_of
from nhipcau.reports.totals.gaps import Gaps, gaps_of
from nhipcau.reports.totals.suppression import touched
from nhipcau.web.declare import page
from nhipcau.web.measures import measured
from nhipcau.web.reports import pieces, trees
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.over_time import longer
from nhipcau.web.request import PageRequest
from nhipcau.web.tables import send_csv
from nhipcau.web.words import in_words, labelled, named, titled

SHOWN_GAPS = 50
FILLERS = (Role.REPORTER, Role.APPROVER)
PERIODS = 8


@page()
def start(request: PageRequest) -> HttpResponse:
    """To the figures of one's own branch: `?mau=` and `?ky=`, else the latest period that has ended."""
    address = asked_for(request)
    if address is None:
        return render(request, "web/reports/nothing.html", {"tabs": pieces.tabs(request.scope, "")})
    return redirect(reverse("reports:consolidated", kwargs=address))


def asked_for(request: PageRequest) -> dict[str, object] | None:
    """The branch that a form (`?mau=`, `?ky=`, `?don-vi=`) asks for; None while there is no template at all."""
    code, period = request.GET.get("mau", ""), request.GET.get("ky", "")
    asked = request.GET.get("don-vi", "")
    unit = request.scope.get_unit(asked).uid if asked else request.scope.unit.uid
    if code and period:
        return {"code": code, "period": parse_period(period).key, "unit": unit}
    newest = _newest(code, request.scope)
    if newest is None:
        return None
    definition = load(newest.definition)
    key = _latest_ended(definition, newest, request.scope)
    return {"code": definition.code, "period": key.key, "unit": unit}


@page()
def figures(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The figures of the branch."""
    found, both = trees.choose(find(request.scope, code, period, unit), request)
    every = found.nodes(request.moment)
    node, children = every[0], [node for node in every if node.depth == 1]
    gaps, plans = gaps_of(found.version, found.period, found.unit, found.on, SHOWN_GAPS), _plans(found)
    context = {
        "branch": found,
        "unit_name": name_of(found.unit, found.day).name,
        "trees": trees.links(found) if both else [],
        "longer": longer(found.definition, found.period, code, found.unit.uid),
        "name": named(found.definition),
        "period": in_words(found.period),
        "node": node,
        "due": pieces.due(found.definition, found.period, request.scope.day),
        "sections": _sections(found, node, plans),
        "planned": any(item.target for item in found.definition.indicators()) and not found.on,
        "stars": HIDDEN in node.cells.values(),
        "gaps": gaps,
        "missing": _missing(found, gaps, request.scope),
        "lumped": [(name.name, owner.name) for name, owner in gaps.lumped],
        "entered": [name.name for name in gaps.entered],
        "more_missing": gaps.counts["missing"] - len(gaps.missing),
        "late": gaps.late,
        "children": _children(found, children, request.scope),
        "crumbs": crumbs(found, request.scope),
        "csv_url": found.url("consolidated_csv"),
        "forms_url": found.url("branch_file") if request.scope.post.has_role(*FILLERS) else "",
        "compare_url": found.url("compare") if children and not found.on else "",
        "table_url": found.url("own_table") if _enters(request, found) and children else "",
        "tabs": pieces.tabs(request.scope, "reports:consolidated_start"),
        "chooser": chooser(found, request.scope),
        **_issuing(found, request.scope),
    }
    return render(request, "web/reports/consolidated.html", context)


@page(takes="reports.figures_taken", of="unit")
def as_csv(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponseBase:
    """The page as a file: the same figures, coverage, moment and gaps, in the same order."""
    found, _both = trees.choose(find(request.scope, code, period, unit), request)
    node = found.nodes(request.moment)[0]
    gaps = gaps_of(found.version, found.period, found.unit, found.on)
    rows = _csv_rows(found, node, gaps, _plans(found))
    return send_csv(rows, f"{found.definition.code}-{found.period.key}")


def _csv_rows(found: Branch, node: Consolidated, gaps: Gaps, plans: Mapping[str, Plan]) -> Iterator[list[str]]:
    covered = node.coverage
    yield [named(found.definition), in_words(found.period), name_of(found.unit, found.day).name]
    yield [_("Số liệu lúc"), pieces.stamp(node.at)]
    if found.on:
        yield [_("Theo cây ngày"), f"{found.on:%d/%m/%Y}"]
    yield [_("Đơn vị phải báo cáo"), str(covered.expected), _("Đã gửi"), str(covered.received)]
    yield [_("Đã tiếp nhận"), str(covered.accepted), _("Đoàn viên"), str(covered.members)]
    yield [_("Mục"), _("Chỉ tiêu"), _("Đơn vị tính"), _("Số liệu"), *([_("Kế hoạch")] if plans else [])]
    for section in found.definition.sections:
        for item in section.indicators:
            printed = pieces.figure(node.cells[item.code], item).replace(".", "")
            plan = plans.get(item.code)
            asked = pieces.planned(plan, item).replace(".", "") if plan else ""
            yield [
                titled(section),
                labelled(item),
                measured(item.unit),
                printed,
                *([asked] if plans else []),
            ]
    if HIDDEN in node.cells.values():
        yield ["*", _("Số đếm người được che: số nhỏ, và số được che kèm để không suy ra được số nhỏ.")]
    for name in gaps.missing:
        yield [_("Chưa gửi"), name.name]
    for name, owner in gaps.lumped:
        yield [_("Trong số gộp của"), owner.name, name.name]
    for name in gaps.entered:
        yield [_("Cấp trên nhập thay, chưa xác nhận"), name.name]
    for name, moment in gaps.late:
        yield [_("Gửi muộn"), name.name, pieces.stamp(moment)]


def _plans(found: Branch) -> dict[str, Plan]:
    """What the unit was asked to reach, by indicator; plans are for the period's own tree."""
    if found.on:
        return {}
    return plans_of(found.version, found.definition, found.period, [found.unit.pk]).get(found.unit.pk, {})


def _sections(
    found: Branch, node: Consolidated, plans: Mapping[str, Plan]
) -> list[tuple[str, list[dict[str, object]]]]:
    return [
        (
            titled(section),
            [
                {
                    "item": item,
                    "label": pieces.broken_down(found.definition, item),
                    "value": pieces.figure(node.cells[item.code], item),
                    "plan": pieces.planned(plans.get(item.code), item) if item.target else "",
                    "of_plan": pieces.of_plan(node.cells[item.code], plans.get(item.code)),
                    **_way_down(found, item, node),
                    "place": pieces.place(item.code),
                    "part": bool(item.part_of),
                }
                for item in section.indicators
            ],
        )
        for section in found.definition.sections
    ]


def _way_down(found: Branch, item: Indicator, node: Consolidated) -> dict[str, object]:
    """Where a figure leads: to its source, or, while it is missing, to why it is."""
    none = node.cells[item.code].state is CellState.MISSING and item.code not in touched(found.definition)
    return {"url": found.url("why" if none else "drill", indicator=item.code), "none": none}


def _missing(found: Branch, gaps: Gaps, scope: Scope) -> list[tuple[str, str]]:
    """(name, where to enter its report) of who sent nothing; the way in is for the level directly above alone."""
    below: dict[int, uuid.UUID] = {}
    if scope.post.has_role(Role.REPORTER, Role.APPROVER):
        below = dict(children_of(scope.unit, scope.day, found.version.template.axis).values_list("pk", "uid"))
    return [
        (name.name, found.url("enter", below[name.unit_id]) if name.unit_id in below else "")
        for name in gaps.missing
    ]


def _children(found: Branch, nodes: list[Consolidated], scope: Scope) -> list[dict[str, object]]:
    names = names_of([node.unit_id for node in nodes], found.day)
    seen = dict(scope.units_ever().filter(pk__in=names).values_list("pk", "uid"))
    rows: list[dict[str, object]] = []
    for node in sorted(nodes, key=lambda node: names[node.unit_id].sort_key):
        url = found.url("consolidated", seen[node.unit_id]) if node.unit_id in seen else ""
        rows.append({"name": names[node.unit_id].name, "url": url, "coverage": node.coverage})
    return rows


def crumbs(found: Branch, scope: Scope, name: str = "consolidated") -> list[tuple[str, str]]:
    """From the unit one acts for down to the one on the page; what lies above is not one's to open."""
    day = found.day
    line = [*ancestors_of(found.unit, day, found.version.template.axis), found.unit]
    own = next((place for place, unit in enumerate(line) if unit.pk == scope.unit.pk), len(line) - 1)
    names = names_of([unit.pk for unit in line], day)
    return [(names[unit.pk].name, found.url(name, unit.uid)) for unit in line[own:]]


def chooser(found: Branch, scope: Scope) -> dict[str, object]:
    """Templates and periods to change to."""
    periods: list[tuple[str, str]] = []
    period = max(current_period(found.definition, scope.day), found.period, key=lambda p: p.key)
    first = min(version.first_day for version in found.version.template.versions.all())
    while len(periods) < PERIODS and period.first_day(found.definition.calendar) >= first:
        periods.append((period.key, in_words(period)))
        period = period.previous()
    older = sorted(reported_periods(found.version) - {key for key, _label in periods}, reverse=True)
    periods += [(key, in_words(parse_period(key))) for key in older]
    templates = list(visible_templates(scope).values_list("code", "name"))
    return {"templates": templates, "periods": periods, "unit": str(found.unit.uid)}


def _issuing(found: Branch, scope: Scope) -> dict[str, object]:
    """The way to the issued report, or to issuing it, for the unit's own officers."""
    issued = latest_issued(found.version, found.period, found.unit)
    own = found.on is None and found.unit.pk == scope.unit.pk and scope.post.has_role(Role.CLERK, Role.BOARD)
    return {"issued": issued, "issue_url": found.url("issue") if own and not issued else ""}


def _newest(code: str, scope: Scope) -> TemplateVersion | None:
    versions = TemplateVersion.objects.select_related("template").filter(template__in=visible_templates(scope))
    if not code:
        return versions.order_by("-published_at", "-number").first()
    chosen = versions.filter(template__code=code).order_by("-number").first()
    if chosen is None:
        raise NotFound("Không có biểu mẫu này.")
    return chosen


def _latest_ended(definition: Definition, version: TemplateVersion, scope: Scope) -> Period:
    """The latest period that has ended; if it is past due and nobody sent anything, the last one with reports."""
    period = current_period(definition, scope.day)
    before = period.previous()
    ended = period.last_day(definition.calendar) < scope.day
    first = min(each.first_day for each in version.template.versions.all())
    latest = period if ended or before.first_day(definition.calendar) < first else before
    if due_date_of(definition, latest) >= scope.day:
        return latest
    reported = reported_periods(version)
    return latest if latest.key in reported or not reported else parse_period(max(reported))


def _enters(request: PageRequest, found: Branch) -> bool:
    """Whether the post may enter figures for the units below, from its own spreadsheet."""
    return found.unit == request.scope.unit and found.on is None and request.scope.post.has_role(*FILLERS)
