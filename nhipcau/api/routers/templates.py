"""Report templates: what is asked of whom."""

from __future__ import annotations

from typing import Any

from ninja import Query

from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.reports import (
    BlockOut,
    IndicatorOut,
    RuleOut,
    SectionOut,
    TemplateDetail,
    TemplateOut,
)
from nhipcau.core.errors import NotFound
from nhipcau.core.periods import parse_period
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.templates import version_for, versions_of
from nhipcau.reports.models import ReportTemplate, TemplateVersion
from nhipcau.reports.queries import visible_templates

area = Area("templates", "/templates")


@area.get("", answer=Listed[TemplateOut])
def templates(request: ApiRequest, paging: Query[Paging]) -> Any:
    """Templates that the post may see, each in its newest version."""
    return listed(request, visible_templates(request.scope), paging, lambda rows: [_newest(one) for one in rows])


@area.get("/{slug:code}", "design:template", answer=TemplateDetail)
def template(request: ApiRequest, code: str, period: Words = "") -> Any:
    """What a template asks: the version that serves the `period`, else the newest."""
    if not visible_templates(request.scope).filter(code=code).exists():
        raise NotFound("Không có biểu mẫu này.")
    version = version_for(code, parse_period(period)) if period else versions_of(code)[0]
    definition = load(version.definition)
    return TemplateDetail(
        **_head(version, definition).dict(),
        sections=[
            SectionOut(
                title=section.title,
                title_en=section.title_en,
                indicators=[
                    IndicatorOut(entered=item.is_entered, **{name: getattr(item, name) for name in _SHOWN})
                    for item in section.indicators
                ],
            )
            for section in definition.sections
        ],
        rules=[RuleOut.from_orm(rule) for rule in definition.rules],
        narrative=[BlockOut.from_orm(block) for block in definition.narrative],
    )


_SHOWN = ("code", "label", "label_en", "unit", "decimals", "over_units", "over_time", "formula", "part_of")


def _newest(template: ReportTemplate) -> TemplateOut:
    version = versions_of(template.code)[0]
    return _head(version, load(version.definition))


def _head(version: TemplateVersion, definition: Definition) -> TemplateOut:
    return TemplateOut(
        code=definition.code,
        name=definition.name,
        name_en=definition.name_en,
        period_kind=definition.period_kind,
        calendar=definition.calendar,
        version=version.number,
    )
