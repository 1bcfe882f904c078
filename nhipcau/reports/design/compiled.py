"""Rules compiled to numpy: each is decided for all reports at once, exactly.

A value is a fraction: an int64 numerator over a common denominator, or over one array of them after a division.
Before every step the largest numerator it could give is computed with Python's own integers; where that would not
fit into 64 bits, the rule is decided report by report with exact fractions instead (`Expression.evaluate`).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from math import lcm
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nhipcau.core.numbers import INT64_MAX, Cell, CellState
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.expressions import Expression, framed
from nhipcau.reports.design.figures import exact_values
from nhipcau.reports.design.frames import Frame, Frames, Known

Ints = npt.NDArray[np.int64]


class _TooLarge(Exception):
    """A step might not fit into 64 bits."""


class _Number(NamedTuple):
    """top/bottom in each report where `known`; `most` bounds |top|, `deep` bounds bottom, which is above zero."""

    top: Ints | int
    bottom: Ints | int
    known: Known | bool
    most: int
    deep: int


class _Truth(NamedTuple):
    """True or false in each report where `known`; false elsewhere."""

    true: Known | bool
    known: Known | bool


_Value = _Number | _Truth
_UNKNOWN = _Number(0, 1, known=False, most=0, deep=1)


@dataclass(frozen=True)
class Rules:
    """The rules of a template version, ready for any number of reports."""

    definition: Definition

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """One for each rule, parsed once."""
        return tuple(Expression(rule.check) for rule in self.definition.rules)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The frames besides this period that some rule reads."""
        return frozenset(framed(read)[0] for one in self.expressions for read in one.reads) - {""}

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Where each entered indicator stands in a payload."""
        return {code: place for place, code in enumerate(self.definition.cells())}

    @cached_property
    def items(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {item.code: item for item in self.definition.indicators()}

    @cached_property
    def formulas(self) -> Mapping[str, Expression]:
        """Formula indicators by code."""
        return self.definition.formulas()

    def broken(self, frames: Frames) -> Known:
        """Shape (rules, reports): where a rule is known not to hold."""
        sheet = _Sheet(self, frames)
        found = np.zeros((len(self.expressions), len(frames.now.values)), np.bool_)
        for place, expression in enumerate(self.expressions):
            found[place] = self._decided(expression, sheet)
        return found

    def _decided(self, expression: Expression, sheet: _Sheet) -> Known | bool:
        try:
            truth = sheet.value(expression.tree)
        except _TooLarge:
            return np.array([expression.evaluate(one) is False for one in sheet.exact], np.bool_)
        if isinstance(truth, _Number):
            return False  # a figure is neither true nor false
        decided: Known | bool = _and(truth.known, _not(truth.true))
        return decided


class _Sheet:
    """The figures of all reports while rules are decided over them; each is worked out once."""

    def __init__(self, rules: Rules, frames: Frames) -> None:
        self.rules = rules
        self.frames = frames
        self.found: dict[str, _Number] = {}

    @cached_property
    def exact(self) -> list[dict[str, Fraction | int | None]]:
        """Every report's figures as exact fractions, by how rules name them."""
        return [exact_reads(self.rules.definition, self.frames, row) for row in range(len(self.frames.now.values))]

    def read(self, name: str) -> _Number:
        """A figure by how rules name it."""
        if name not in self.found:
            frame, code = framed(name)
            self.found[name] = self._worked_out(frame, code)
        return self.found[name]

    def _worked_out(self, name: str, code: str) -> _Number:
        frame, item = self.frames.get(name), self.rules.items.get(code)
        if frame is None or item is None:
            return _UNKNOWN
        if frame.stated is not None:
            return _column(frame, [frame.stated[code]], 10**item.decimals) if code in frame.stated else _UNKNOWN
        if code in self.rules.formulas:
            return _as_number(self.value(self.rules.formulas[code].tree, name))
        places = [self.rules.columns[part] for part in self.rules.definition.parts_of(code)]
        return _column(frame, places, frame.parts * 10**item.decimals)

    def value(self, node: ast.expr, frame: str = "") -> _Value:  # noqa: PLR0911 - one return per kind of node
        """A node over all reports; names are read in `frame`, where a formula is worked out."""
        match node:
            case ast.Name(id=name):
                return self.read(f"{frame}({name})" if frame else name)
            case ast.Constant(value=number):
                return _constant(number)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _negative(_as_number(self.value(operand, frame)))
            case ast.UnaryOp(operand=operand):
                inner = _as_truth(self.value(operand, frame))
                return _Truth(_and(inner.known, _not(inner.true)), inner.known)
            case ast.BinOp(left=left, op=operator, right=right):
                a, b = _as_number(self.value(left, frame)), _as_number(self.value(right, frame))
                return _calculated(operator, a, b)
            case ast.BoolOp(op=operator, values=parts):
                truths = [_as_truth(self.value(part, frame)) for part in parts]
                return _logic(truths, every=isinstance(operator, ast.And))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return _called(name, [_as_number(self.value(one, frame)) for one in arguments])
            case ast.Compare(left=left, ops=operators, comparators=rest):
                return _compared([_as_number(self.value(one, frame)) for one in (left, *rest)], operators)
        raise TypeError(f"Nút {type(node).__name__} đã qua bảng cho phép mà không có cách tính.")


