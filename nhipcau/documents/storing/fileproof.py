"""Proof of the stored files: the bytes on disk against their SHA-256 and size."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import ManyToOneRel

from nhipcau.core.verifying import Difference, Finding, Note, Step
from nhipcau.documents.models import Document, StoredFile
from nhipcau.documents.storing.files import path_of

CHUNK = 500
BLOCK = 2**20


class FileProof:
    """Every stored file: there, whole and unchanged."""

    name = "files"
    label = "Tệp lưu"

    def size(self) -> int:
        """How many files have a row."""
        return StoredFile.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """The rows' files in blocks of one megabyte, then what lies there without a row."""
        for file in StoredFile.objects.order_by("pk").iterator(CHUNK):
            yield from _checked(file)
            step(1)
        yield from _strays()


def _checked(file: StoredFile) -> Iterator[Difference]:
    try:
        size, digest = _read(path_of(file))
    except FileNotFoundError:
        yield _differs(file, "có tệp", "không có", "không còn trong kho")
    except OSError as error:
        yield _differs(file, "đọc được", "không đọc được", f"không đọc được ({error.strerror})")
    else:
        if size != file.size:
            what = "bị cắt ngắn" if size < file.size else "bị nối dài"
            yield _differs(file, f"{file.size} byte", f"{size} byte", f"{what}: {size} byte, lẽ ra {file.size}")
        elif digest != file.sha256:
            yield _differs(file, file.sha256[:16], digest[:16], "đã khác bản gốc (sai SHA-256)")


def _read(path: Path) -> tuple[int, str]:
    """(size, SHA-256), never more than a block in memory."""
    running, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            running.update(block)
            size += len(block)
    return size, running.hexdigest()


def _differs(file: StoredFile, expected: str, found: str, what: str) -> Difference:
    where = f"files/{file.sha256[:2]}/{file.sha256[2:]}"
    return Difference(FileProof.name, where, expected, found, f"Tệp {owner(file)} {what}.")


def owner(file: StoredFile) -> str:
    """Whose file it is, as a person knows it: the letter's number and the file's name; else what holds it."""
    letter = Document.objects.filter(original=file).select_related("entry").order_by("pk").first()
    if letter is not None:
        return f"«{letter.original_name}» của {_letter(letter)}"
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        rows = relation.related_model._default_manager.filter(**{relation.field.name: file})
        row: Any = rows.order_by("pk").first()
        if row is not None:
            name = f"«{row.name}» " if getattr(row, "name", "") else ""
            letter = getattr(row, "document", None)
            return f"{name}của {row._meta.verbose_name} " + (_letter(letter) if letter else str(row.pk))
    return f"{file.sha256[:12]}… (không thuộc văn bản nào)"


def _letter(letter: Document) -> str:
    entry = getattr(letter, "entry", None)
    line = f", số {entry.number} trong sổ {letter.get_direction_display()}" if entry else ""
    return f"văn bản {letter.number or 'chưa có số'}{line}"


def _strays() -> Iterator[Note]:
    """Files without a row: left by a change that was undone. Folder by folder."""
    base = Path(settings.DATA_DIR) / "files"
    count, example = 0, ""
    for folder in sorted(base.iterdir()) if base.is_dir() else ():
        for names in _names(folder):
            known = set(
                StoredFile.objects.filter(sha256__in=[folder.name + name for name in names]).values_list(
                    "sha256", flat=True
                )
            )
            stray = [name for name in names if folder.name + name not in known]
            count += len(stray)
            example = example or (f"files/{folder.name}/{stray[0]}" if stray else "")
    if count:
        yield Note(FileProof.name, f"{count} tệp trong kho không thuộc bản ghi nào (ví dụ {example}).")


def _names(folder: Path) -> Iterator[list[str]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        names = (entry.name for entry in entries)
        while chunk := list(islice(names, CHUNK)):
            yield chunk
