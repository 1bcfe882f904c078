"""The answers of one phase in figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SLOW = 500.0  # milliseconds that 95 of 100 answers are to keep to
PATIENCE = 45.0  # of the generator
BIN = 5.0  # seconds
DONE = {"send": 302, "read": 200}


@dataclass
class Answers:
    """Every answer of a phase, and of whom the submission was acknowledged."""

    lines: list[dict[str, Any]]
    acknowledged: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)  # forms not to be sent again

    @classmethod
    def read(cls, file: Path) -> Answers:
        """What the generator left in the file."""
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        if any(line["kind"] == "out of forms" for line in lines):
            raise RuntimeError("every form is sent: furnish more units (--units) or quarters (--quarters)")
        found = cls(lines)
        for line in found.of("send"):
            uid = line["path"].strip("/").rpartition("/")[2]
            if line["status"] != 503:
                found.gone.add(uid)
            if _done(line):
                found.acknowledged[uid] = line["gifts"]
        return found

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Those to one kind of request."""
        return [line for line in self.lines if line["kind"] == kind]

    def figures(self, kind: str, seconds: float) -> dict[str, Any]:
        """Rates a second, milliseconds of what was done, and how the rest ended."""
        lines = self.of(kind)
        done = [line["ms"] for line in lines if _done(line)]
        away = [line for line in lines if line["status"] == 503]
        began = min((line["at"] for line in lines), default=0.0)
        ended = max((line["at"] + line["ms"] / 1000 for line in lines), default=0.0)
        others = Counter(str(line["status"]) for line in lines if not _done(line) and line["status"] != 503)
        told: dict[str, Any] = {
            "arrived": len(lines),
            "arrived_per_second": round(len(lines) / seconds, 2),
            "done": len(done),
            "done_per_second": round(len(done) / max(seconds, ended - began), 2),
            **{f"p{share}_ms": percentile(done, share) for share in (50, 95, 99)},
            "longest_ms": max(done, default=0.0),
            "errors": dict(others),
            "turned_away": len(away),
        }
        if away:
            waits = [line["ms"] for line in away]
            told["turned_away_ms"] = {f"p{share}": percentile(waits, share) for share in (50, 95)}
            told["turned_away_ms"]["longest"] = max(waits)
            told["without_retry_after"] = sum(not line["again"].isdecimal() for line in away)
        return told

    def settled_after(self) -> float:
        """Seconds until requests were answered as they should be, and from then on all of the time."""
        began = min((line["at"] for line in self.lines), default=0.0)
        last = 0.0
        bins = Counter(int((line["at"] - began) // BIN) for line in self.lines)
        for place in sorted(bins):
            here = [line for line in self.lines if int((line["at"] - began) // BIN) == place]
            if not all(_done(line) for line in here) or percentile([line["ms"] for line in here], 95) > SLOW:
                last = (place + 1) * BIN
        return last


def kept(figures: dict[str, Any]) -> bool:
    """Whether a phase was answered as it should be: nobody turned away, nothing failed, in time."""
    kinds = [figures[kind] for kind in DONE]
    return all(
        one["done"] and not one["turned_away"] and not one["errors"] and one["p95_ms"] <= SLOW for one in kinds
    )


def percentile(times: Sequence[float], share: int) -> float:
    """The value that `share` % do not exceed (nearest rank); 0 of none."""
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)] if ordered else 0.0


def _done(line: dict[str, Any]) -> bool:
    """A form is acknowledged by being led back to its own page, not to the one for signing in."""
    if line["kind"] == "send" and urlsplit(str(line["to"])).path != line["path"]:
        return False
    return bool(line["status"] == DONE[line["kind"]])
