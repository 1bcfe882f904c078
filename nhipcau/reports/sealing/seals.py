"""Seals: what a report said at one moment, with the reports below that it was added up from, chained and digested.

`live = own + Σ own of the contributors` (each column by its roll-up), so that anybody can recompute a sealed figure
from the seals alone. A seal's digest covers its own figures, the total, the digests of its contributors, the words,
the head of the log, and the seal before it in the chain of the same unit, version and period.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from django.db.models import QuerySet

from nhipcau.audit.models import Head
from nhipcau.boundary import digest as boundary_digest
from nhipcau.core.ids import new_uid
from nhipcau.core.numbers import Cell, CellState, pack_arrays, unpack, unpack_arrays, unpack_many
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.columns import Ints
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import lay_below
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.models import (
    Seal,
    SealKind,
    Submission,
    SubmissionSource,
    SubmissionState,
    TemplateVersion,
    Unsettled,
)
from nhipcau.reports.totals.consolidation import span_of

Change = list[int | str | None]  # [before, after]: scaled integers, None missing, "x" not applicable
_BATCH = 5000


def accepted_below(version: TemplateVersion, period: Period, unit: Unit) -> QuerySet[Submission]:
    """The accepted reports of the units strictly below on the period's own tree, each with its seal."""
    below = lay_below("unit", unit, span_of(load(version.definition), period), version.template.axis)
    return Submission.objects.filter(
        below, version=version, period=period.key, state=SubmissionState.ACCEPTED, seal__isnull=False
    )


def standing_below(version: TemplateVersion, period: Period, unit: Unit) -> Ints:
    """Ids of the seals a report of the unit would be added up from now, ascending."""
    ids = accepted_below(version, period, unit).order_by("seal").values_list("seal", flat=True)
    return np.array(list(ids), np.int64)


def contributors_of(seal: Seal) -> Ints:
    """Ids of the seals that a sealed total was added up from, ascending."""
    return np.frombuffer(bytes(seal.contributors), "<i8").astype(np.int64)


def make(
    *, report: Submission, kind: SealKind, actor: Post, at: dt.datetime, printed: Mapping[str, Any] | None = None
) -> Seal:
    """Seal the report as it stands, inside the transaction of the step that needs it.

    `printed` is what an issued report says beside its figures (coverage, gaps, letters), as JSON. Leaves a mark
    (`Unsettled`) wherever another step may be changing what goes in just now: the report of a unit below or, where
    a report is issued, the unit's own. Figures taken over from a file are sealed alone: nobody sent a total up.
    """
    period, imported = parse_period(report.period), kind == SealKind.IMPORTED
    below = np.zeros(0, np.int64) if imported else standing_below(report.version, period, report.unit)
    chain = Seal.objects.filter(unit=report.unit, version=report.version, period=report.period)
    last = chain.order_by("-place").first()
    seal = Seal(
        uid=new_uid(),
        unit=report.unit,
        version=report.version,
        period=report.period,
        place=last.place + 1 if last else 1,
        kind=kind,
        submission=report,
        own=bytes(report.payload),
        live=add_up(bytes(report.payload), below, Rollup.of(load(report.version.definition))),
        contributors=below.astype("<i8").tobytes(),
        content=_content(report, actor, printed or {}),
        previous=last.digest if last else "",
        at=at,
    )
    seal.digest = digest(seal, digest_of_contributors(below))
    seal.save(force_insert=True)
    if not imported and (kind == SealKind.ISSUED or len(below) or _has_below(report, period)):
        Unsettled.objects.create(submission=report, at=at)
    return seal


def _has_below(report: Submission, period: Period) -> bool:
    span = span_of(load(report.version.definition), period)
    return Unit.objects.filter(lay_below("pk", report.unit, span, report.version.template.axis)).exists()


