"""Reports and their forms: a .csv and a .json for each template and period, figures as this unit may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nhipcau.core.numbers import Cell, CellState, format_cell
from nhipcau.org.models import UnitName
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.drafts import file_of
from nhipcau.reports.design.figures import Cells, cells_of, with_formulas
from nhipcau.reports.design.templates import by_key, definition_of
from nhipcau.reports.design.writing import as_yaml
from nhipcau.reports.models import Submission, SubmissionSource, TemplateVersion
from nhipcau.reports.queries import shown_to, visible_submissions, visible_templates

CHUNK = 200
_HEAD = ("unit", "code", "name", "revision", "state", "origin", "submitted_at", "decided_at", "seal")


def templates(scope: Scope) -> Iterator[tuple[str, str]]:
    """Every version of every visible form, as the file it can be imported from again."""
    versions = TemplateVersion.objects.filter(template__in=visible_templates(scope).order_by().values("pk"))
    for version in versions.select_related("template").order_by("template__code", "number"):
        yield f"templates/{version.template.code}-v{version.number}.yaml", as_yaml(file_of(version, scope.day))


def periods(scope: Scope) -> list[tuple[str, str]]:
    """(template code, period) of everything reported, in order."""
    rows = visible_submissions(scope).order_by().values_list("version__template__code", "period").distinct()
    return sorted(rows)


class Reports:
    """The reports of one template and period, every revision, in the order of their units."""

    def __init__(self, scope: Scope, code: str, period: str) -> None:
        self.scope, self.code, self.period = scope, code, period
        self.versions: Mapping[int, TemplateVersion] = by_key()
        rows = visible_submissions(scope).filter(version__template__code=code, period=period)
        self.rows = rows.select_related(None).select_related("unit", "seal").order_by("unit", "revision")
        used = set(rows.order_by().values_list("version", flat=True))
        self.keys = list(dict.fromkeys(
            item.code for pk in sorted(used) for item in definition_of(self.versions[pk]).indicators()
        ))  # fmt: skip

    @property
    def columns(self) -> list[str]:
        """The heading of the table."""
        return [*_HEAD, *self.keys]

    def table(self) -> Iterator[list[object]]:
        """A row for each report; a figure is its exact number, "" missing, "x" not applicable, "*" hidden."""
        for report, name in self._named():
            figures = self._figures(report)
            yield [*self._head(report, name), *(figures.get(key, "") for key in self.keys)]

    def documents(self) -> Iterator[dict[str, Any]]:
        """The same with words, explanations, sources and whom a report stands for."""
        for report, name in self._named():
            yield {
                "report": str(report.uid),
                **dict(zip(_HEAD, self._head(report, name), strict=True)),
                "version": report.version.number,
                "figures": self._figures(report),
                "narrative": report.narrative,
                "explanations": report.explanations,
                "covers": [str(uid) for uid in report.covers.order_by("pk").values_list("uid", flat=True)],
                "sources": self._sources(report),
            }

    def _named(self) -> Iterator[tuple[Submission, UnitName]]:
        chunk: list[Submission] = []
        for report in self.rows.iterator(CHUNK):
            report.version = self.versions[report.version_id]
            chunk.append(report)
            if len(chunk) == CHUNK:
                yield from self._with_names(chunk)
                chunk = []
        yield from self._with_names(chunk)

    def _with_names(self, chunk: Sequence[Submission]) -> Iterator[tuple[Submission, UnitName]]:
        names = names_of({report.unit_id for report in chunk}, self.scope.day)
        return ((report, names[report.unit_id]) for report in chunk)

    def _head(self, report: Submission, name: UnitName) -> list[object]:
        return [str(report.unit.uid), name.code, name.name, report.revision, report.state, report.entry_source,
                _moment(report.submitted_at), _moment(report.decided_at),
                report.seal.digest if report.seal else ""]  # fmt: skip

    def _shown(self, report: Submission) -> Cells:
        definition = definition_of(report.version)
        cells = with_formulas(definition, cells_of(report))
        return shown_to(definition, cells, report.unit, self.scope.unit)

    def _figures(self, report: Submission) -> dict[str, str]:
        decimals = {item.code: item.decimals for item in definition_of(report.version).indicators()}
        return {key: exact(cell, decimals[key]) for key, cell in self._shown(report).items()}

    def _sources(self, report: Submission) -> list[dict[str, Any]]:
        hidden = {key for key, cell in self._shown(report).items() if cell.state is CellState.HIDDEN}
        rows = SubmissionSource.objects.filter(submission=report).exclude(cell__in=hidden).order_by("cell", "pk")
        found = rows.values_list(
            "cell", "value", "activity__uid", "document__uid", "file__name", "file__sha256", "place"
        )
        keys = ("cell", "value", "activity", "document", "file", "sha256", "place")
        return [
            {key: str(value) if key in ("activity", "document") else value
             for key, value in zip(keys, row, strict=True) if value not in (None, "")}
            for row in found
        ]  # fmt: skip


def exact(cell: Cell, decimals: int) -> str:
    """ "1234.5" whatever the language."""
    if cell.state is CellState.MISSING:
        return ""
    text = format_cell(cell, decimals)
    return text.replace(".", "").replace(",", ".") if cell.state is CellState.VALUE else text


def _moment(at: dt.datetime | None) -> str:
    return at.astimezone(dt.UTC).isoformat() if at else ""
