"""Proof of the reports: what was sent is what was sealed, what was issued is what was logged, and the forms they
were filled in on are the forms that were published."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from nhipcau.audit.models import Entry
from nhipcau.core.errors import InvalidInput
from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.org.models import UnitName
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.templates import by_key
from nhipcau.reports.models import IssuedReport, Submission, SubmissionSource, SubmissionState, TemplateVersion
from nhipcau.reports.sealing.sealproof import cells, said, seal_in
from nhipcau.reports.sealing.seals import changed_cells, kept_sources, words_of

CHUNK = 200
SEALED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED)
ISSUED = "reports.issued"
PUBLISHED = "reports.template_published"
# The last of these steps in the log says which states a report can be in.
STATES = {
    "reports.submitted": (SubmissionState.SUBMITTED,),
    "reports.accepted": (SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED),
    "reports.history_kept": (SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED),
    "reports.returned": (SubmissionState.RETURNED, SubmissionState.DRAFT, SubmissionState.READY),
}


class ReportProof:
    """Template versions, submissions, issued reports."""

    name = "reports"
    label = "Báo cáo"

    def size(self) -> int:
        """How many of the three there are."""
        return TemplateVersion.objects.count() + Submission.objects.count() + IssuedReport.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Versions first: their cells give every payload its meaning."""
        for version in TemplateVersion.objects.select_related("template").order_by("pk").iterator(CHUNK):
            yield from _version(version)
            step(1)
        rows = Submission.objects.select_related("seal", "unit").defer("seal__live", "seal__contributors")
        reports, versions = rows.order_by("pk").iterator(CHUNK), by_key()
        while chunk := list(islice(reports, CHUNK)):
            for report in chunk:
                report.version = versions[report.version_id]
            yield from _submissions(chunk)
            step(len(chunk))
        issued = IssuedReport.objects.select_related("document__entry", "seal", "docx").order_by("pk")
        stream = issued.iterator(CHUNK)
        while papers := list(islice(stream, CHUNK)):
            yield from _issued(papers)
            step(len(papers))
        yield from _issued_and_gone()


def _differs(where: str, expected: str, found: str, message: str) -> Difference:
    return Difference(ReportProof.name, where, expected, found, message)


def _code(unit: int) -> str:
    named = UnitName.objects.filter(unit=unit).order_by("-valid_from").first()
    return named.code if named else "?"


def _version(version: TemplateVersion) -> Iterator[Difference]:
    where = f"template:{version.template.code}:{version.number}"
    name = f"Biểu mẫu {version.template.code}, phiên bản {version.number}"
    stored = json.dumps(version.definition, sort_keys=True, ensure_ascii=False)
    found = hashlib.sha256(stored.encode()).hexdigest()
    told = Entry.objects.filter(
        action=PUBLISHED, object=f"template:{version.template.code}", data__contains=version.digest
    )
    if found != version.digest:
        yield _differs(where, version.digest[:16], found[:16], f"{name} đã bị sửa: nội dung không khớp mã của nó.")
    elif not told.exists():
        yield _differs(
            where, "có trong nhật ký", found[:16], f"{name}: nhật ký không ghi phiên bản có nội dung này."
        )
    elif list(load(version.definition).cells()) != list(version.cells):
        yield _differs(
            where, "thứ tự ô theo biểu mẫu", "khác", f"{name}: thứ tự các ô của số liệu đã bị đổi so với biểu mẫu."
        )


# --- submissions ---------------------------------------------------------------------------------------
def _submissions(reports: Sequence[Submission]) -> Iterator[Difference]:
    steps = _last_steps(reports)
    sealed = [report for report in reports if report.state in SEALED]
    sources, covers = _sources(sealed), _covers(sealed)
    for report in reports:
        yield from _state(report, steps.get(report.pk))
        if report.state in SEALED:
            yield from _sealed(report, sources[report.pk], covers[report.pk])


def _named(report: Submission) -> str:
    template = report.version.template.code
    return f"Báo cáo {template} kỳ {report.period} của {_code(report.unit_id)}, lần {report.revision}"


def _where(report: Submission) -> str:
    return f"submission:{report.uid}"


def _last_steps(reports: Sequence[Submission]) -> dict[int, str]:
    by_object = {_where(report): report.pk for report in reports}
    acts = Entry.objects.filter(object__in=list(by_object), action__in=STATES).order_by("pk")
    return {by_object[obj]: action for obj, action in acts.values_list("object", "action")}


def _state(report: Submission, step: str | None) -> Iterator[Difference]:
    allowed = STATES[step] if step else (SubmissionState.DRAFT, SubmissionState.READY)
    if report.state not in allowed:
        yield _differs(
            _where(report),
            " | ".join(allowed),
            report.state,
            f"{_named(report)} mang trạng thái «{report.get_state_display()}», nhật ký ghi khác: đã bị sửa.",
        )


def _sources(reports: Sequence[Submission]) -> dict[int, list[list[str | int]]]:
    """What stands behind the cells of each report, in the shape that its seal keeps."""
    found: dict[int, list[list[str | int]]] = defaultdict(list)
    rows = SubmissionSource.objects.filter(submission__in=reports).order_by("submission", "cell", "pk")
    for report, behind in kept_sources(rows):
        found[report].append(behind)
    return found


