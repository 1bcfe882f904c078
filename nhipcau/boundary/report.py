"""The boundary as a command sees it: lines or a template file in, verdicts out; and the digest of the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import yaml

from nhipcau.boundary.engine import check
from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said


def check_lines(lines: Iterable[str]) -> list[dict[str, str | None]]:
    """`{text, verdict, rule, ground}` per line, in the order given; lines of white space only are left out."""
    said = []
    for line in lines:
        text = line.rstrip("\r\n")
        if text.strip():
            verdict = check(text)
            said.append({"text": text, "verdict": verdict.verdict, "rule": verdict.rule, "ground": verdict.ground})
    return said


def check_template(source: str) -> list[dict[str, str | None]]:
    """Verdicts on every text in a YAML template, keys included, in document order (UnreadableFile)."""
    try:
        loaded = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise UnreadableFile(
            Said(
                f"Không đọc được tệp mẫu: YAML sai cú pháp ({error}). Hãy sửa rồi thử lại.",
                f"The file cannot be read: its YAML is wrong ({error}). Mend it and try again.",
            )
        ) from error
    return check_lines(_texts(loaded))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace("\n", " ")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def digest() -> str:
    """SHA-256 (hex) over names and contents of the rules and of the code that matches them.

    A build whose boundary differs in one character shows another digest.
    """
    total = hashlib.sha256()
    package = files("nhipcau.boundary")
    code = [(entry.name, entry) for entry in package.iterdir() if entry.name.endswith(".py")]
    rules = [
        (f"rules/{entry.name}", entry)
        for entry in (package / "rules").iterdir()
        if entry.name.endswith((".yaml", ".tsv"))
    ]
    for name, entry in sorted(code + rules, key=lambda pair: pair[0]):
        content = entry.read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
