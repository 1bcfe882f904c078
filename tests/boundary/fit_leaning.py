"""Fit the points of `rules/leaning.yaml` to every labelled line: `python -m tests.boundary.fit_leaning`.

Logistic regression (allowed against the rest) by full-batch descent from zero, so the outcome depends on the
lines alone; points are hundredths, cues of little weight are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import numpy as np

from nhipcau.boundary import leaning
from nhipcau.boundary.lexicon import book
from tests.boundary.labelled import LINES, batches, form_texts, lines

STEPS, RATE, SHRINK = 200, 0.05, 0.1
SELDOM, SLIGHT = 2, 25  # cues seen less often, or of fewer points, are left out
ENOUGH = 125
TARGET = Path(leaning.__file__).parent / "rules" / "leaning.yaml"
HEAD = """# Made by `python -m tests.boundary.fit_leaning` from the labelled lines: add lines, edit nothing here.
# Points (hundredths) of words and pairs of neighbours, typed without marks: above zero heard in what is refused or
# doubtful, below zero in ordinary union work. A sentence weighs start + sum of points / root of the number of cues.
"""


def material() -> list[tuple[str, bool]]:
    """Every labelled line, and whether it is anything but allowed."""
    collected = [(line, verdict != "allowed") for verdict in LINES for line in lines(verdict)]
    examples = [
        (line, verdict != "allowed")
        for rule in book().rules
        for verdict, listed in rule.examples.items()
        for line in listed
    ]
    later = [(line, verdict != "allowed") for verdict, line in batches()]
    return [*collected, *examples, *later, *((text, False) for text in form_texts())]


def fit(known: Sequence[tuple[str, bool]]) -> tuple[dict[str, int], int]:
    """Points per cue and the start, in hundredths."""
    found = [leaning.cues(line) for line, _ in known]
    often = Counter(cue for listed in found for cue in listed)
    column = {cue: at for at, cue in enumerate(sorted(cue for cue, times in often.items() if times >= SELDOM))}
    table = np.zeros((len(known), len(column)), np.float32)
    for row, listed in zip(table, found, strict=True):
        row[[column[cue] for cue in listed if cue in column]] = 1 / sqrt(len(listed))
    wanted = np.array([leans for _, leans in known], np.float32)
    points, start = _descend(table, wanted)
    kept = {cue: round(100 * float(points[at])) for cue, at in column.items()}
    return {cue: value for cue, value in kept.items() if abs(value) >= SLIGHT}, round(100 * start)


def _descend(table: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, float]:
    """Adam on the shrunk log loss; the last place is the start."""
    size = len(wanted)
    place, mean, square = (np.zeros(table.shape[1] + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        off = 1 / (1 + np.exp(-(table @ place[:-1] + place[-1]))) - wanted
        slope = np.append(table.T @ off + SHRINK * place[:-1], off.sum()) / size
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        place -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return place[:-1], float(place[-1])


def sheet(points: dict[str, int], start: int) -> str:
    """The data file: cues grouped by their points, heaviest first."""
    groups: dict[int, list[str]] = defaultdict(list)
    for cue, value in points.items():
        groups[value].append(cue)
    listed = "".join(f'  {value}: "{", ".join(sorted(groups[value]))}"\n' for value in sorted(groups, reverse=True))
    return f"{HEAD}start: {start}\nenough: {ENOUGH}\npoints:\n{listed}"


if __name__ == "__main__":
    TARGET.write_text(sheet(*fit(material())), encoding="utf-8")
