"""Mang dữ liệu đi: one zip with everything the post may take away, written in a stream."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from nhipcau import __version__
from nhipcau.activities.models import ActivityEvidence
from nhipcau.activities.queries import visible_activities
from nhipcau.audit.actions import Plain, record
from nhipcau.audit.models import Entry, Head
from nhipcau.campaigns.models import ClosingReport
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotAllowed
from nhipcau.documents.models import StoredFile
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.rights import reads_contents
from nhipcau.documents.storing import files
from nhipcau.exchange.archive import figures
from nhipcau.exchange.archive.further import announcement_files, material_versions
from nhipcau.exchange.archive.parts import path_of
from nhipcau.exchange.archive.readme import readme
from nhipcau.exchange.archive.tables import TABLES
from nhipcau.exchange.archive.zipped import Archive
from nhipcau.org.models import Placement, Post
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.reports.issuing.drafts import visible_drafts
from nhipcau.reports.models import IssuedReport, SubmissionPaper
from nhipcau.reports.queries import visible_submissions
from nhipcau.tasks.models import AssignmentEvidence
from nhipcau.tasks.queries import visible_assignments

CHUNK = 500
Tell = Callable[[str, int], None]


@dataclass
class TakenAway:
    """The archive and what is in it. `damaged`: stored files that are missing or no longer what was stored."""

    path: Path
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    damaged: list[str] = field(default_factory=list)


def take_away(*, folder: Path, actor: Post, at: dt.datetime, tell: Tell = lambda _path, _rows: None) -> TakenAway:
    """Write `nhip-cau-MÃ-NGÀY.zip` into the folder and log it. `tell` hears of every file once it is written.

    The archive appears whole or not at all; memory does not grow with it. NotAllowed for a post that reads no
    contents.
    """
    scope = Scope(actor, at)
    if not reads_contents(scope):
        raise NotAllowed("Chức danh này không đọc nội dung nên không mang dữ liệu đi được.")
    name = name_of(actor.unit, local_date(at))
    folder.mkdir(parents=True, exist_ok=True)
    done = TakenAway(folder / f"nhip-cau-{name.code}-{local_date(at)}.zip")
    part = done.path.with_suffix(".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
            manifest = _fill(Archive(out), scope, name.name, done, tell)
        part.replace(done.path)
    finally:
        part.unlink(missing_ok=True)
    with transaction.atomic():
        rows = sum(done.rows.values())
        data: dict[str, Plain] = {
            "manifest": manifest,
            "rows": rows,
            "files": done.files,
            "damaged": len(done.damaged),
        }
        record(actor=actor, action="exchange.taken_away", obj=f"unit:{actor.unit.uid}", at=at, data=data)
    return done


def _fill(archive: Archive, scope: Scope, title: str, done: TakenAway, tell: Tell) -> str:
    """Everything, the manifest last; returns its digest."""
    whole = _is_top(scope)
    archive.text("README.txt", readme(title, whole))

    def kept(path: str, rows: int) -> None:
        done.rows[path] = rows
        tell(path, rows)

    for table in TABLES:
        kept(table.path, archive.csv(table.path, table.columns, table.rows(scope)))
    for path, text in figures.templates(scope):
        archive.text(path, text)
    for code, period in figures.periods(scope):
        reports = figures.Reports(scope, code, period)
        kept(f"reports/{code}/{period}.csv",
             archive.csv(f"reports/{code}/{period}.csv", reports.columns, reports.table()))  # fmt: skip
        archive.json(f"reports/{code}/{period}.json", reports.documents())
    _files(archive, scope, done, tell)
    head: dict[str, Any] = {}
    if whole:
        kept("log.jsonl", archive.jsonl("log.jsonl", _log()))
        end = Head.objects.filter(pk=1).first()
        head = {"log": {"seq": end.seq, "chain": end.chain} if end else None}
    told = {"product": "Nhịp Cầu", "version": __version__, "unit": str(scope.unit.uid), "name": title}
    return archive.manifest("manifest.json", {**told, "at": scope.at.isoformat(), "damaged": done.damaged, **head})


def _is_top(scope: Scope) -> bool:
    """Whether nobody stands above the unit on either axis: the log tells of everybody, in both trees."""
    above = Placement.objects.at(scope.day).filter(child=scope.unit).values_list("parent", flat=True)
    return set(above) == {None}


def _files(archive: Archive, scope: Scope, done: TakenAway, tell: Tell) -> None:
    """Every stored file behind a visible row, once."""
    seen: set[bytes] = set()
    for file in _stored(scope):
        key = bytes.fromhex(file.sha256)
        if key in seen:
            continue
        seen.add(key)
        if _taken(archive, file):
            done.files += 1
        else:
            done.damaged.append(file.sha256)
    tell("files/", done.files)


def _taken(archive: Archive, file: StoredFile) -> bool:
    """Whether its bytes were there and are those that were once stored."""
    try:
        with files.kept().open(files.key_of(file.sha256)) as source:
            return archive.file(path_of(file), source) == file.sha256
    except FileNotFoundError:
        return False


def _stored(scope: Scope) -> Iterator[StoredFile]:
    letters = visible_documents(scope).order_by()
    activities = visible_activities(scope).order_by().values("pk")
    assignments = visible_assignments(scope).values("pk")
    reports = visible_submissions(scope).order_by().values("pk")
    closed = ClosingReport.objects.filter(scope.own_or_below("campaign__unit"))
    drafts = visible_drafts(scope).order_by()
    issued = IssuedReport.objects.filter(scope.own_or_below("unit"))
    sources = (
        letters.exclude(original=None).values("original"),
        ActivityEvidence.objects.filter(activity__in=activities).values("file"),
        AssignmentEvidence.objects.filter(assignment__in=assignments).values("file"),
        SubmissionPaper.objects.filter(submission__in=reports).values("file"),
        issued.values("docx"),
        issued.values("pdf"),
        issued.exclude(signed_copy=None).values("signed_copy"),
        announcement_files(scope).values("file"),
        material_versions(scope).exclude(file=None).values("file"),
        closed.exclude(pdf=None).values("pdf"),
        closed.exclude(signed_copy=None).values("signed_copy"),
        drafts.values("docx"),
        drafts.exclude(read_back=None).values("read_back"),
    )
    keys: Any
    for keys in sources:
        yield from StoredFile.objects.filter(pk__in=keys).order_by("pk").iterator(CHUNK)


def _log() -> Iterator[dict[str, Any]]:
    """As chained: `at` as it went into the digest."""
    for entry in Entry.objects.exclude(seq=None).order_by("seq").iterator(CHUNK):
        yield {
            "seq": entry.seq,
            "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "actor": entry.actor,
            "action": entry.action,
            "object": entry.object,
            "data": entry.data,
            "digest": entry.digest,
            "chain": entry.chain,
        }
