"""Promises about the code itself that no single package can keep alone. What may import what stands in
pyproject.toml: these contracts are the architecture."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nhipcau"
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
WRITES = re.compile(r"\.(save|create|bulk_create|update_or_create|get_or_create|delete|bulk_update)\(")
# Where an import of our own waits inside a function, and for what. Nothing is hidden by it: the contracts see it.
LATE = {
    "*/apps.py": "models are loaded only when the apps are ready",
    "cli/*.py": "a command imports the domain after its instance is opened; `read --help` needs no database",
    "bench/*.py": "as the commands do",
    "demo/run.py": "points the process at its directory first",
    "exchange/practice/filling.py": "a process of its own, which opens the new instance first",
    "ops/backup/staged.py": "a process of its own, which opens the restored instance first",
    "core/store/__init__.py": "the library of S3 stores is installed only where one is used",
    "documents/storing/blurring_worker.py": "OpenCV may be missing, and says so in its answer",
    "reader/extract/*.py": "the confined process loads the one format it was asked for",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def nearly_all(sizes: list[int]) -> int:
    """What 95 of a hundred do not exceed."""
    return sorted(sizes)[int(0.95 * (len(sizes) - 1))]


def test_every_import_points_down() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_modules_are_short() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > 400} == {}
    assert nearly_all(list(sizes.values())) <= 300


def test_functions_are_short() -> None:
    sizes = {f"{path.relative_to(ROOT)}:{one.lineno}": lines_of(one) for path in MODULES for one in functions(path)}
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert nearly_all(list(sizes.values())) <= 30


def test_every_signature_is_annotated() -> None:
    bare = []
    for path in MODULES:
        for one in functions(path):
            given = [*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs, one.args.vararg, one.args.kwarg]
            named = [argument for argument in given if argument and argument.arg not in {"self", "cls"}]
            if one.returns is None or any(argument.annotation is None for argument in named):
                bare.append(f"{path.relative_to(ROOT)}:{one.lineno}")
    assert bare == []


def late_imports() -> Iterator[Path]:
    for path in MODULES:
        for one in functions(path):
            for node in ast.walk(one):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                else:
                    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if any(name.split(".")[0] == "nhipcau" for name in names):
                    yield path.relative_to(PACKAGE)


def test_an_import_waits_inside_a_function_only_with_a_reason() -> None:
    found = set(late_imports())
    assert sorted(str(path) for path in found if not any(path.match(place) for place in LATE)) == []
    assert [place for place in LATE if not any(path.match(place) for path in found)] == []


def test_there_are_no_signals_of_our_own() -> None:
    """What must follow an action stands in the action; what must reach upwards registers itself."""
    signalling = re.compile(r"\bSignal\(|\breceiver\(|\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b")
    assert [str(path) for path in MODULES if signalling.search(path.read_text("utf-8"))] == []


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
