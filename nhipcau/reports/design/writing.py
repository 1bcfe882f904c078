"""A template version as the file it could have come from: read back, it is the same definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import yaml

from nhipcau.reports.design.definition import Breakdown, Definition, Indicator, Issue, Source

Raw = dict[str, Any]
_ISSUE = ("doc_type", "subject", "authority", "title", "addressees", "recipients", "parent_issuer")


def as_file(definition: Definition, codes: Mapping[str, str] | None = None, types: Iterable[Raw] = ()) -> Raw:
    """The file as data, without what goes without saying. `codes` names units by their code instead of their uid;
    `types` are the activity types that it brings along."""
    assigned, called = definition.assignment, codes or {}
    units = {"branches": assigned.branches, "units": assigned.units, "except": assigned.excepted}
    english = "" if definition.name_en == "-" else definition.name_en
    return _said(
        {
            "code": definition.code,
            "name": definition.name,
            "name_en": english,
            "axis": definition.axis,
            "calendar": definition.calendar,
            "period": definition.period_kind,
            "first_period": definition.first_period,
            "due_working_days": definition.due_working_days,
            "due": [_fields(rule) for rule in definition.due],
            "reporters": list(definition.reporters),
            "levels": list(assigned.levels),
            **{key: [called.get(uid, uid) for uid in uids] for key, uids in units.items()},
            "signed_copy": definition.signed_copy,
            "activity_types": list(types),
            "breakdowns": [_breakdown(one) for one in definition.breakdowns],
            "sections": [
                _said(
                    {
                        "title": section.title,
                        "title_en": section.title_en,
                        "beside": list(section.beside),
                        "indicators": [_indicator(item) for item in section.indicators if not item.part_of],
                    }
                )
                for section in definition.sections
            ],
            "rules": [_fields(rule) for rule in definition.rules],
            "narrative": [
                {key: list(value) if key == "about" else value for key, value in _fields(block).items()}
                for block in definition.narrative
            ],
            "issue": _issue(definition.issue),
        }
    )


def as_yaml(raw: Mapping[str, Any]) -> str:
    """The text of the file: short lists of plain values on one line, everything else one key a line."""
    return yaml.dump(dict(raw), Dumper=_Readable, allow_unicode=True, sort_keys=False, width=110)


class _Readable(yaml.SafeDumper):
    """Lists of plain values in brackets."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        plain = all(not isinstance(one, (dict, list)) for one in sequence)
        return super().represent_sequence(tag, sequence, flow_style=plain or flow_style)


def _indicator(item: Indicator) -> Raw:
    found = _fields(item) | {"source": _source(item.source) if item.source else None}
    if item.breakdowns:
        found["breakdowns"] = list(item.breakdowns)
    usual = {"decimals": 0, "over_units": "sum", "over_time": "flow", "suppress_below": 0}
    return {
        key: value for key, value in found.items() if key not in ("part_of", "items") and value != usual.get(key)
    }


def _source(source: Source) -> Raw:
    return _said({**_fields(source), "where": dict(source.where), "letters": list(source.letters)})


def _breakdown(split: Breakdown) -> Raw:
    return {**_fields(split), "items": [_fields(one) for one in split.items]}


def _issue(issue: Issue) -> Raw:
    found = _fields(issue)
    return {
        key: list(found[key]) if isinstance(found[key], tuple) else found[key] for key in _ISSUE if found.get(key)
    }


def _fields(thing: Any) -> Raw:
    """What it holds, without what is empty."""
    return _said({one.name: getattr(thing, one.name) for one in fields(thing)})


def _said(raw: Mapping[str, Any]) -> Raw:
    """Without texts and lists that are empty, and truths that are not."""
    return {key: value for key, value in raw.items() if not _silent(value)}


def _silent(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, (str, Sequence, Mapping)) and not value)
