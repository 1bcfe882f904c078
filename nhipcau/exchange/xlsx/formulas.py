"""A template's expressions as Excel formulas, so that the form itself speaks while it is filled in.

What Excel says is a courtesy: everything is computed and checked anew when the form is read back. A formula stays
silent while a figure it reads is missing, as the rules themselves do.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import pairwise

from nhipcau.reports.design.definition import PLACEHOLDER, Definition, Rule
from nhipcau.reports.design.expressions import Expression

# The cell of a figure as rules name it: "F7" of "gifts", "E7" of "previous(gifts)"; KeyError where there is none.
Where = Callable[[str], str]

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">",
    ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>",
}  # fmt: skip
_SAID = {"error": "Phải sửa", "warning": "Cần giải thích", "info": "Lưu ý"}
_LONGEST_TEXT = 250  # characters of a text in a formula; Excel takes 255
LONGEST = 8000  # characters of a formula; Excel takes 8192


def computed(expression: Expression, decimals: int, where: Where) -> str:
    """A formula indicator: rounded, empty while a part is missing."""
    known = _known(expression, where)
    return f'=IFERROR(IF({known},ROUND({_written(expression.tree, where)},{decimals}),""),"")'


def added(cells: list[str]) -> str:
    """The total of the cells a figure is broken down into: empty while none is present."""
    listed = ",".join(cells)
    return f'=IF(COUNT({listed})=0,"",SUM({listed}))'


def broken(rule: Rule, where: Where) -> str:
    """True while the rule finds something."""
    expression = Expression(rule.check)
    return f"=AND({_known(expression, where)},NOT({_written(expression.tree, where)}))"


def spoken_here(rules: tuple[Rule, ...], where: Where) -> tuple[Rule, ...]:
    """The rules that read nothing but what stands in the form."""
    return tuple(rule for rule in rules if _stands(rule, where))


def _stands(rule: Rule, where: Where) -> bool:
    try:
        return bool(_known(Expression(rule.check), where))
    except KeyError:
        return False


def verdict(rules: tuple[Rule, ...], definition: Definition, where: Where) -> str:
    """What the rules that speak at one cell say there, in words with the values in them; empty if too long."""
    parts = [f'IFERROR(IF({broken(rule, where)[1:]},{_message(rule, definition, where)},""),"")' for rule in rules]
    formula = "=" + "&".join(parts)
    return formula if parts and len(formula) <= LONGEST else ""


def _known(expression: Expression, where: Where) -> str:
    reads = sorted(expression.reads)
    return f"AND({','.join(f'ISNUMBER({where(read)})' for read in reads)})" if reads else "TRUE"


def _message(rule: Rule, definition: Definition, where: Where) -> str:
    """The message with its values: pieces of text and FIXED(), which writes numbers the reader's own way."""
    parts = [_text(f"{_SAID[rule.severity]}: ")]
    rest = 0
    for found in PLACEHOLDER.finditer(rule.message):
        item = definition.indicator(found[1])
        parts += [
            _text(rule.message[rest : found.start()]),
            f"FIXED({where(found[1])},{item.decimals if item else 0})",
        ]
        rest = found.end()
    parts += [_text(rule.message[rest:] + " ")]
    return "&".join(part for part in parts if part)


def _text(words: str) -> str:
    doubled = [words[at : at + _LONGEST_TEXT] for at in range(0, len(words), _LONGEST_TEXT)]
    return "&".join('"' + one.replace('"', '""') + '"' for one in doubled)


def _written(node: ast.expr, where: Where) -> str:  # noqa: PLR0911 - one return per kind of node
    match node:
        case ast.Name(id=name):
            return where(name)
        case ast.Constant(value=value):
            return str(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"NOT({_written(operand, where)})"
        case ast.UnaryOp(operand=operand):
            return f"(-{_written(operand, where)})"
        case ast.BinOp(left=left, op=operator, right=right):
            return f"({_written(left, where)}{_SIGNS[type(operator)]}{_written(right, where)})"
        case ast.BoolOp(op=operator, values=parts):
            name = "AND" if isinstance(operator, ast.And) else "OR"
            return f"{name}({','.join(_written(part, where) for part in parts)})"
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return f"{name.upper()}({','.join(_written(one, where) for one in arguments)})"
        case ast.Compare(left=left, ops=operators, comparators=rest):
            sides = pairwise([_written(part, where) for part in (left, *rest)])
            pairs = [f"({a}{_SIGNS[type(sign)]}{b})" for (a, b), sign in zip(sides, operators, strict=True)]
            return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"
    raise TypeError(f"Nút {type(node).__name__} không có cách viết trong Excel.")
