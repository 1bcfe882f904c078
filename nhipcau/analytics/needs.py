"""The libraries of the extra `analytics`, imported when they are first needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from nhipcau.core.errors import MissingProgram
from nhipcau.core.said import Said

LIBRARIES = ("ibis", "pyarrow")
MISSING = Said(
    "Phần phân tích số liệu cần các gói của «analytics», bản cài này chưa có. "
    "Người quản trị máy chủ chạy «./run setup», hoặc cài requirements/analytics.txt, rồi khởi động lại.",
    "Analysis needs the packages of «analytics», which are not installed here. The server's administrator runs "
    "«./run setup», or installs requirements/analytics.txt, then starts it again.",
)


def installed() -> bool:
    """Whether the extra is there, without importing it."""
    return all(find_spec(name) is not None for name in LIBRARIES)


@cache
def arrow() -> Any:
    """pyarrow, with its `parquet` and `csv` loaded. Raises MissingProgram."""
    _require()
    import_module("pyarrow.parquet")
    import_module("pyarrow.csv")
    return import_module("pyarrow")


@cache
def ibis() -> Any:
    """Ibis. Raises MissingProgram."""
    _require()
    return import_module("ibis")


def _require() -> None:
    if not installed():
        raise MissingProgram(MISSING)
