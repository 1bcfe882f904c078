"""A small safe language over indicators: arithmetic, comparisons, and/or/not. Parsed by Python's own `ast`
against a whitelist and walked, never evaluated as Python. A cell of a broken-down figure is written as it is
keyed: ``workers[sex=female] <= workers``.

A value that is missing makes every expression it enters unknown (None): a rule that cannot be decided does not
speak, and a ratio without its parts is missing rather than zero.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from nhipcau.core.errors import InvalidInput

Number = Fraction | bool
Values = Mapping[str, int | Fraction | None]

_ARITHMETIC: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction | None]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b if b else None,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}
_ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.USub, ast.Not, ast.BoolOp, ast.And, ast.Or, ast.Compare,
    ast.Name, ast.Load, ast.Constant, *_ARITHMETIC, *_COMPARISONS,
)  # fmt: skip
MAX_LENGTH = 500
# The key of a cell is no name to Python: it is read as one, and named by its key again.
_CELL = re.compile(r"\b([A-Za-z_]\w*)\[(\w+=\w+(?:,\w+=\w+)*)\]")


@dataclass(frozen=True)
class Expression:
    """An expression such as ``gift_money <= gifts * 5000000``."""

    text: str

    @cached_property
    def tree(self) -> ast.expr:
        """The checked syntax tree. InvalidInput names what is not part of the language."""
        try:
            parsed = ast.parse(self._as_names()[0], mode="eval") if len(self.text) <= MAX_LENGTH else None
        except (SyntaxError, ValueError, RecursionError) as error:
            raise InvalidInput(f"Biểu thức «{self.text}» viết sai: {error}.") from error
        if parsed is None:
            raise InvalidInput(f"Biểu thức dài quá {MAX_LENGTH} ký tự.")
        for node in ast.walk(parsed):
            wrong = isinstance(node, ast.Constant) and type(node.value) not in {int, float}
            if wrong or not isinstance(node, _ALLOWED):
                raise InvalidInput(
                    f"Biểu thức «{self.text}» dùng «{ast.unparse(node) if isinstance(node, ast.expr) else node}»; "
                    "chỉ dùng mã chỉ tiêu, số, + - * /, so sánh, and/or/not."
                )
        keys = self._as_names()[1]
        for node in ast.walk(parsed):
            if isinstance(node, ast.Name):
                node.id = keys.get(node.id, node.id)
        return parsed.body

    def _as_names(self) -> tuple[str, dict[str, str]]:
        """The text with a name in place of every cell key, and the keys by name."""
        keys: dict[str, str] = {}

        def name(found: re.Match[str]) -> str:
            keys[stand_in := f"_cell{len(keys)}_"] = found[0]
            return stand_in

        return _CELL.sub(name, self.text.strip()), keys

    @cached_property
    def names(self) -> frozenset[str]:
        """The indicator codes it reads."""
        return frozenset(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name))

    def evaluate(self, values: Values) -> Number | None:
        """The exact result, or None where a value it needs is missing or a divisor is zero."""
        return _value(self.tree, values)


def _value(node: ast.expr, values: Values) -> Number | None:  # noqa: PLR0911 - one return per kind of node
    match node:
        case ast.Name(id=name):
            found = values.get(name)
            return None if found is None else Fraction(found)
        case ast.Constant(value=number):
            return Fraction(str(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _value(operand, values)
            return None if inner is None else -Fraction(inner)
        case ast.UnaryOp(operand=operand):
            inner = _value(operand, values)
            return None if inner is None else not inner
        case ast.BinOp(left=left, op=operator, right=right):
            a, b = _value(left, values), _value(right, values)
            return None if a is None or b is None else _ARITHMETIC[type(operator)](Fraction(a), Fraction(b))
        case ast.BoolOp(op=operator, values=parts):
            return _logic([_value(part, values) for part in parts], every=isinstance(operator, ast.And))
        case ast.Compare(left=left, ops=operators, comparators=rest):
            return _compare([_value(part, values) for part in (left, *rest)], operators)
    raise TypeError(f"Nút {type(node).__name__} đã qua bảng cho phép mà không có cách tính.")


def _logic(parts: list[Number | None], *, every: bool) -> bool | None:
    """Three-valued: one decisive part decides, whatever is missing."""
    decisive = not every
    if any(part is not None and bool(part) is decisive for part in parts):
        return decisive
    return None if any(part is None for part in parts) else every


def _compare(parts: list[Number | None], operators: list[ast.cmpop]) -> bool | None:
    numbers = [Fraction(part) for part in parts if part is not None]
    if len(numbers) < len(parts):
        return None
    pairs = zip(numbers, numbers[1:], operators, strict=False)
    return all(_COMPARISONS[type(operator)](a, b) for a, b, operator in pairs)
