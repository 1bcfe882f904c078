"""The files beside this module. They are template files without `first_period`: that is for whoever takes one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nhipcau.core.errors import NotFound
from nhipcau.core.periods import period_of
from nhipcau.core.said import Said
from nhipcau.reports.design.parsing import read_yaml

_FOLDER = Path(__file__).parent
_PERIOD = re.compile(r"^period: \w+$", re.MULTILINE)


@dataclass(frozen=True)
class Ready:
    """One template on the shelf, with what helps to choose it."""

    code: str
    name: Said
    sections: tuple[Said, ...]
    figures: int
    rules: int


@cache
def ready() -> tuple[Ready, ...]:
    """All of them, by name."""
    return tuple(sorted(map(_described, _files()), key=lambda one: str(one.name)))


def ready_one(code: str) -> Ready:
    """One by its code. Raises NotFound."""
    found = next((one for one in ready() if one.code == code), None)
    if found is None:
        raise NotFound(Said(f"Thư viện không có biểu mẫu «{code}».", f"There is no form «{code}» in the library."))
    return found


def as_text(code: str, day: dt.date) -> str:
    """The template file to go on with, serving from the period of `day`. Raises NotFound."""
    ready_one(code)
    raw = _file(code)
    first = period_of(day, raw["period"], raw.get("calendar", "civil")).key
    return _PERIOD.sub(rf"\g<0>\nfirst_period: {first}", _read(code).decode(), count=1)


def taken(code: str, day: dt.date) -> dict[str, Any]:
    """The same as data."""
    return dict(read_yaml(as_text(code, day).encode()))


def _files() -> Sequence[str]:
    return [file.stem for file in _FOLDER.glob("*.yaml")]


def _file(code: str) -> dict[str, Any]:
    return dict(read_yaml(_read(code)))


def _read(code: str) -> bytes:
    return (_FOLDER / f"{code}.yaml").read_bytes()


def _described(code: str) -> Ready:
    raw = _file(code)
    figures = [item for section in raw["sections"] for item in section["indicators"]]
    return Ready(
        code=code,
        name=Said(raw["name"], raw["name_en"]),
        sections=tuple(Said(one["title"], one["title_en"]) for one in raw["sections"]),
        figures=len(figures),
        rules=len(raw["rules"]),
    )
