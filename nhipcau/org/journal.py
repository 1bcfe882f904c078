"""What a piece of work did to the database, row by row, so that it can be taken back exactly or not at all.

A journal is data: rows made (with a digest of what they held) and rows changed (fields before and after). Taking
it back deletes the one and restores the other, and is refused where anything else has touched them since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import CASCADE, ManyToOneRel, Model, QuerySet

M = TypeVar("M", bound=Model)
BATCH = 1000
Plain = str | int | float | bool | None | list[Any] | dict[str, Any]


Values = dict[str, list[Plain]]  # by field: before, after


@dataclass(frozen=True)
class Made:
    """A row that was created, and a digest of what it held."""

    model: str
    pk: int
    digest: str


@dataclass(frozen=True)
class Changed:
    """A row that stood, and the fields that were set."""

    model: str
    pk: int
    values: Values


class Journal:
    """Rows are written through it, in order. `facts` keeps whatever else the work wants to remember, as JSON."""

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        self.entries: list[Made | Changed] = [
            Made(model, pk, held) if isinstance(held, str) else Changed(model, pk, held)
            for model, pk, held in (kept or {}).get("entries", [])
        ]
        self.facts: dict[str, Any] = dict((kept or {}).get("facts", {}))

    def as_json(self) -> dict[str, Any]:
        """For a JSON field; `Journal(that)` gives it back."""
        held = [[e.model, e.pk, e.digest if isinstance(e, Made) else e.values] for e in self.entries]
        return {"entries": held, "facts": self.facts}

    def make(self, rows: Iterable[M]) -> list[M]:
        """Create rows of one model."""
        listed = list(rows)
        if not listed:
            return []
        model = type(listed[0])
        created: list[M] = model._default_manager.bulk_create(listed, batch_size=BATCH)
        digests = dict(_digests(model, [row.pk for row in created]))
        self.entries += [Made(model._meta.label_lower, row.pk, digests[row.pk]) for row in created]
        return created

    def change(self, rows: QuerySet[M], **values: Any) -> int:
        """Set fields (by attribute: `unit_id`, not `unit`) of the rows chosen; how many there were."""
        model, names = rows.model, sorted(values)
        before = list(rows.order_by("pk").values_list("pk", *names))
        new = {name: _plain(values[name]) for name in names}
        for pk, *old in before:
            was = {name: [_plain(value), new[name]] for name, value in zip(names, old, strict=True)}
            self.entries.append(Changed(model._meta.label_lower, pk, was))
        for keys in _chunks([row[0] for row in before]):
            model._default_manager.filter(pk__in=keys).update(**values)
        return len(before)


def written(journals: Iterable[Journal], model: type[Model], *names: str) -> Iterator[tuple[Any, ...]]:
    """(key, those fields) of the rows of one model that they made or changed, as they stand."""
    label = model._meta.label_lower
    keys = sorted({entry.pk for journal in journals for entry in journal.entries if entry.model == label})
    yield from _rows(model, keys, names)


def later_changes(journals: Sequence[Journal], derived: Sequence[type[Model]]) -> list[str]:
    """Why these journals cannot be taken back: rows that are no longer as they left them, and rows of others that
    hang on what they made. `derived` models are rebuilt and stop nobody."""
    made: dict[type[Model], dict[int, str]] = defaultdict(dict)
    last: dict[tuple[type[Model], int], dict[str, Plain]] = defaultdict(dict)
    for journal in journals:
        for entry in journal.entries:
            model = apps.get_model(entry.model)
            if isinstance(entry, Made):
                made[model][entry.pk] = entry.digest
            else:
                last[model, entry.pk] |= {name: pair[1] for name, pair in entry.values.items()}
    return [*_altered(made, last), *_hanging(made, last, derived)]


def _altered(
    made: Mapping[type[Model], Mapping[int, str]], last: Mapping[tuple[type[Model], int], Mapping[str, Plain]]
) -> Iterator[str]:
    counts: dict[type[Model], int] = defaultdict(int)
    for model, rows in made.items():
        standing = dict(_digests(model, [pk for pk in rows if (model, pk) not in last]))
        counts[model] += sum(standing.get(pk) != digest for pk, digest in rows.items() if (model, pk) not in last)
    by_model: dict[type[Model], dict[int, Mapping[str, Plain]]] = defaultdict(dict)
    for (model, pk), values in last.items():
        by_model[model][pk] = values
    for model, wanted in by_model.items():
        names = sorted({name for values in wanted.values() for name in values})
        found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in _rows(model, list(wanted), names)}
        counts[model] += sum(
            pk not in found or any(_plain(found[pk][name]) != value for name, value in values.items())
            for pk, values in wanted.items()
        )
    for model, count in counts.items():
        if count:
            yield f"{count} {model._meta.verbose_name} đã được sửa hoặc bỏ sau sự kiện này"


def _hanging(
    made: Mapping[type[Model], Mapping[int, str]],
    last: Mapping[tuple[type[Model], int], Mapping[str, Plain]],
    derived: Sequence[type[Model]],
) -> Iterator[str]:
    """A row that the journals themselves made, or pointed here, goes back with them."""
    for model, rows in made.items():
        for other, name in pointing_at(model):
            if other in derived:
                continue
            own = made.get(other, {})
            count = 0
            for keys in _chunks(list(rows)):
                hanging = other._default_manager.filter(**{f"{name}__in": keys}).values_list("pk", flat=True)
                count += sum(pk not in own and f"{name}_id" not in last.get((other, pk), ()) for pk in hanging)
            if count:
                what = f"{count} {other._meta.verbose_name} gắn với {model._meta.verbose_name}"
                yield f"đã có {what} lập bởi sự kiện này"


def pointing_at(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Every model and foreign key that names this one, those without a reverse name included.

    A row that its own model lets go with the row it names (CASCADE: stored totals and their like) stops nobody; a
    plain link between two rows does.
    """
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and (
            relation.on_delete is not CASCADE or relation.related_model._meta.auto_created
        ):
            yield relation.related_model, relation.field.name


def take_back(journals: Sequence[Journal]) -> None:
    """Restore and delete, the last journal first. Call `later_changes` before."""
    backwards = [entry for journal in reversed(journals) for entry in reversed(journal.entries)]
    for (label, kind), entries in groupby(backwards, key=lambda entry: (entry.model, type(entry))):
        model = apps.get_model(label)
        if kind is Made:
            for keys in _chunks([entry.pk for entry in entries]):
                model._default_manager.filter(pk__in=keys).delete()
            continue
        for entry in entries:
            if isinstance(entry, Changed):
                old = {name: model._meta.get_field(name).to_python(pair[0]) for name, pair in entry.values.items()}
                model._default_manager.filter(pk=entry.pk).update(**old)


def _digests(model: type[Model], keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    names = [field.attname for field in model._meta.concrete_fields]
    for pk, *values in _rows(model, keys, names):
        said = json.dumps([_plain(value) for value in values], sort_keys=True)
        yield pk, hashlib.sha256(said.encode()).hexdigest()


def _rows(model: type[Model], keys: Sequence[int], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for chunk in _chunks(keys):
        yield from model._default_manager.filter(pk__in=chunk).values_list("pk", *names)


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _plain(value: Any) -> Plain:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, str):
        return str(value)
    plain: Plain = value
    return plain
