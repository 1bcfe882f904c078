"""Promises about the code itself that no single package can keep alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nhipcau"
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
WRITES = re.compile(r"\.(save|create|bulk_create|update_or_create|get_or_create|delete|bulk_update)\(")


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_every_import_points_down() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in MODULES
        for node in functions(path)
        if node.end_lineno is not None and node.end_lineno - node.lineno >= 60
    ]
    assert long == []


@pytest.mark.parametrize("package", ["web", "api", "cli"])
def test_edges_do_not_write_to_the_database(package: str) -> None:
    """A page or a command asks an action to write; it holds no second way in."""
    for path in (PACKAGE / package).rglob("*.py"):
        text = path.read_text("utf-8")
        assert ".objects." not in text or not WRITES.search(text), path


def test_only_actions_write_the_log() -> None:
    edges = [path for package in ("web", "api", "cli", "demo") for path in (PACKAGE / package).rglob("*.py")]
    assert [path for path in edges if "audit.actions import record" in path.read_text("utf-8")] == []


def test_only_the_clock_reads_the_system_time() -> None:
    reading = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|datetime\.utcnow|time\.time)\(")
    found = [str(p.relative_to(PACKAGE)) for p in MODULES if reading.search(p.read_text("utf-8"))]
    assert found == ["core/clock.py"]


def test_the_pure_packages_run_without_django() -> None:
    script = (
        "import nhipcau.reader.read, nhipcau.press.pdf, nhipcau.boundary, sys; assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
