"""Fit the points of `rules/leaning.yaml` to every labelled line: `python -m tests.boundary.fit_leaning`.

Logistic regression (allowed against the rest) by full-batch descent from zero, so the outcome depends on the
lines alone; points are hundredths, cues of little weight are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import numpy as np

from nhipcau.boundary import leaning
from nhipcau.boundary.lexicon import book
from tests.boundary.labelled import LINES, batches, form_texts, lines

STEPS, RATE, SHRINK = 300, 0.2, 0.03
SELDOM, SLIGHT = 2, 5  # cues seen less often, or of fewer points, are left out
TARGET = Path(leaning.__file__).parent / "rules" / "leaning.tsv"
HEAD = """# Made by `python -m tests.boundary.fit_leaning` from the labelled lines: add lines, edit nothing here.
# Hundredths of a logit, twice, then the cue (see leaning.cues), typed without marks; the empty cue is the start.
# First column: above zero heard in what is refused or doubtful, below zero in ordinary union work. Second column:
# above zero heard in what is refused, below zero in what is doubtful or ordinary.
"""


def material() -> list[tuple[str, str]]:
    """Every labelled line with its verdict."""
    collected = [(line, verdict) for verdict in LINES for line in lines(verdict)]
    examples = [
        (line, verdict) for rule in book().rules for verdict, listed in rule.examples.items() for line in listed
    ]
    later = [(line, verdict) for verdict, line in batches()]
    return [*collected, *examples, *later, *((text, "allowed") for text in form_texts())]


def fit(known: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Both columns of points per cue, in hundredths; under the empty cue the start."""
    found = [leaning.cues(line) for line, _ in known]
    often = Counter(cue for listed in found for cue in listed)
    column = {cue: at for at, cue in enumerate(sorted(cue for cue, times in often.items() if times >= SELDOM))}
    table = np.zeros((len(known), len(column)), np.float32)
    for row, listed in zip(table, found, strict=True):
        row[[column[cue] for cue in listed if cue in column]] = 1 / sqrt(len(listed) or 1)
    leans = _descend(table, np.array([verdict != "allowed" for _, verdict in known], np.float32))
    crosses = _descend(table, np.array([verdict == "refused" for _, verdict in known], np.float32))
    pairs = [(round(100 * float(a)), round(100 * float(b))) for a, b in zip(leans, crosses, strict=True)]
    kept = {cue: pairs[at] for cue, at in column.items() if max(map(abs, pairs[at])) >= SLIGHT}
    return {"": pairs[-1]} | kept


def _descend(table: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Adam on the shrunk log loss, both verdicts weighing the same in all; the last place is the start."""
    share = wanted.mean()
    heft = np.where(wanted > 0, 0.5 / share, 0.5 / (1 - share)).astype(np.float32)
    place, mean, square = (np.zeros(table.shape[1] + 1, np.float32) for _ in range(3))
    for step in range(1, STEPS + 1):
        off = heft * (1 / (1 + np.exp(-(table @ place[:-1] + place[-1]))) - wanted)
        slope = np.append(table.T @ off + SHRINK * place[:-1], off.sum()) / len(wanted)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        place -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return place


def sheet(points: dict[str, tuple[int, int]]) -> str:
    """The data file: heaviest first."""
    rows = sorted(points.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return HEAD + "".join(f"{leans}\t{crosses}\t{cue}\n" for cue, (leans, crosses) in rows)


if __name__ == "__main__":
    TARGET.write_text(sheet(fit(material())), encoding="utf-8")
