"""The shape of a template file, as data: which keys there are, and whether each holds a text, a number or a list.

Checked before anything is read, so that whoever reads may rely on it. A key nobody knows is a fault and not
ignored: `over_unit: max` would silently add up what must not be added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import Enum
from typing import Any

from nhipcau.core.errors import Fault
from nhipcau.core.said import Said


class Leaf(Enum):
    """What a single value may be, with its name for people."""

    TEXT = Said("một dòng chữ", "a text")
    WHOLE = Said("một số nguyên", "a whole number")
    TRUTH = Said("true hoặc false", "true or false")
    PAIRS = Said("một bảng «khóa: giá trị»", "a table of «key: value»")


TEXT, WHOLE, TRUTH, PAIRS = Leaf
_TAKEN: Mapping[Leaf, tuple[type, ...]] = {
    TEXT: (str, int, float, dt.date), WHOLE: (int,), TRUTH: (bool,), PAIRS: (Mapping,),
}  # fmt: skip
_LIST = Said("một danh sách", "a list")
_TABLE = PAIRS.value

# A list in the shape is a list of what stands in it; a mapping is a table with those keys.
LABELLED: Mapping[str, Any] = {"code": TEXT, "label": TEXT, "label_en": TEXT}
INDICATOR: Mapping[str, Any] = {
    **LABELLED, "unit": TEXT, "help": TEXT, "decimals": WHOLE, "over_units": TEXT, "over_time": TEXT,
    "formula": TEXT, "weight": TEXT, "breakdowns": [TEXT], "suppress_below": WHOLE, "sensitivity": TEXT,
    "source": {"activity": TEXT, "measure": TEXT, "where": PAIRS, "letters": [TEXT]}, "target": TRUTH,
}  # fmt: skip
TEMPLATE: Mapping[str, Any] = {
    "code": TEXT, "name": TEXT, "name_en": TEXT, "axis": TEXT, "calendar": TEXT, "period": TEXT,
    "first_period": TEXT, "due_working_days": WHOLE, "signed_copy": TRUTH,
    "due": [{"period": TEXT, "working_days": WHOLE, "days": WHOLE, "date": TEXT}],
    "reporters": [TEXT], "levels": [WHOLE], "branches": [TEXT], "units": [TEXT], "except": [TEXT],
    "breakdowns": [{**LABELLED, "items": [LABELLED]}],
    "sections": [{"title": TEXT, "title_en": TEXT, "beside": [TEXT], "indicators": [INDICATOR]}],
    "rules": [{"code": TEXT, "severity": TEXT, "check": TEXT, "message": TEXT, "message_en": TEXT}],
    "narrative": [
        {"code": TEXT, "title": TEXT, "title_en": TEXT, "help": TEXT, "required": TRUTH, "about": [TEXT],
         "text": TEXT}
    ],
    "issue": {
        "doc_type": TEXT, "subject": TEXT, "authority": TEXT, "title": TEXT, "addressees": [TEXT],
        "recipients": [TEXT], "parent_issuer": TEXT,
    },
    "activity_types": [{
        **LABELLED, "measures": [{**LABELLED, "unit": TEXT, "decimals": WHOLE}],
        "facets": [{**LABELLED, "choices": [LABELLED]}],
    }],
}  # fmt: skip
_BY_CODE = {"sections.indicators": "indicators"}  # lists whose items are known by their code


def misshapen(raw: object) -> Iterator[Fault]:
    """Every place at which the file is not as it should be."""
    return _faults(raw, TEMPLATE, "", "")


def _faults(value: object, shape: Any, where: str, path: str) -> Iterator[Fault]:
    if value is None:
        return  # a key with nothing behind it: as if it were not there
    if isinstance(shape, Leaf):
        if not isinstance(value, _TAKEN[shape]) or (isinstance(value, bool) and shape is not TRUTH):
            yield _expected(where, shape.value, value)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield _expected(where, _LIST, value)
            return
        for place, item in enumerate(value, start=1):
            yield from _faults(item, shape[0], _named(where, path, item, place), path)
    elif not isinstance(value, Mapping):
        yield _expected(where, _TABLE, value)
    else:
        yield from _unknown(value, shape, where)
        for key in shape:
            at = f"{where}.{key}" if where else key
            yield from _faults(value.get(key), shape[key], at, f"{path}.{key}" if path else key)


def _named(where: str, path: str, item: object, place: int) -> str:
    """The name of an item of a list: by its code where it has one, else by its place."""
    code = item.get("code") if isinstance(item, Mapping) else None
    return f"{_BY_CODE.get(path, where)}.{code or place}"


def _unknown(value: Mapping[Any, Any], shape: Mapping[str, Any], where: str) -> Iterator[Fault]:
    for key in value:
        if key not in shape:
            near = get_close_matches(str(key), list(shape), n=1)
            vi = f"không có khóa «{key}»" + (f"; có phải «{near[0]}»?" if near else "")
            en = f"there is no key «{key}»" + (f"; is it «{near[0]}»?" if near else "")
            yield Fault(where or str(key), Said(vi, en))


def _expected(where: str, what: str, found: object) -> Fault:
    shown = str(found)[:40]
    en = what.en if isinstance(what, Said) else what
    return Fault(where, Said(f"cần {what}, đang là «{shown}»", f"{en} is needed, it is «{shown}»"))


def without_blanks(value: Any) -> Any:
    """The file without keys that have nothing behind them."""
    if isinstance(value, Mapping):
        return {key: without_blanks(part) for key, part in value.items() if part is not None}
    return [without_blanks(part) for part in value if part is not None] if isinstance(value, list) else value
