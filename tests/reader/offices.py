"""Invented letters of many offices, each as one way of copying leaves it: web pages, flattened tables, recognition.

A file each in `office_letters/`: what it shows and what reading it must give (fields left out are not printed), a
line "---", the letter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def _letter(file: Path) -> tuple[str, str, dict[str, Any]]:
    head, text = file.read_text(encoding="utf-8").split("---\n", 1)
    fields = yaml.safe_load(head)
    return fields.pop("shows"), text, fields


LETTERS = [_letter(file) for file in sorted((Path(__file__).parent / "office_letters").glob("*.txt"))]