def add_up(own: bytes, contributors: Ints, rollup: Rollup) -> bytes:
    """The packed total of the unit's own figures and those of the contributing seals, exact. Bounded memory."""
    total = rollup.widen(*unpack_many([own], rollup.count))
    for chunk in _chunks(contributors):
        payloads = Seal.objects.filter(pk__in=chunk).values_list("own", flat=True)
        below = rollup.widen(*unpack_many([bytes(payload) for payload in payloads], rollup.count))
        values, states = (np.concatenate([one, more]) for one, more in zip(total, below, strict=True))
        total = rollup.fold(values, states, np.zeros(1, np.intp))
    values, states = rollup.close(*total)
    return pack_arrays(values[0], states[0])


def digest_of_contributors(contributors: Ints) -> str:
    """SHA-256 over the contributors' digests in the order of their ids; empty if there are none."""
    if not len(contributors):
        return ""
    running = hashlib.sha256()
    for chunk in _chunks(contributors):
        for one in Seal.objects.filter(pk__in=chunk).order_by("pk").values_list("digest", flat=True):
            running.update(one.encode("ascii"))
    return running.hexdigest()


def digest(seal: Seal, contributors: str) -> str:
    """SHA-256 over the seal's canonical form: a JSON list, UTF-8, the instant in UTC, packed vectors in hex."""
    canonical = json.dumps(
        [
            str(seal.uid),
            str(seal.unit.uid),
            seal.version.digest,
            seal.period,
            seal.place,
            str(seal.kind),
            str(seal.submission.uid),
            seal.submission.revision,
            seal.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            bytes(seal.own).hex(),
            bytes(seal.live).hex(),
            contributors,
            seal.content,
            seal.previous,
        ],
        ensure_ascii=False,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def words_of(seal: Seal) -> dict[str, Any]:
    """The sealed words: narrative, explanations, sources, what was printed beside the figures."""
    content: dict[str, Any] = json.loads(seal.content)
    return content


def _content(report: Submission, actor: Post, printed: Mapping[str, Any]) -> str:
    head = Head.objects.filter(pk=1).first()
    body = {
        "narrative": report.narrative,
        "explanations": report.explanations,
        "sources": _sources(report),
        "printed": dict(printed),
        "covers": sorted(str(uid) for uid in report.covers.values_list("uid", flat=True)),
        "entered": str(report.entry_source),
        "by": str(actor.uid),
        "log": [head.seq, head.chain] if head else [],
        "boundary": boundary_digest(),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sources(report: Submission) -> list[list[str | int]]:
    return [behind for _, behind in kept_sources(report.sources.order_by("cell", "pk"))]


def kept_sources(sources: QuerySet[SubmissionSource]) -> Iterator[tuple[int, list[str | int]]]:
    """By report (id), what stands behind its cells in the shape that a seal keeps."""
    rows = sources.values_list(
        "submission", "cell", "activity__uid", "document__uid", "file__sha256", "place", "value"
    )
    for report, cell, activity, document, file, place, value in rows:
        record = f"activity:{activity}" if activity else f"document:{document}"
        yield report, [cell, f"file:{file}:{place}" if file else record, value]


def changed_cells(keys: Sequence[str], before: bytes | None, after: bytes) -> dict[str, Change]:
    """The cells in which two payloads differ; without `before`, those of `after` that are not missing."""
    if before == after:
        unpack_arrays(after, len(keys))  # equal, and readable
        return {}
    old = [_plain(cell) for cell in unpack(before, len(keys))] if before is not None else [None] * len(keys)
    new = [_plain(cell) for cell in unpack(after, len(keys))]
    return {key: [was, now] for key, was, now in zip(keys, old, new, strict=True) if was != now}


def _plain(cell: Cell) -> int | str | None:
    if cell.state is CellState.VALUE:
        return cell.value
    return "x" if cell.state is CellState.NOT_APPLICABLE else None


def _chunks(ids: Ints) -> Iterable[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH].tolist()
