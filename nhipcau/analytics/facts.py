"""Facts on disk: one Parquet file for each template, period and tree, under `cache/facts` of the data directory.

A file is derived and disposable. Its metadata hold a stamp of the records it was written from: it is written
again when they have changed, and comes out the same byte for byte from the same records. Columns: `period` (see
`number`), those of `condensing.Facts`, `c0`, `c1` … for the cells in payload order and the hidden columns of means
(scaled integers, null unless there is a value), and bit sets, BITS cells to a word, of the cells that do not apply
or are missing. Whether anything changed at all is asked of the log first: every change stands there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models import Count, Max, Sum

from nhipcau.analytics.condensing import Facts, condense, facts_of
from nhipcau.analytics.needs import arrow
from nhipcau.analytics.rows import LEVELS, Flags, rows_of
from nhipcau.audit.moments import State, log_state
from nhipcau.core.periods import Period
from nhipcau.org.columns import Ints
from nhipcau.org.models import Placement, Reorganisation
from nhipcau.org.soundness import tree_version
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.design.templates import versions_for
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 2  # of the files; another number, and all are written anew
BITS = 60  # of a word: an int64 stays positive on every engine
GROUP = 16_384  # rows: a branch of the tree lies in few groups, and the others are not read
KEPT = 64  # questions' files that a process remembers to be current
_COUNTS = ("kind", "own", "expected", "accepted", "lumped", "shared")
DAYS_KEPT = 2  # files of a period on trees of other days
STAMP, BOUNDS = b"nhipcau.records", b"nhipcau.bounds"


@dataclass(frozen=True)
class Part:
    """One file, and its brief form beside it (see `condensing`). `bounds[i]` is the sum of the absolute values of
    column i: no total of it lies beyond."""

    path: Path
    brief: Path
    version: TemplateVersion
    definition: Definition
    period: Period
    stamp: str
    bounds: tuple[int, ...]


def number(period: Period) -> int:
    """A period within its kind as a number that sorts as time does."""
    return period.year * 100 + period.number


def current_parts(code: str, periods: Sequence[Period], day: dt.date | None = None) -> list[Part]:
    """A file for each period, written anew where the records have changed since.

    Counted on the period's own tree, or on that of `day`. Raises as `versions_for` and `rows_of` do.
    """
    key, state = (str(_folder(code)), tuple(period.key for period in periods), day), log_state()
    known = _known.get(key)
    if known is not None and known[0] == state and all(map(_stands, known[1])):
        return known[1]
    versions = versions_for(code, periods)
    changed = _last_change(day) if day else None
    stamps = _stamps(versions, periods, changed)
    made = [
        _current(version, period, changed, stamp)
        for version, period, stamp in zip(versions, periods, stamps, strict=True)
    ]
    while len(_known) >= KEPT:
        _known.pop(next(iter(_known)))
    _known[key] = (state, made)
    return made


def _folder(code: str) -> Path:
    return Path(settings.DATA_DIR) / "cache" / "facts" / code


def _stands(part: Part) -> bool:
    return all((found := _read_metadata(path)) and found[0] == part.stamp for path in (part.path, part.brief))


def _last_change(day: dt.date) -> dt.date:
    """The last day up to `day` on which any tree changed: until the next change its files serve every day."""
    opened = Placement.objects.filter(valid_from__lte=day).aggregate(last=Max("valid_from"))["last"]
    closed = Placement.objects.filter(valid_to__lte=day).aggregate(last=Max("valid_to"))["last"]
    event = Reorganisation.objects.filter(day__lte=day).aggregate(last=Max("day"))["last"]
    return max((found for found in (opened, closed, event) if found), default=day)


def _stamps(versions: Sequence[TemplateVersion], periods: Sequence[Period], day: dt.date | None) -> list[str]:
    """What the records behind each period come down to.

    An accepted report never changes, so that it is enough to know which ones are: by their count, last and sum.
    """
    accepted = Submission.objects.filter(
        version__in=TemplateVersion.objects.filter(template=versions[0].template_id).values("pk"),
        period__in=[period.key for period in periods],
        state=SubmissionState.ACCEPTED,
    )
    found = accepted.order_by().values("period").annotate(count=Count("pk"), last=Max("pk"), total=Sum("pk"))
    reports = {row["period"]: [row["count"], row["last"], int(row["total"])] for row in found}
    tree = tree_version()  # drawn anew by every change of the tree, or of a unit's kind
    said = (
        [FORMAT, version.digest, reports.get(period.key), tree, str(day)]
        for version, period in zip(versions, periods, strict=True)
    )
    return [hashlib.sha256(json.dumps(one).encode()).hexdigest() for one in said]


Metadata = tuple[str, tuple[int, ...]]  # stamp and bounds
_kept: dict[Path, tuple[tuple[int, int], Metadata]] = {}  # what the files say of themselves, as they were read
_known: dict[tuple[str, tuple[str, ...], dt.date | None], tuple[State, list[Part]]] = {}  # as of a state of the log


def _current(version: TemplateVersion, period: Period, day: dt.date | None, stamp: str) -> Part:
    name = f"{period.key}@{day.isoformat()}.parquet" if day else f"{period.key}.parquet"
    path = _folder(version.template.code) / name
    definition, brief = load(version.definition), path.parent / "brief" / name
    known = _read_metadata(path)
    part = Part(path, brief, version, definition, period, stamp, known[1] if known else ())
    if _stands(part):
        return part
    facts = facts_of(rows_of(version, period, day))
    bounds = _sums(np.abs(facts.values).view(np.uint64))
    _write(table(condense(facts, Rollup.of(definition)), period, stamp, bounds), brief)
    _write(table(facts, period, stamp, bounds), path)
    return replace(part, bounds=tuple(bounds))


def _read_metadata(path: Path) -> Metadata | None:
    """The stamp and bounds of a file; None if there is none, or none that can be read."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    state = (found.st_mtime_ns, found.st_ino)
    if path not in _kept or _kept[path][0] != state:
        try:
            metadata: Mapping[bytes, bytes] = arrow().parquet.read_schema(path).metadata or {}
        except arrow().ArrowInvalid:
            return None
        bounds = tuple(map(int, json.loads(metadata.get(BOUNDS, b"[]"))))
        _kept[path] = (state, (metadata.get(STAMP, b"").decode(), bounds))
    return _kept[path][1]


