"""Nothing new goes out without a row: kinds of things, public addresses, endpoints, mails."""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

import nhipcau
from nhipcau.web.checks import patterns
from nhipcau.web.declare import Level, access_of
from tests.rights import ways
from tests.rights.kinds import KINDS
from tests.rights.table import ELSEWHERE, OPEN, PARTS, TABLE, WHOLE

_HOLES = {"unit": "unit", "activity": "activity", "announcement": "announcement", "campaign": "campaign"}
_HOLES |= {"letter": "letter", "report": "report", "task": "task", "assignment": "assignment"}


def test_every_kind_of_thing_has_a_row() -> None:
    assert set(TABLE) == set(KINDS)


def test_every_model_that_has_an_address_is_a_kind_or_a_part_of_one_or_says_where_it_is_tested() -> None:
    named = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("nhipcau.") and any(field.name == "uid" for field in model._meta.fields)
    }
    assert sorted(named) == sorted({*WHOLE, *PARTS, *ELSEWHERE})
    assert set(WHOLE.values()) <= set(TABLE) and set(PARTS.values()) <= set(TABLE)
    for place in ELSEWHERE.values():
        assert (Path(__file__).parents[2] / place).is_file(), place


def test_every_address_that_opens_without_signing_in_says_why() -> None:
    public = set()
    for name, pattern in patterns():
        access = access_of(pattern.callback)
        if access is not None and access.level is Level.PUBLIC:
            public.add(name)
    assert public == set(OPEN)


def test_every_question_put_to_the_api_is_asked_of_every_visitor() -> None:
    holes = {hole for endpoint in ways.readers() for hole in ways.holes(endpoint)[:1]}
    assert holes == set(_HOLES)


def test_mail_leaves_by_two_doors_alone() -> None:
    """Each says to whom it speaks, so that what waits is dropped when a post ends."""
    root = Path(nhipcau.__file__).parent
    doors: dict[str, bool] = {}
    for path in root.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            if getattr(call.func, "id", getattr(call.func, "attr", "")) == "post_mail":
                doors[path.relative_to(root).as_posix()] = any(word.arg == "about" for word in call.keywords)
    assert doors == {"web/reaching/announced.py": True, "web/reaching/digest.py": True}