def exact_reads(definition: Definition, frames: Frames, row: int) -> dict[str, Fraction | int | None]:
    """What rules read of one report, unscaled and exact; None where missing."""
    values = exact_values(definition, _cells(definition, frames.now, row))
    for name, frame in frames.others.items():
        if frame.stated is not None:
            values |= _stated(definition, name, frame, row)
            continue
        halves = exact_values(definition, _cells(definition, frame, row))
        values |= {
            f"{name}({code})": None if value is None else Fraction(value) / frame.parts
            for code, value in halves.items()
        }
    return values


def _stated(definition: Definition, name: str, frame: Frame, row: int) -> dict[str, Fraction | int | None]:
    decimals = {item.code: item.decimals for item in definition.indicators()}
    return {
        f"{name}({code})": Fraction(int(frame.values[row, place]), 10 ** decimals[code])
        if frame.known[row, place]
        else None
        for code, place in (frame.stated or {}).items()
    }


def _cells(definition: Definition, frame: Frame, row: int) -> dict[str, Cell]:
    pairs = zip(frame.values[row].tolist(), frame.known[row].tolist(), strict=True)
    states = [Cell(CellState.VALUE, value) if known else Cell(CellState.MISSING) for value, known in pairs]
    return dict(zip(definition.cells(), states, strict=True))


def _column(frame: Frame, places: list[int], bottom: int) -> _Number:
    """One cell, or the sum of those present of several."""
    known = np.asarray(frame.known[:, places].any(axis=1))
    tops = np.where(frame.known[:, places], frame.values[:, places], 0)
    most = sum(max(int(part.max(initial=0)), -int(part.min(initial=0))) for part in tops.T)
    _fits(most)
    return _Number(tops.sum(axis=1), bottom, known, most, bottom)


@lru_cache(maxsize=1024)
def _constant(number: int | float) -> _Number:
    """As it is written: 0.1 is a tenth."""
    exact = Fraction(str(number))
    top, bottom = exact.numerator, exact.denominator
    return _Number(top, bottom, known=True, most=abs(top), deep=bottom)


def _fits(most: int) -> None:
    if most > INT64_MAX:
        raise _TooLarge


def _and(a: Any, b: Any) -> Any:
    """Of two arrays or plain truths."""
    if a is True or b is False:
        return b
    return a if b is True or a is False else a & b


def _or(a: Any, b: Any) -> Any:
    if a is False or b is True:
        return b
    return a if b is False or a is True else a | b


def _not(a: Any) -> Any:
    return not a if isinstance(a, bool) else ~a


def _as_number(value: _Value) -> _Number:
    if isinstance(value, _Number):
        return value
    return _Number(np.asarray(value.true).astype(np.int64), 1, value.known, 1, 1)


def _as_truth(value: _Value) -> _Truth:
    return value if isinstance(value, _Truth) else _Truth(_and(value.known, value.top != 0), value.known)