def _write(rows: pa.Table, path: Path) -> None:
    """Replace the file at once: whoever reads sees the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.stem}-{uuid4().hex}.tmp")
    try:
        arrow().parquet.write_table(rows, unfinished, compression="zstd", row_group_size=GROUP)
        os.replace(unfinished, path)  # noqa: PTH105 - the call that is atomic
    finally:
        unfinished.unlink(missing_ok=True)
    _forget_older(path)


def _forget_older(path: Path) -> None:
    """Of the files of one period on trees of other days only the newest stay."""
    period, parted, _ = path.stem.partition("@")
    others = sorted(path.parent.glob(f"{period}@*.parquet"), reverse=True) if parted else []
    for old in [other for other in others if other != path][DAYS_KEPT - 1 :]:
        old.unlink(missing_ok=True)


def table(facts: Facts, period: Period, stamp: str, bounds: list[int]) -> pa.Table:
    """The facts as a table, with what the file says of itself."""
    pa = arrow()
    columns: dict[str, Any] = {
        "period": pa.array(np.full(len(facts.unit), number(period), np.int32)),
        "unit": _units(facts.unit),
        **{f"level{depth}": _units(facts.levels[:, depth]) for depth in range(LEVELS)},
        **{name: pa.array(getattr(facts, name).astype(np.int32)) for name in _COUNTS},
        **{f"c{at}": pa.array(column, mask=~facts.present[:, at]) for at, column in enumerate(facts.values.T)},
    }
    for name in ("inapplicable", "missing"):
        words = bit_sets(getattr(facts, name))
        columns |= {f"{name}{word}": pa.array(bits) for word, bits in enumerate(words)}
    return pa.table(columns).replace_schema_metadata({STAMP: stamp.encode(), BOUNDS: json.dumps(bounds).encode()})


def _sums(columns: npt.NDArray[np.uint64]) -> list[int]:
    """The sum of every column as Python's integers, in halves: it may need more than 64 bits."""
    high, low = (columns >> np.uint64(32)).sum(axis=0), (columns & np.uint64(0xFFFFFFFF)).sum(axis=0)
    return [(int(upper) << 32) + int(lower) for upper, lower in zip(high, low, strict=True)]


def _units(units: Ints) -> Any:
    return arrow().array(units, mask=units < 0)


def bit_sets(flags: Flags) -> list[Ints]:
    """Flags (rows, cells) as words of BITS cells each: int64[rows], cell i in bit i % BITS of word i // BITS."""
    weights = np.left_shift(np.int64(1), np.arange(BITS, dtype=np.int64))
    return [
        (part * weights[: part.shape[1]]).sum(axis=1)
        for part in (flags[:, start : start + BITS] for start in range(0, flags.shape[1], BITS))
    ]
