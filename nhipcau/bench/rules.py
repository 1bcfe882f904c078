"""A thousand rules over a thousand reports: compiled from their texts, and written out by hand in numpy.

`ours` decides every rule from its text as the pages and the import do; the hand-written ones know their columns,
their scales and that nothing overflows: they are the peer, and the least that decides every rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nhipcau.bench.measure import Case
from nhipcau.bench.nation import asked_plainly, figures

if TYPE_CHECKING:
    from nhipcau.reports.design.compiled import Rules
    from nhipcau.reports.design.frames import Frames

RULES = 1000
_KINDS = 4
Marks = npt.NDArray[np.bool_]


def rules_case(forms: int, indicators: int) -> Case:
    """The rules take turns: an amount each, a sum, the period before, the usual."""
    codes = [one["code"] for one in asked_plainly(indicators) if not one.get("decimals")]
    drawn = np.random.default_rng(11).integers(0, len(codes), (RULES, 3)).tolist()
    rules, frames = _rules(codes, drawn, indicators), _frames(forms, indicators)
    return Case(
        name="rules",
        ours=lambda: rules.broken(frames),
        peer="the same rules written out in numpy by hand",
        peer_side=lambda: by_hand(drawn, frames),
        limit="the same: by hand",
        limit_side=lambda: by_hand(drawn, frames),
        agree=lambda ours, peer: bool((ours == peer).all() and ours.any()),
    )


def _text(kind: int, a: str, b: str, c: str) -> str:
    return (
        f"{a} <= {b} * 5000000",
        f"{a} + {b} >= {c}",
        f"{a} <= previous({a}) * 5 and {a} * 5 >= previous({a})",
        f"2 * {a} <= usual({b}) + {c}",
    )[kind]


def _rules(codes: list[str], drawn: list[list[int]], indicators: int) -> Rules:
    from nhipcau.reports.design.compiled import Rules
    from nhipcau.reports.design.parsing import parse

    texts = [_text(number % _KINDS, *(codes[one] for one in row)) for number, row in enumerate(drawn)]
    form: dict[str, Any] = {
        "code": "do", "name": "Báo cáo dùng để đo", "period": "half", "first_period": "2025-H1",
        "sections": [{"title": "Chăm lo", "indicators": asked_plainly(indicators)}],
        "rules": [{"code": f"r{n}", "check": text, "message": "…"} for n, text in enumerate(texts)],
    }  # fmt: skip
    return Rules(parse(form)[0])


def _frames(forms: int, indicators: int) -> Frames:
    from nhipcau.reports.design.frames import Frame, Frames, middle

    random = np.random.default_rng(12)
    now, before, *past = (figures(forms, indicators, random) for _ in range(6))
    values = np.stack([one[0] for one in past], axis=1)
    known = np.stack([one[1] == 1 for one in past], axis=1)
    others = {"previous": Frame.of(*before), "usual": middle(values, known, 3)}
    return Frames(Frame.of(*now), others)


def by_hand(drawn: list[list[int]], frames: Frames) -> Marks:
    """As somebody would write them who knows every column; entered without decimals, the usual doubled."""
    now, known = np.ascontiguousarray(frames.now.values.T), np.ascontiguousarray(frames.now.known.T)
    before, usual = frames.others["previous"], frames.others["usual"]
    then, then_known = np.ascontiguousarray(before.values.T), np.ascontiguousarray(before.known.T)
    middle, middle_known = np.ascontiguousarray(usual.values.T), np.ascontiguousarray(usual.known.T)
    found = np.zeros((len(drawn), now.shape[1]), np.bool_)
    for number, (a, b, c) in enumerate(drawn):
        match number % _KINDS:
            case 0:
                found[number] = known[a] & known[b] & (now[a] > now[b] * 5_000_000)
            case 1:
                found[number] = known[a] & known[b] & known[c] & (now[a] + now[b] < now[c])
            case 2:
                far = (now[a] > then[a] * 5) | (now[a] * 5 < then[a])
                found[number] = known[a] & then_known[a] & far
            case 3:
                over = 4 * now[a] > middle[b] + 2 * now[c]
                found[number] = known[a] & middle_known[b] & known[c] & over
    return found
