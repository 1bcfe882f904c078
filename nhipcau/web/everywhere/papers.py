"""Letters, the unit's reports, and the templates they are written on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.periods import parse_period
from nhipcau.documents.search import finding
from nhipcau.documents.search.query import parse
from nhipcau.documents.search.ranks import Order
from nhipcau.org.queries import has_below, names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.reports.queries import visible_submissions, visible_templates
from nhipcau.web.everywhere.matching import Wanted
from nhipcau.web.everywhere.sources import Hit
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import in_words, named, spoken

MOST = 2_000  # of the unit's own reports, the newest


def documents(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """Letters of the unit and registered ones below, by their number, subject and text."""
    found = finding.search(scope, parse(wanted.text), order=Order.RANKED, size=limit)
    names = names_of([hit.unit_id for hit in found.hits], scope.day)
    return [
        Hit(
            title=hit.subject or hit.number or _("Chưa có trích yếu"),
            url=reverse("documents:document", kwargs={"uid": hit.uid}),
            meta=" · ".join(
                filter(
                    None,
                    (
                        f"{hit.doc_type.capitalize()} {hit.number}".strip(),
                        vi_date(hit.dated) if hit.dated else "",
                        hit.issuer,
                        "" if hit.unit_id == scope.unit.pk else names[hit.unit_id].name,
                    ),
                )
            ),
        )
        for hit in found.hits
    ]


def reports(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """The unit's own reports, of each period the last revision, by template and period."""
    rows = visible_submissions(scope).filter(unit=scope.unit).defer("payload", "narrative", "explanations")
    latest: dict[tuple[int, str], Submission] = {}
    for row in rows.order_by("-created_at", "-revision")[:MOST]:
        latest.setdefault((row.version.template_id, row.period), row)
    titled = ((_report_name(row), row) for row in latest.values())
    return [
        Hit(
            title=_report_name(row),
            url=reverse("reports:report", kwargs={"uid": row.uid}),
            meta=spoken(SubmissionState(row.state).label),
        )
        for row in wanted.nearest(titled, limit)
    ]


def templates(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """Templates in use here, by name or code: to the figures of one's branch, without one to the own reports."""
    own, branch = reverse("reports:mine"), reverse("reports:consolidated_start")
    below = has_below(scope.unit, scope.day)
    used = visible_templates(scope).filter(versions__isnull=False).distinct()
    found = wanted.nearest(((f"{one.name} {one.code}", one) for one in used), limit)
    return [Hit(one.name, f"{branch}?mau={one.code}" if below else own) for one in found]


def _report_name(row: Submission) -> str:
    return f"{named(definition_of(row.version))}, {in_words(parse_period(row.period))}"
