"""The seals and the log of an invented nation's reports, in bulk: what `verify` goes through.

Level by level from below, as units send: each report's seal holds its own figures, the total of its branch and the
seals of the accepted reports below. The log holds an entry for every report sent and accepted, and its chain.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.bench.nation import AT, Nation, Say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhipcau.core.periods import Period
    from nhipcau.org.columns import Ints
    from nhipcau.reports.models import Seal, Submission
    from nhipcau.reports.totals.engine import EveryNode


def seal_reports(nation: Nation, period: Period, say: Say = lambda _: None) -> int:
    """Seal every report of the period; returns how many there are."""
    from nhipcau.audit.actions import seal as chain
    from nhipcau.org.queries import root
    from nhipcau.reports.totals.consolidation import from_records

    every = from_records(version=nation.version, period=period, unit=root(nation.day), at=AT)
    maker = _Sealing(nation, period, every)
    for depth in sorted(set(every.ground.tree.depth.tolist()), reverse=True):
        say(f"seals at depth {depth} …")
        maker.level(depth)
    maker.settle()
    say("log …")
    _log(nation, period)
    chain(at=AT)
    return len(maker.accepted)


class _Sealing:
    """`accepted`: by position in the tree, the seal of an accepted report and its digest."""

    def __init__(self, nation: Nation, period: Period, every: EveryNode) -> None:
        from nhipcau.boundary import digest
        from nhipcau.reports.models import Submission

        self.nation, self.period, self.every, self.tree = nation, period, every, every.ground.tree
        rows = Submission.objects.filter(version=nation.version, period=period.key).select_related("unit")
        self.reports = {report.unit_id: report for report in rows}
        self.accepted: dict[int, tuple[int, str]] = {}
        said = {"narrative": {}, "explanations": {}, "sources": [], "printed": {}, "covers": [], "entered": ""}
        body = {**said, "by": "", "log": [], "boundary": digest()}
        self.content = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def level(self, depth: int) -> None:
        """All reports of the units of one depth; those below have their seals."""
        from nhipcau.org.bulk import fill
        from nhipcau.reports.models import Seal, SubmissionState

        positions = np.flatnonzero(self.tree.depth == depth)
        made = list(self._made(positions))
        if not made:
            return
        names = ("uid", "submission_id", "unit_id", "own", "live", "contributors", "digest", "at")
        columns = {name: [getattr(seal, name) for _, seal in made] for name in names}
        fill(Seal, columns, {
            "version_id": self.nation.version.pk, "period": self.period.key, "place": 1, "kind": "submitted",
            "content": self.content, "previous": "",
        })  # fmt: skip
        digests = {seal.digest: position for position, seal in made}
        stored = Seal.objects.order_by("-pk").values_list("pk", "digest")[: len(made)]
        for pk, digest in stored:
            position = digests[digest]
            if self.reports[int(self.tree.ids[position])].state == SubmissionState.ACCEPTED:
                self.accepted[position] = (pk, digest)

    def _made(self, positions: Ints) -> Iterator[tuple[int, Seal]]:
        from nhipcau.core.numbers import pack_many

        rollup = self.every.sheet.rollup
        totals = pack_many(*rollup.close(*self.every.sheet.wide(self.every.ground.levels.row[positions])))
        for position, total in zip(positions.tolist(), totals, strict=True):
            report = self.reports.get(int(self.tree.ids[position]))
            if report is not None:
                yield position, self._seal(position, report, total)

    def _seal(self, position: int, report: Submission, total: bytes) -> Seal:
        from hashlib import sha256

        from nhipcau.core.ids import new_uid
        from nhipcau.reports.models import Seal
        from nhipcau.reports.sealing.seals import digest

        below = range(position + 1, int(self.tree.end[position]))
        held = sorted(self.accepted[one] for one in below if one in self.accepted)
        alone = not below or report.state != "accepted"
        own = bytes(report.payload)
        seal = Seal(
            uid=new_uid(), unit=report.unit, version=self.nation.version, period=self.period.key, place=1,
            kind="submitted", submission=report, own=own,
            live=self._with_own(own, held) if alone and held else own if not held else total,
            contributors=np.array([pk for pk, _ in held], "<i8").tobytes(), content=self.content, previous="",
            at=report.submitted_at or AT,
        )  # fmt: skip
        running = sha256("".join(digest for _, digest in held).encode()).hexdigest() if held else ""
        seal.digest = digest(seal, running)
        return seal

    def _with_own(self, own: bytes, held: list[tuple[int, str]]) -> bytes:
        """The total of a report that is not accepted itself: the tree's total leaves its own figures out."""
        from nhipcau.reports.sealing.seals import add_up

        return add_up(own, np.array([pk for pk, _ in held], np.int64), self.every.sheet.rollup)

    def settle(self) -> None:
        """Every report names its seal."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reports_submission SET seal_id = (SELECT s.id FROM reports_seal s "
                "WHERE s.submission_id = reports_submission.id) WHERE period = %s",
                [self.period.key],
            )


def _log(nation: Nation, period: Period) -> None:
    """Sent, and accepted where it was, by the seal's digest."""
    from nhipcau.reports.models import Submission, SubmissionState

    rows = Submission.objects.filter(version=nation.version, period=period.key).order_by("pk")
    entries: list[Mapping[str, Any]] = []
    for uid, state, sealed, sent in rows.values_list("uid", "state", "seal__digest", "submitted_at"):
        entries.append(_entry("reports.submitted", f"submission:{uid}", {"seal": sealed}, sent or AT))
        if state == SubmissionState.ACCEPTED:
            entries.append(_entry("reports.accepted", f"submission:{uid}", {}, AT))
    _fill_log(entries)


def _entry(action: str, obj: str, data: Mapping[str, str], at: dt.datetime) -> dict[str, Any]:
    from nhipcau.audit.actions import digest

    body, actor = json.dumps(data, sort_keys=True, separators=(",", ":")), "system:bench"
    found = digest(at=at, actor=actor, action=action, obj=obj, data=body)
    return {"at": at, "actor": actor, "action": action, "object": obj, "data": body, "digest": found}


def _fill_log(entries: list[Mapping[str, Any]]) -> None:
    from nhipcau.audit.models import Entry
    from nhipcau.org.bulk import fill

    names = ("at", "actor", "action", "object", "data", "digest")
    fill(Entry, {name: [entry[name] for entry in entries] for name in names})