def _covers(reports: Sequence[Submission]) -> dict[int, list[str]]:
    """Uids of the units that stand in each report (số gộp), in the shape that its seal keeps."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Submission.covers.through.objects.filter(submission__in=reports)
    for report, unit in rows.values_list("submission", "unit__uid"):
        found[report].append(str(unit))
    return {report.pk: sorted(found[report.pk]) for report in reports}


def _sealed(report: Submission, sources: list[list[str | int]], covers: list[str]) -> Iterator[Difference]:
    """Figures, words, sources, and whom the report stands for, against the seal."""
    if report.seal is None:
        yield _differs(_where(report), "có bản chốt", "không có", f"{_named(report)} đã gửi mà không có bản chốt.")
        return
    try:
        changed = changed_cells(report.version.cells, bytes(report.seal.own), bytes(report.payload))
        words = words_of(report.seal)
    except (InvalidInput, ValueError):
        where = _damaged(report)
        yield _differs(_where(report), "đọc được", "hỏng", f"{_named(report)}: số liệu đang lưu đã hỏng{where}.")
        return
    if changed:
        yield _differs(
            _where(report),
            said(changed, 0),
            said(changed, 1),
            f"{_named(report)}: số liệu đang lưu khác số đã chốt ở {cells(changed)} "
            f"(đã chốt {said(changed, 0)}; đang lưu {said(changed, 1)}).",
        )
    yield from _words(report, words, sources, covers)


def _damaged(report: Submission) -> str:
    """Which values differ from the sealed ones, byte for byte, where that can be said."""
    assert report.seal is not None  # noqa: S101 - asked of sealed reports only
    was, now = bytes(report.seal.own), bytes(report.payload)
    if len(was) != len(now):
        return f" (có {len(now)} byte, đã chốt {len(was)} byte)"
    slots = {key: slice(8 * i, 8 * i + 8) for i, key in enumerate(report.version.cells)}
    changed = {key: () for key, slot in slots.items() if was[slot] != now[slot]}
    return f" ở {cells(changed)}" if changed else ""


def _words(
    report: Submission, words: dict[str, Any], sources: list[list[str | int]], covers: list[str]
) -> Iterator[Difference]:
    kept = {
        "narrative": ("phần thuyết minh", report.narrative),
        "explanations": ("lời giải thích", report.explanations),
        "sources": ("nguồn số liệu", sources),
        "covers": ("danh sách đơn vị trong số gộp", covers),
        "entered": ("nguồn nhập thay", report.entry_source),
    }
    for key, (name, stored) in kept.items():
        if words.get(key) != stored:
            yield _differs(
                f"{_where(report)}:{key}",
                "như đã chốt",
                "khác",
                f"{_named(report)}: {name} khác bản đã chốt.",
            )


# --- issued reports ------------------------------------------------------------------------------------
def _issued(papers: Sequence[IssuedReport]) -> Iterator[Difference]:
    objects = [f"issued:{paper.uid}" for paper in papers]
    told = {act.object: act for act in Entry.objects.filter(action=ISSUED, object__in=objects)}
    for paper, obj in zip(papers, objects, strict=True):
        act = told.get(obj)
        name = f"Báo cáo đã phát hành {paper.document.number} của {_code(paper.unit_id)}"
        if act is None:
            yield _differs(obj, "có trong nhật ký", "không có", f"{name}: nhật ký không ghi lần phát hành này.")
        elif _told(act) != _facts(paper):
            yield _differs(obj, "như nhật ký", "khác", f"{name}: văn bản, kỳ hoặc lần điều chỉnh khác với nhật ký.")
        elif seal_in(act) != paper.seal.digest:
            yield _differs(
                obj, seal_in(act)[:16], paper.seal.digest[:16], f"{name} đứng trên bản chốt khác với nhật ký."
            )
        entry = getattr(paper.document, "entry", None)
        if entry is None or entry.void_reason:
            yield _differs(obj, "có số trong sổ", "không có", f"{name}: văn bản không còn số trong sổ đăng ký.")
        if paper.document.original_id not in (paper.docx_id, paper.signed_copy_id):
            yield _differs(obj, paper.docx.sha256[:16], "khác", f"{name}: tệp của văn bản đã bị thay.")


def _facts(paper: IssuedReport) -> tuple[str, str, int]:
    return str(paper.document.uid), paper.period, paper.edition


def _told(act: Entry) -> tuple[str, str, int] | None:
    try:
        data = json.loads(act.data)
        return str(data["document"]), str(data["period"]), int(data["edition"])
    except (ValueError, KeyError, TypeError):
        return None


def _issued_and_gone() -> Iterator[Difference]:
    acts = Entry.objects.filter(action=ISSUED).order_by("pk").iterator(CHUNK)
    while chunk := list(islice(acts, CHUNK)):
        uids = [act.object.removeprefix("issued:") for act in chunk]
        standing = {
            f"issued:{uid}" for uid in IssuedReport.objects.filter(uid__in=uids).values_list("uid", flat=True)
        }
        for act in chunk:
            if act.object not in standing:
                yield _differs(
                    act.object,
                    "có bản ghi",
                    "không có",
                    f"Nhật ký ghi báo cáo {act.object} phát hành lúc {act.at:%d/%m/%Y %H:%M} UTC, "
                    "nhưng bản ghi đã bị xóa.",
                )
