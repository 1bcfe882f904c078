"""What stands beside the figures of one report: who entered it, whom it covers, its prints and its papers."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.documents.rights import OFFICERS
from nhipcau.org.models import Role
from nhipcau.org.queries import name_of, names_of
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.drafting import EDITABLE
from nhipcau.reports.filling.unit_report import check_code, sealed_as_it_stands
from nhipcau.reports.filling.workflow import signed_papers
from nhipcau.reports.models import PaperKind, Submission, SubmissionState
from nhipcau.reports.queries import entered_unconfirmed
from nhipcau.reports.totals.lumps import STANDING, covered_ids, in_lump, lump_over
from nhipcau.web.reports import pieces
from nhipcau.web.request import PageRequest

FILLERS = (Role.REPORTER, Role.APPROVER)


def beside(request: PageRequest, report: Submission) -> dict[str, object]:
    """Context of web/reports/notices.html and web/reports/papers.html."""
    scope = request.scope
    own, fills = report.unit_id == scope.unit.pk, scope.post.has_role(*FILLERS)
    drafted = own and report.state not in STANDING
    lump = lump_over(report.unit, report.version.template_id, report.period) if drafted else None
    above = None if report.is_history else report.entered_by_unit
    seal = sealed_as_it_stands(report)
    wants_signed = load(report.version.definition).signed_copy
    below = pieces.has_below(report.unit, scope)
    return {
        "in_lump": in_lump(lump, request.moment) if lump else "",
        "entered_by": name_of(above, scope.day).name if above else "",
        "entered_other": _entered_other(report) if own else None,
        "may_confirm": own and fills and above is not None and _unconfirmed(report),
        "covered": _covered(report, request),
        "moved": report.moves.select_related("entered").order_by("-at").first() if own else None,
        "below": below,
        "may_cover": own and fills and report.state in EDITABLE and below,
        "source_papers": list(report.papers.filter(kind=PaperKind.SOURCE).order_by("pk")),
        "signed": list(signed_papers(report)),
        "needs_signed": wants_signed and report.state == SubmissionState.SUBMITTED,
        "may_sign": own and scope.post.has_role(*FILLERS, Role.CLERK) and report.state in STANDING,
        "code": check_code(seal) if seal else "",
        "may_print": scope.post.has_role(*OFFICERS),
    }


def _entered_other(report: Submission) -> Submission | None:
    same = entered_unconfirmed(report.unit).filter(version=report.version_id, period=report.period)
    return same.exclude(pk=report.pk).first()


def _unconfirmed(report: Submission) -> bool:
    return report.confirmed_at is None and report.state == SubmissionState.ACCEPTED


def _covered(report: Submission, request: PageRequest) -> list[str]:
    return sorted_names(covered_ids(report), request)


def sorted_names(units: Iterable[int], request: PageRequest) -> list[str]:
    """Names of units in Vietnamese order."""
    names = names_of(units, request.scope.day).values()
    return [name.name for name in sorted(names, key=lambda name: name.sort_key)]
