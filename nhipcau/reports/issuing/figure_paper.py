"""The whole path of a figure as a paper for an auditor: the tree, the reports, the records, signed sheets, what was
corrected. It says nothing that the lineage does not prove (see `totals.lineage`)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from django.db.models import prefetch_related_objects

from nhipcau.activities.models import ActivityState
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import CellState, format_cell, format_value
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.documents.models import StoredFile
from nhipcau.org.branches import Branch
from nhipcau.org.columns import NOWHERE
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import name_of, names_of
from nhipcau.press.path import FigurePath, Node, Origin, Sheet
from nhipcau.reports.design.definition import Indicator, load
from nhipcau.reports.design.figures import cells_of, figure_of
from nhipcau.reports.models import (
    HistoryFile,
    PaperKind,
    Submission,
    SubmissionSource,
    SubmissionState,
    TemplateVersion,
)
from nhipcau.reports.totals.consolidation import consolidate, span_of, tree_day
from nhipcau.reports.totals.lineage import Leaf, Trace, trace
from nhipcau.reports.totals.views_of_tree import view_of

MOST = 2000  # reports on one paper; nobody reads more, and the command lists them all
_ROLLED = {
    "sum": "cộng số của các đơn vị dưới đây",
    "mean": "bình quân có trọng số của các đơn vị dưới đây",
    "min": "số nhỏ nhất trong các đơn vị dưới đây",
    "max": "số lớn nhất trong các đơn vị dưới đây",
    "none": "số của riêng đơn vị, không cộng từ dưới lên",
}


def figure_paper(
    *,
    version: TemplateVersion,
    indicator: str,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    day: dt.date | None = None,
) -> FigurePath:
    """The paper. InvalidInput if the leaves do not give the figure, or where there are more than fit on one."""
    found = trace(version=version, indicator=indicator, period=period, unit=unit, at=at, day=day)
    if len(found.leaves) > MOST:
        raise InvalidInput(
            Said(
                f"Số này có {len(found.leaves)} báo cáo đứng sau, quá {MOST} báo cáo cho một bản in; hãy in từng "
                "đơn vị cấp dưới, hoặc lấy danh sách đầy đủ bằng «nhipcau trace … --json».",
                f"{len(found.leaves)} reports stand behind this figure, more than {MOST} for one paper; print "
                "lower branches, or take the whole list by “nhipcau trace … --json”.",
            )
        )
    definition = load(version.definition)
    item = definition.indicator(indicator)
    if item is None:
        raise RuntimeError("a traced figure is in the template")
    on = day or tree_day(definition, period)
    tree = view_of(unit, span_of(definition, period), day, version.template.axis).tree
    names = _names(found, tree, on)
    node = consolidate(version=version, period=period, unit=unit, at=at, day=day)
    covered = node.coverage
    return FigurePath(
        issuer=name_of(unit, on).name,
        title="NGUỒN CỦA MỘT SỐ LIỆU",
        figure=item.label,
        value=f"{format_cell(node.cells[indicator], item.decimals)} {item.unit}",
        facts=(
            ("Báo cáo", definition.name),
            ("Kỳ", period.label_vi),
            ("Theo cây ngày", f"{on:%d/%m/%Y}"),
            ("Cách tính", _ROLLED[found.rollup]),
            ("Phạm vi", f"{covered.accepted}/{covered.expected} đơn vị đã được tiếp nhận, thiếu {covered.missing}"),
            ("Số liệu lúc", _moment(node.at)),
        ),
        nodes=tuple(_nodes(found, tree, names)),
        sheets=tuple(_sheets(found, item, names)),
        closing=(
            f"{len(found.leaves)} báo cáo trên đây cho lại đúng số {format_value(found.total, found.decimals)}.",
            "Mã sau tên tệp là đầu của SHA-256; «nhipcau verify» tính lại từ tệp gốc.",
        ),
        printed_on=local_date(at),
    )


def _names(found: Trace, tree: Branch, on: dt.date) -> dict[int, UnitName]:
    units = {leaf.unit.pk for leaf in found.leaves} | {leaf.counted_at for leaf in found.leaves}
    return names_of(units | {int(tree.ids[place]) for place in _lines(found, tree)}, on)


def _lines(found: Trace, tree: Branch) -> list[int]:
    """The positions of the units that something counts at, and of all above them, from the top down."""
    held = tree.positions(np.array([leaf.counted_at for leaf in found.leaves], np.int64)).tolist()
    wanted = {0}
    for place in held:
        here = place
        while here != NOWHERE and here not in wanted:
            wanted.add(here)
            here = int(tree.above[here])
    return sorted(wanted)


def _nodes(found: Trace, tree: Branch, names: dict[int, UnitName]) -> Iterator[Node]:
    """Own figures as they count here; a branch's only where figures are added up."""
    own: dict[int, int] = defaultdict(int)
    for leaf in found.leaves:
        own[leaf.counted_at] += leaf.value
    for place in _lines(found, tree):
        unit = int(tree.ids[place])
        inside = tree.ids[place : tree.end[place]].tolist()
        whole = format_value(sum(own.get(one, 0) for one in inside), found.decimals)
        yield Node(
            depth=int(tree.depth[place]),
            name=names[unit].name,
            own=format_value(own[unit], found.decimals) if unit in own else "",
            whole=whole if found.rollup == "sum" else "",
        )