def _negative(a: _Number) -> _Number:
    return _Number(-a.top, a.bottom, a.known, a.most, a.deep)


def _levelled(a: _Number, b: _Number) -> tuple[_Number, _Number]:
    """Both over the same denominator."""
    if isinstance(a.bottom, int) and isinstance(b.bottom, int):
        if a.bottom == b.bottom:
            return a, b
        bottom: Ints | int = lcm(a.bottom, b.bottom)
        deep = int(bottom)
        by_a, by_b, most_a, most_b = deep // a.bottom, deep // b.bottom, deep // a.bottom, deep // b.bottom
        tops = _times(a.top, a.most, by_a, most_a), _times(b.top, b.most, by_b, most_b)
    else:
        bottom, deep = _times(a.bottom, a.deep, b.bottom, b.deep), a.deep * b.deep
        most_a, most_b = b.deep, a.deep
        tops = _times(a.top, a.most, b.bottom, b.deep), _times(b.top, b.most, a.bottom, a.deep)
    return (
        _Number(tops[0], bottom, a.known, a.most * most_a, deep),
        _Number(tops[1], bottom, b.known, b.most * most_b, deep),
    )


def _times(a: Ints | int, most_a: int, b: Ints | int, most_b: int) -> Any:
    _fits(max(most_a, most_b, most_a * most_b))
    return a * b


def _calculated(operator: ast.operator, a: _Number, b: _Number) -> _Number:
    known = _and(a.known, b.known)
    if isinstance(operator, ast.Mult):
        bottom = _times(a.bottom, a.deep, b.bottom, b.deep)
        return _Number(_times(a.top, a.most, b.top, b.most), bottom, known, a.most * b.most, a.deep * b.deep)
    if isinstance(operator, ast.Div):
        _fits(b.most)
        sign: Any = np.sign(b.top)
        size = np.abs(b.top)
        top = _times(a.top, a.most, b.bottom, b.deep) * sign
        bottom = _times(a.bottom, a.deep, np.where(size == 0, 1, size), max(b.most, 1))
        return _Number(top, bottom, _and(known, sign != 0), a.most * b.deep, a.deep * max(b.most, 1))
    a, b = _levelled(a, b)
    _fits(a.most + b.most)
    top = a.top + b.top if isinstance(operator, ast.Add) else a.top - b.top
    return _Number(top, a.bottom, known, a.most + b.most, a.deep)


def _called(name: str, values: list[_Number]) -> _Number:
    first, *rest = values
    if name == "abs":
        size: Any = np.abs(first.top)
        return _Number(size, first.bottom, first.known, first.most, first.deep)
    choose = np.minimum if name == "min" else np.maximum
    for value in rest:
        a, b = _levelled(first, value)
        _fits(max(a.most, b.most))
        known = _and(a.known, b.known)
        first = _Number(choose(a.top, b.top), a.bottom, known, max(a.most, b.most), a.deep)
    return first


def _compared(values: list[_Number], operators: list[ast.cmpop]) -> _Truth:
    known: Any = True
    for value in values:
        known = _and(known, value.known)
    true: Any = known
    for (a, b), operator in zip(pairwise(values), operators, strict=True):
        one, other = _levelled(a, b)
        true = _and(true, _pair(operator, one.top, other.top))
    return _Truth(true, known)


def _pair(operator: ast.cmpop, a: Any, b: Any) -> Any:
    """Two numerators over the same denominator."""
    match operator:
        case ast.Lt():
            return a < b
        case ast.LtE():
            return a <= b
        case ast.Gt():
            return a > b
        case ast.GtE():
            return a >= b
        case ast.Eq():
            return a == b
    return a != b


def _logic(parts: list[_Truth], *, every: bool) -> _Truth:
    """Three-valued, as for one report: one decisive part decides, whatever is missing."""
    known: Any = True
    decided: Any = False
    for part in parts:
        known = _and(known, part.known)
        decided = _or(decided, _and(part.known, _not(part.true)) if every else part.true)
    whole = _or(known, decided)
    return _Truth(_and(whole, _not(decided)) if every else decided, whole)
