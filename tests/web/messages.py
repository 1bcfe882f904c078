"""Finds every text the pages can show: in templates, in Python, and the labels of choices. No gettext needed."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.apps import apps
from django.db.models import Field, Model
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "nhipcau"
_SIMPLE = {"gettext", "gettext_lazy", "gettext_noop", "_"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_NO_PAGES = {"bench", "cli", "demo"}  # what is said there is said in a terminal
# The sentence's place among the arguments of what raises or makes an error.
_ERRORS = dict.fromkeys(
    (
        "NhipCauError",
        "NotFound",
        "NotAllowed",
        "Conflict",
        "InvalidInput",
        "UnreadableFile",
        "MissingProgram",
        "NoAnswer",
        "NoRoom",
    ),
    0,
) | {"Fault": 1, "checked_reason": 1, "fetch": 2}
_CALL = re.compile(r"(?<![\w])(n?gettext|_)\(u?((?:'(?:[^'\\]|\\.)*')|(?:\"(?:[^\"\\]|\\.)*\"))")


def in_templates() -> Iterator[str]:
    """msgids of {% translate %}, {% blocktranslate %} and _("…") in every template."""
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        code = templatize(path.read_text("utf-8"))
        yield from (ast.literal_eval(found[2]) for found in _CALL.finditer(code))


def in_python() -> Iterator[str]:
    """msgids of gettext calls in the package's own code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            wanted = 2 if name in _PLURAL else 1 if name in _SIMPLE else 0
            for argument in node.args[:wanted]:
                assert isinstance(argument, ast.Constant), f"{path}:{node.lineno}: a msgid must be a plain text"
                yield str(argument.value)


def in_choices() -> Iterator[str]:
    """Labels of the choices of every model of ours: states, roles, axes."""
    for model in apps.get_models():
        if model.__module__.startswith("nhipcau."):
            yield from _choice_labels(model)


def in_errors() -> Iterator[str]:
    """Fixed sentences of the domain's errors and faults; those with values in them bring their English along."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in _NO_PAGES:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = _ERRORS.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
            if place is not None and isinstance(node, ast.Call) and len(node.args) > place:
                told = node.args[place]
                if isinstance(told, ast.Constant):
                    yield str(told.value)


def _choice_labels(model: type[Model]) -> Iterator[str]:
    for field in model._meta.get_fields():
        if isinstance(field, Field) and field.choices:
            yield from (str(label) for _, label in field.choices)


def every_message() -> set[str]:
    """All of them, without empty ones."""
    return {
        message
        for source in (in_templates(), in_python(), in_choices(), in_errors())
        for message in source
        if message
    }


def missing() -> list[str]:
    """Messages without an English entry."""
    catalogue = polib.pofile(str(PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    return sorted(every_message() - {entry.msgid for entry in catalogue if entry.translated()})


if (
    __name__ == "__main__"
):  # python -m tests.web.messages >> nhipcau/locale/en/LC_MESSAGES/django.po, then translate
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    django.setup()
    for message in missing():
        print(f"\n{polib.POEntry(msgid=message)}", end="")
