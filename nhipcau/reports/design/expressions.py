"""A small safe language over indicators: arithmetic, comparisons, and/or/not, a few functions. Parsed by Python's
own `ast` against a whitelist and walked, never evaluated as Python. A cell of a broken-down figure is written as it
is keyed: ``workers[sex=female] <= workers``.

``previous(x)``, ``last_year(x)``, ``children(x)``, ``usual(x)`` and ``peers(x)`` read the figure of another period
or of other units, ``target(x)`` and ``year_target(x)`` what the level above asked for (see FRAMES); they become
names like any other. ``slip(x)`` is short for a comparison with ``usual(x)``.

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
from nhipcau.core.said import Said

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
    ast.Expression, ast.Call, ast.BinOp, ast.UnaryOp, ast.USub, ast.Not, ast.BoolOp, ast.And, ast.Or, ast.Compare,
    ast.Name, ast.Load, ast.Constant, *_ARITHMETIC, *_COMPARISONS,
)  # fmt: skip
MAX_LENGTH = 500
PLANS = ("target", "year_target")
# Where else a figure is read.
FRAMES: Mapping[str, Said] = {
    "previous": Said("số đã được tiếp nhận của kỳ liền trước", "the accepted figure one period earlier"),
    "last_year": Said(
        "số đã được tiếp nhận của cùng kỳ năm trước", "the accepted figure of the same period last year"
    ),
    "children": Said(
        "cộng các báo cáo đã được tiếp nhận của mọi đơn vị ở dưới",
        "added up from the accepted reports of all units below",
    ),
    "usual": Said(
        "số ở giữa của tám kỳ gần nhất đã được tiếp nhận của chính đơn vị, ít nhất ba kỳ",
        "the middle of the unit's own accepted figures of the latest eight periods, three at least",
    ),
    "peers": Said(
        "số ở giữa của các đơn vị cùng loại, cùng cấp trên, ít nhất mười đơn vị",
        "the middle of what units of its kind under the same superior have sent, ten at least",
    ),
    "target": Said("kế hoạch được giao cho chính kỳ này", "the plan given for this very period"),
    "year_target": Said("kế hoạch được giao cho cả năm", "the plan given for the year"),
}
FUNCTIONS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "abs": lambda values: abs(values[0]),
    "min": min,
    "max": max,
}
# A figure about a thousand or a million times what is usual, or that small a part of it: đồng for nghìn or triệu.
_FACTORS, _NEAR = (1_000, 1_000_000), 3
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
            raise InvalidInput(
                Said(
                    f"Biểu thức «{self.text}» viết sai: {error}.",
                    f"The expression «{self.text}» is wrong: {error}.",
                )
            ) from error
        if parsed is None:
            raise InvalidInput(
                Said(
                    f"Biểu thức dài quá {MAX_LENGTH} ký tự.",
                    f"The expression is longer than {MAX_LENGTH} characters.",
                )
            )
        for node in ast.walk(parsed):
            wrong = isinstance(node, ast.Constant) and type(node.value) not in {int, float}
            wrong = wrong or (isinstance(node, ast.Call) and not _is_known(node))
            if wrong or not isinstance(node, _ALLOWED):
                raise InvalidInput(
                    f"Biểu thức «{self.text}» dùng «{ast.unparse(node) if isinstance(node, ast.expr) else node}»; "
                    "chỉ dùng mã chỉ tiêu, số, + - * /, so sánh, and/or/not, "
                    f"{', '.join((*FRAMES, 'slip'))} của một chỉ tiêu, abs, min, max."
                )
        whole: ast.Expression = _Named(self._as_names()[1]).visit(parsed)
        return whole.body

    def _as_names(self) -> tuple[str, dict[str, str]]:
        """The text with a name in place of every cell key, and the keys by name."""
        keys: dict[str, str] = {}

        def name(found: re.Match[str]) -> str:
            keys[stand_in := f"_cell{len(keys)}_"] = found[0]
            return stand_in

        return _CELL.sub(name, self.text.strip()), keys

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every figure it reads: "gifts" of this period, "previous(gifts)" and the like."""
        called = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        names = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return frozenset(node.id for node in names if id(node) not in called)

    @cached_property
    def names(self) -> frozenset[str]:
        """The indicator codes it reads, of whatever period."""
        return frozenset(framed(read)[1] for read in self.reads)

    def evaluate(self, values: Values) -> Number | None:
        """The exact result, or None where a value it needs is missing or a divisor is zero."""
        return _value(self.tree, values)


def framed(read: str) -> tuple[str, str]:
    """("previous", "gifts") of "previous(gifts)"; ("", "gifts") of "gifts"."""
    frame, bracket, rest = read.partition("(")
    return (frame, rest[:-1]) if bracket else ("", read)


def _is_known(call: ast.Call) -> bool:
    """Whether it is one of the functions, with the arguments that it takes."""
    if not isinstance(call.func, ast.Name) or call.keywords:
        return False
    if call.func.id in {*FRAMES, "slip"}:
        return len(call.args) == 1 and isinstance(call.args[0], ast.Name)
    return call.func.id in FUNCTIONS and len(call.args) >= (1 if call.func.id == "abs" else 2)


@dataclass(frozen=True)
class _Named(ast.NodeTransformer):
    """Keys in place of their stand-ins, and names in place of what is read elsewhere."""

    keys: Mapping[str, str]

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.keys.get(node.id, node.id), ast.Load())

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function, first = node.func, node.args[0]
        assert isinstance(function, ast.Name)  # noqa: S101 - checked before
        if function.id in FUNCTIONS:
            return ast.Call(function, [self.visit(part) for part in node.args], [])
        assert isinstance(first, ast.Name)  # noqa: S101 - checked before
        code = self.keys.get(first.id, first.id)
        return _slip(code) if function.id == "slip" else ast.Name(f"{function.id}({code})", ast.Load())


def _slip(code: str) -> ast.expr:
    """x is near k times what is usual, or what is usual near k times x; near: up to three times more or less."""
    pairs = [(a, b, factor) for factor in _FACTORS for a, b in (("x", "u"), ("u", "x"))]
    near = [f"({a} * {_NEAR} >= {b} * {k} and {a} <= {b} * {_NEAR * k})" for a, b, k in pairs]
    written = ast.parse(f"x > 0 and u > 0 and ({' or '.join(near)})", mode="eval")
    made: ast.Expression = _Named({"x": code, "u": f"usual({code})"}).visit(written)
    return made.body


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
        case ast.Call(func=ast.Name(id=name), args=arguments):
            given = [_value(argument, values) for argument in arguments]
            known = [Fraction(value) for value in given if value is not None]
            return FUNCTIONS[name](known) if len(known) == len(given) else None
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
