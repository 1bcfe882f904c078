"""What is kept about people is all said, and what is said is so."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, Model

from nhipcau.core.retaining import registered
from nhipcau.ops.personal import ALL, KINDS, WORK, page

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "CharField", "TextField", "JSONField", "BinaryField", "EmailField", "GenericIPAddressField", "URLField",
    "SlugField", "FileField",
}  # fmt: skip
SAID = {table: fields for kind in KINDS for table, fields in kind.fields.items()}
ABOUT_PEOPLE = {"phone", "email", "login", "password", "signer_name", "address", "session", "ip", "user_agent"}


def _texts(model: type[Model]) -> list[str]:
    """Fields that could hold something about somebody; a choice among given words cannot."""
    fields: list[Field[object, object]] = list(model._meta.concrete_fields)
    return [one.name for one in fields if one.get_internal_type() in TEXTS and not one.choices]


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_field_that_could_tell_of_somebody_is_accounted_for(model: type[Model]) -> None:
    label = model._meta.label
    if label in WORK:
        held = {one.name for one in model._meta.concrete_fields} & ABOUT_PEOPLE
        assert held == set(), "a field about people is kept in a table said to be about the work"
    else:
        said = SAID.get(label, ())
        assert [name for name in _texts(model) if ALL not in said and name not in said] == []
        assert label in SAID


def test_the_record_names_no_table_or_field_that_is_not_there() -> None:
    there = {model._meta.label: {one.name for one in model._meta.concrete_fields} for model in apps.get_models()}
    assert set(SAID) | WORK <= set(there)
    assert [(t, f) for t, fields in SAID.items() for f in fields if f != ALL and f not in there[t]] == []
    assert set(SAID) & WORK == set()


def test_every_sweep_erases_something_said_and_every_sweep_named_exists() -> None:
    assert {kind.job for kind in KINDS if kind.job} == {one.name for one in registered()}


def test_the_page_is_what_the_list_says() -> None:
    assert (ROOT / "docs/reference/personal-data.md").read_text("utf-8") == page()
