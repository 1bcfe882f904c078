"""A template file changed part by part, as data; each function gives a new file and leaves the old one alone. Pure.

A list of the file is named by its path: ("rules",), ("sections", 2, "indicators").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from nhipcau.reports.design.fields import renamed as in_fields

Raw = dict[str, Any]
Path = tuple[str | int, ...]


def items_at(raw: Mapping[str, Any], path: Path) -> list[Raw]:
    """The items of a list; none where the file has no such list."""
    found: Any = raw
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError):
            return []
    return list(found or [])


def with_item(raw: Mapping[str, Any], path: Path, place: int | None, item: Raw) -> Raw:
    """With the item at that place, or behind the last one."""
    items = items_at(raw, path)
    if place is None:
        items.append(item)
    elif 0 <= place < len(items):
        items[place] = item
    return _with(raw, path, items)


def without_item(raw: Mapping[str, Any], path: Path, place: int) -> Raw:
    """Without the item at that place."""
    items = items_at(raw, path)
    return _with(raw, path, items[:place] + items[place + 1 :])


def moved(raw: Mapping[str, Any], path: Path, place: int, step: int) -> Raw:
    """With the item so many places further down; where there is no such place, as it was."""
    items = items_at(raw, path)
    there = place + step
    if 0 <= place < len(items) and 0 <= there < len(items):
        items.insert(there, items.pop(place))
    return _with(raw, path, items)


def renamed(raw: Mapping[str, Any], old: str, new: str) -> Raw:
    """With an indicator called otherwise wherever expressions, weights and messages name it."""
    name = re.compile(rf"(?<![\w.]){re.escape(old)}(?!\w)")

    def told(item: Mapping[str, Any], *keys: str) -> Raw:
        return {
            key: name.sub(new, value) if key in keys and isinstance(value, str) else value
            for key, value in item.items()
        }

    found = deepcopy(dict(raw))
    for section in found.get("sections") or []:
        section["indicators"] = [told(item, "formula", "weight") for item in section.get("indicators") or []]
    found["rules"] = [told(_message(rule, old, new), "check") for rule in found.get("rules") or []]
    for block in found.get("narrative") or []:
        if block.get("about"):
            block["about"] = [new if code == old else code for code in block["about"]]
        if isinstance(block.get("text"), str):
            block["text"] = in_fields(block["text"], old, new)
    return {key: value for key, value in found.items() if key != "rules" or value}


def _message(rule: Mapping[str, Any], old: str, new: str) -> Raw:
    return {
        key: value.replace(f"{{{old}}}", f"{{{new}}}")
        if key in ("message", "message_en") and isinstance(value, str)
        else value
        for key, value in rule.items()
    }


def _with(raw: Mapping[str, Any], path: Path, items: list[Raw]) -> Raw:
    """The file with another list at that path."""
    found = deepcopy(dict(raw))
    here: Any = found
    for step in path[:-1]:
        here = here[step]
    if items or len(path) > 1:
        here[path[-1]] = items
    else:
        here.pop(path[-1], None)
    return found
