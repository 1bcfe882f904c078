"""What the code itself may not do, besides the rules of bandit that `./run check` asks of it (ruff, "S")."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nhipcau"
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
SQL = {"cursor", "raw", "extra", "executescript", "RawSQL"}
# Where statements are written by hand, each for what the ORM cannot say: trees and closures, COPY, the databases'
# own search, locks of one row, a look at the server itself. The benches compare with other ways on purpose.
WRITES_SQL = {
    "analytics/copies.py",
    "audit/actions.py",
    "documents/search/engine.py",
    "documents/search/finding.py",
    "documents/search/rows.py",
    "ops/backup/laying.py",
    "ops/backup/snapshots.py",
    "ops/doctor/running.py",
    "ops/gauges.py",
    "ops/retention.py",
    "ops/verify.py",
    "org/bulk.py",
    "org/closure_changes.py",
    "org/closures.py",
    "org/columns.py",
    "org/soundness.py",
    "outbox/holding.py",
    "reports/filling/seen.py",
    "reports/queries.py",
    "reports/sealing/staleness.py",
    "reports/totals/records.py",
    "reports/totals/stored.py",
    "web/watch/health.py",
}
# Markup that is ours alone, and why nobody's words can be in it.
UNESCAPED = {
    "web/icons.py": "shapes of this package",
    "web/templates/web/account/app.html": "the picture of a key, drawn by a library from letters and digits",
}


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _calls(path: Path) -> set[str]:
    """What a module calls, by its last name."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {getattr(call, "attr", getattr(call, "id", "")) for call in calls}


def test_statements_are_written_by_hand_in_named_places_alone() -> None:
    found = {_name(path) for path in MODULES if path.parts[len(PACKAGE.parts)] != "bench" and _calls(path) & SQL}
    assert found == WRITES_SQL


def test_nothing_is_put_into_a_page_unescaped_without_a_reason() -> None:
    escaping = re.compile(r"\bmark_safe\(|\|safe\b|autoescape off")
    pages = [*MODULES, *PACKAGE.rglob("*.html")]
    assert {_name(path) for path in pages if escaping.search(path.read_text("utf-8"))} == set(UNESCAPED)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_error_is_caught_whatever_it_is_and_forgotten(path: Path) -> None:
    """`except Exception` must do something with it: raise, tell, or answer by it."""
    broad = {"Exception", "BaseException"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            named = {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else broad
            does = [one for one in node.body if not isinstance(one, ast.Pass | ast.Continue)]
            assert does or not named & broad, f"{_name(path)}:{node.lineno}"
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "suppress":
            assert not {ast.unparse(one) for one in node.args} & broad, f"{_name(path)}:{node.lineno}"


def test_every_rule_of_bandit_is_asked_but_one_that_is_explained() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert [rule for rule in lint["ignore"] if re.match(r"S\d", rule)] == []
    loose = {where: [rule for rule in rules if rule[0] == "S" and rule[1:].isdigit()] for where, rules in
             lint["per-file-ignores"].items()}  # fmt: skip
    for where, rules in loose.items():
        if rules:
            line = next(line for line in text.splitlines() if line.startswith(f'"{where}"'))
            assert "#" in line, f"say why {where} is let off {rules}"