# --- one report ------------------------------------------------------------------------------------------
def _sheets(found: Trace, item: Indicator, names: dict[int, UnitName]) -> Iterator[Sheet]:
    reports = [leaf.submission for leaf in found.leaves]
    prefetch_related_objects(reports, "papers__file", "seal")
    activities = [source.activity for leaf in found.leaves for source in leaf.sources if source.activity]
    prefetch_related_objects(activities, "evidence__file")
    earlier, papers = _earlier(reports), _signed(reports)
    for leaf in found.leaves:
        yield Sheet(
            unit=names[leaf.unit.pk].name,
            value=_share(leaf, found, names),
            facts=tuple(_facts(leaf, found)),
            origins=tuple(_origin(source, found.decimals) for source in leaf.sources),
            closing=(
                *([f"Nhập tay: {format_value(leaf.by_hand, found.decimals)}"] if leaf.by_hand else []),
                *(f"Bản đã ký, đóng dấu: {paper}" for paper in papers.get(leaf.submission.pk, ())),
                *(_before(one, item) for one in earlier.get(leaf.unit.pk, ())),
            ),
        )


def _share(leaf: Leaf, found: Trace, names: dict[int, UnitName]) -> str:
    value = format_value(leaf.value, found.decimals)
    if not leaf.handed_on:
        return value
    whole = format_value(leaf.whole, found.decimals)
    return f"{value} trên {whole}, tính tại {names[leaf.counted_at].name}"


def _facts(leaf: Leaf, found: Trace) -> Iterator[str]:
    report = leaf.submission
    sent = f", gửi {_moment(report.submitted_at)}" if report.submitted_at else ""
    accepted = f", tiếp nhận {_moment(report.decided_at)}" if report.decided_at else ""
    seal = f"; mã {report.seal.digest[:12]}" if report.seal else ""
    yield f"Báo cáo bản thứ {report.revision}{sent}{accepted}{seal}."
    if leaf.covers:
        yield f"Số gộp của {leaf.covers} đơn vị."
    if report.is_history:
        yield "Số liệu cũ nhập từ tệp của đơn vị, không có nguồn chi tiết."
    elif report.entry_source:
        confirmed = "đơn vị đã xác nhận" if report.confirmed_at else "đơn vị chưa xác nhận"
        yield f"Cấp trên nhập thay từ {report.get_entry_source_display()}; {confirmed}."
    if found.rollup == "mean":
        yield f"Tính với trọng số {leaf.weight}."


def _origin(source: SubmissionSource, decimals: int) -> Origin:
    value = format_value(source.value, decimals)
    if source.document is not None:
        letter = source.document
        return Origin(
            f"{letter.dated:%d/%m/%Y}" if letter.dated else "", f"{letter.number}: {letter.subject}", value
        )
    if source.file is not None:
        file = source.file
        return Origin(f"{local_date(file.imported_at):%d/%m/%Y}", _row_of(source), value, (_digest(file),))
    activity = source.activity
    if activity is None:
        raise RuntimeError("a source is an activity, a letter or a row of a file")
    papers = [_file(one.name, one.file) for one in activity.evidence.all()]
    kept = [f"Chứng từ lưu tại: {activity.paper_location}"] if activity.paper_location else []
    withdrawn = " (đã rút)" if activity.state == ActivityState.WITHDRAWN else ""
    title = f"{activity.title or activity.type.label}{withdrawn}"
    return Origin(f"{activity.held_on:%d/%m/%Y}", title, value, (*papers, *kept))


def _row_of(source: SubmissionSource) -> str:
    return f"Tệp «{source.file}», ô {source.place}"


def _digest(file: HistoryFile) -> str:
    return f"{file.name} [{file.sha256[:12]}]"


def _file(name: str, file: StoredFile) -> str:
    return f"{name} [{file.sha256[:12]}]"


def _signed(reports: Sequence[Submission]) -> dict[int, list[str]]:
    """Signed sheets by report."""
    found: dict[int, list[str]] = defaultdict(list)
    for report in reports:
        for paper in report.papers.all():
            if paper.kind == PaperKind.SIGNED:
                found[report.pk].append(_file(paper.name, paper.file))
    return found


def _earlier(reports: Sequence[Submission]) -> dict[int, list[Submission]]:
    """By unit, the revisions that the report replaced, the first one first."""
    found: dict[int, list[Submission]] = defaultdict(list)
    corrected = [report for report in reports if report.revision > 1]
    if not corrected:
        return found
    same = Submission.objects.filter(
        unit__in={report.unit_id for report in corrected},
        version__in={report.version_id for report in corrected},
        period=corrected[0].period,
        state=SubmissionState.SUPERSEDED,
    )
    for report in same.select_related("version").order_by("revision"):
        found[report.unit_id].append(report)
    return found


def _before(report: Submission, item: Indicator) -> str:
    definition = load(report.version.definition)
    cell = figure_of(definition, cells_of(report), item)
    said = "chưa có số" if cell.state is not CellState.VALUE else format_value(cell.value, item.decimals)
    return f"Trước khi điều chỉnh, bản thứ {report.revision}: {said}"


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(VN):%H:%M %d/%m/%Y}"
