"""Fit the points of `rules/leaning.tsv` to the labelled lines: `python -m tests.boundary.fit_leaning`.

Logistic regression (allowed against the rest) by full-batch descent from zero, so the outcome depends on the
lines alone; points are hundredths, cues of little weight are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from nhipcau.boundary import leaning
from nhipcau.boundary.engine import by_rules
from nhipcau.boundary.lexicon import book
from tests.boundary.labelled import KEPT_ASIDE, LINES, batches, lines, shipped_texts

STEPS, RATE, SHRINK = 400, 0.2, 0.005
SELDOM, SLIGHT = 2, 5  # cues seen less often, or of fewer points, are left out
TARGET = Path(leaning.__file__).parent / "rules" / "leaning.tsv"
HEAD = """# Made by `python -m tests.boundary.fit_leaning` from the labelled lines: add lines, edit nothing here.
# Hundredths of a logit, twice, then the cue (see leaning.cues), typed without marks; the empty cue is the start.
# First column: above zero heard in what is refused or doubtful, below zero in ordinary union work. Second column:
# above zero heard in what is refused, below zero in what is doubtful or ordinary.
"""


def material() -> list[tuple[str, str]]:
    """Every labelled line with its verdict, but for those kept aside to measure on; and what the product itself
    says but where it names what is refused: prose that is no line of a form would lean without."""
    collected = [(line, verdict) for verdict in LINES for line in lines(verdict)]
    examples = [
        (line, verdict) for rule in book().rules for verdict, listed in rule.examples.items() for line in listed
    ]
    later = [(line, verdict) for verdict, line in batches(without=KEPT_ASIDE)]
    prose = [(text, "allowed") for text in shipped_texts() if by_rules(text).verdict == "allowed"]
    return [*collected, *examples, *later, *prose]


def fit(known: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Both columns of points per cue, in hundredths; under the empty cue the start."""
    found = [leaning.cues(line) for line, _ in known]
    often = Counter(cue for listed in found for cue in listed)
    column = {cue: at for at, cue in enumerate(sorted(cue for cue, times in often.items() if times >= SELDOM))}
    table = Table.of([[column[cue] for cue in listed if cue in column] for listed in found], map(len, found))
    leans = _descend(table, len(column), np.array([verdict != "allowed" for _, verdict in known], np.float64))
    crosses = _descend(table, len(column), np.array([verdict == "refused" for _, verdict in known], np.float64))
    pairs = [(round(100 * float(a)), round(100 * float(b))) for a, b in zip(leans, crosses, strict=True)]
    kept = {cue: pairs[at] for cue, at in column.items() if max(map(abs, pairs[at])) >= SLIGHT}
    return {"": pairs[-1]} | kept


@dataclass(frozen=True)
class Table:
    """Which cues each line holds, every cue of a line weighing one over the root of their number."""

    rows: np.ndarray
    columns: np.ndarray
    weights: np.ndarray
    height: int

    @classmethod
    def of(cls, listed: Sequence[Sequence[int]], counts: Iterable[int]) -> Table:
        rows = np.repeat(np.arange(len(listed)), [len(each) for each in listed])
        share = np.array([1 / sqrt(count or 1) for count in counts])
        return cls(rows, np.array([at for each in listed for at in each]), share[rows], len(listed))

    def sums(self, points: np.ndarray) -> np.ndarray:
        """Of each line."""
        return np.bincount(self.rows, self.weights * points[self.columns], self.height)

    def slopes(self, off: np.ndarray, width: int) -> np.ndarray:
        """Of each cue."""
        return np.bincount(self.columns, self.weights * off[self.rows], width)


def _descend(table: Table, width: int, wanted: np.ndarray) -> np.ndarray:
    """Adam on the shrunk log loss, both verdicts weighing the same in all; the last place is the start."""
    share = wanted.mean()
    heft = np.where(wanted > 0, 0.5 / share, 0.5 / (1 - share))
    place, mean, square = (np.zeros(width + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        off = heft * (1 / (1 + np.exp(-(table.sums(place[:-1]) + place[-1]))) - wanted)
        slope = np.append(table.slopes(off, width) + SHRINK * place[:-1], off.sum()) / len(wanted)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        place -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return place


def sheet(points: dict[str, tuple[int, int]]) -> str:
    """The data file: heaviest first."""
    rows = sorted(points.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return HEAD + "".join(f"{leans}\t{crosses}\t{cue}\n" for cue, (leans, crosses) in rows)


if __name__ == "__main__":
    TARGET.write_text(sheet(fit(material())), encoding="utf-8")
