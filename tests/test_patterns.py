"""No text, however it is made, keeps a regular expression of the product busy: its time grows with the text alone.

The reader's expressions look at one line of a letter; of them it is asked that no line costs more than its square.
The expressions are those that the modules compile when they are loaded, and those that stand in a call of `re`, as
far as what they are made of is known by then.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import nhipcau
from tests.attacks import LIMIT, attacks_on, seconds

ROOT = Path(nhipcau.__file__).parent
SHORT, LENGTH, TIMES = 0.001, 2000, 4
STEEPEST = TIMES**1.5
READER = "nhipcau.reader."
MOST_OF_A_LINE = (
    0.3  # seconds of processor time for a line of `LENGTH`: the square takes a tenth, the cube a minute
)
# The icons of this very package are read when the assets are built; nobody sends them.
OWN = {"nhipcau.web.assets.icons"}
COLLECT = """
import ast, importlib, json, os, pkgutil, re, sys
plain, found = re.compile, {}
WAYS = {"search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
def called(module):
    for node in ast.walk(ast.parse(open(module.__file__, encoding="utf-8").read())):
        of = node.func if isinstance(node, ast.Call) else None
        if not (isinstance(of, ast.Attribute) and of.attr in WAYS and ast.unparse(of.value) == "re"):
            continue
        flags = [one.value for one in node.keywords if one.arg == "flags"]
        try:
            pattern = eval(ast.unparse(node.args[0]), vars(module))
            made = plain(pattern, eval(ast.unparse(flags[0]), vars(module)) if flags else 0)
        except NameError:
            continue  # made of what a function is given
        if isinstance(pattern, str):
            way = of.attr if of.attr in ("match", "fullmatch") else "finditer"
            inline.setdefault((pattern, made.flags), (module.__name__, node.lineno, way))
inline = {}
def compiled(pattern, flags=0):
    made, caller = plain(pattern, flags), sys._getframe(1)
    module = caller.f_globals.get("__name__", "")
    if module.startswith("nhipcau.") and isinstance(made.pattern, str):
        found.setdefault((made.pattern, made.flags), (module, caller.f_lineno))
    return made
re.compile = compiled
import django
django.setup()
import nhipcau
for one in pkgutil.walk_packages(nhipcau.__path__, "nhipcau."):
    if ".migrations" not in one.name and ".bench" not in one.name and not one.name.endswith("__main__"):
        called(importlib.import_module(one.name))
from nhipcau.boundary import asking, leaning, engine
named = {key: (*where, "") for key, where in found.items()}
print(json.dumps([[*key, *where] for each in (named, inline) for key, where in each.items()]))
"""


@cache
def compiled() -> list[tuple[str, int, str, int, str]]:
    """(expression, flags, module, line, way) of all that the modules compile; the way where it is called there."""
    settings = {"DJANGO_SETTINGS_MODULE": "nhipcau.config.settings", "NHIPCAU_SECRET_KEY": "x"}
    done = subprocess.run(
        [sys.executable, "-c", COLLECT], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    return [tuple(one) for one in json.loads(done.stdout)]


@cache
def ways(module: str) -> dict[int, str]:
    """By line of an expression with a name: `match` or `fullmatch` where its module uses it for nothing else."""
    path = ROOT.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree = ast.parse(file.read_text("utf-8"))
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    found: dict[int, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            uses = used.get(node.targets[0].id, {"finditer"})
            way = (
                "fullmatch" if uses == {"fullmatch"} else "match" if uses <= {"match", "fullmatch"} else "finditer"
            )
            found |= dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), way)
    return found


def _worst(pattern: re.Pattern[str], way: str, *, by_line: bool) -> str:
    for attack in attacks_on(pattern):
        once = seconds(pattern, attack.text(LENGTH), way)
        if by_line:
            if once > MOST_OF_A_LINE:
                return f"{once:.2f} s on a line like {attack}"
            continue
        if once < SHORT:
            continue
        more = min(seconds(pattern, attack.text(LENGTH * TIMES), way) for _ in range(2))
        if more >= LIMIT or more > once * STEEPEST:
            return f"{once:.4f} s, and {more:.3f} s on {TIMES} times {attack}"
    return ""


def test_the_expressions_are_found() -> None:
    assert sum(not way for *_, way in compiled()) > 300
    assert sum(bool(way) for *_, way in compiled()) > 60


@pytest.mark.parametrize("package", ["boundary", "core", "documents", "exchange", "tasks", "other", "reader"])
def test_no_expression_is_kept_busy(package: str) -> None:
    named = {"boundary", "core", "documents", "exchange", "tasks", "reader"}
    slow = {}
    for expression, flags, module, line, called in compiled():
        part = module.split(".")[1]
        if module not in OWN and package == (part if part in named else "other"):
            way = called or ways(module).get(line, "finditer")
            said = _worst(re.compile(expression, flags), way, by_line=module.startswith(READER))
            if said:
                slow[f"{module}:{line}"] = f"{way} {expression[:60]!r}: {said}"
    assert slow == {}
