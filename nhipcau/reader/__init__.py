"""The reader: a Vietnamese administrative document in, its parts, citations and duties out. Pure."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nhipcau.reader.output import to_json
    from nhipcau.reader.read import files_in, read_bytes, read_extracted, read_file, read_text

__all__ = ["files_in", "read_bytes", "read_extracted", "read_file", "read_text", "to_json"]

_HOMES = {"to_json": "output"} | dict.fromkeys(
    ("files_in", "read_bytes", "read_extracted", "read_file", "read_text"), "read"
)


def __getattr__(name: str) -> Any:
    """Import the readers on first use: the process that only extracts text would pay for them with every file."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"nhipcau.reader.{_HOMES[name]}"), name)
