"""Proof of the stored files: the bytes in the store against their SHA-256 and size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from django.db.models import ManyToOneRel

from nhipcau.core.store import Kept, Store
from nhipcau.core.verifying import Difference, Finding, Note, Step
from nhipcau.documents.models import Document, StoredFile
from nhipcau.documents.storing.files import PREFIX, kept, key_of

CHUNK = 500
BLOCK = 2**20
READERS = 8
Seen = tuple[int, str] | OSError


class FileProof:
    """Every stored file: there, whole and unchanged."""

    name = "files"
    label = "Tệp lưu"

    def size(self) -> int:
        """How many files have a row."""
        return StoredFile.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """The rows' files in blocks of one megabyte, then what lies there without a row."""
        rows = StoredFile.objects.order_by("pk").iterator(CHUNK)
        store = kept()
        # Over a network most of the time is waiting; on a disk of one's own more hands only get in the way.
        with ThreadPoolExecutor(READERS if store.shared else 1) as pool:
            while chunk := list(islice(rows, CHUNK)):
                for file, seen in zip(chunk, pool.map(lambda one: _read(store, one.sha256), chunk), strict=True):
                    yield from _checked(file, seen)
                    step(1)
        yield from _strays(store)


def _checked(file: StoredFile, seen: Seen) -> Iterator[Difference]:
    if isinstance(seen, FileNotFoundError):
        yield _differs(file, "có tệp", "không có", "không còn trong kho")
    elif isinstance(seen, OSError):
        yield _differs(file, "đọc được", "không đọc được", f"không đọc được ({seen.strerror})")
    elif seen[0] != file.size:
        size = seen[0]
        what = "bị cắt ngắn" if size < file.size else "bị nối dài"
        yield _differs(file, f"{file.size} byte", f"{size} byte", f"{what}: {size} byte, lẽ ra {file.size}")
    elif seen[1] != file.sha256:
        yield _differs(file, file.sha256[:16], seen[1][:16], "đã khác bản gốc (sai SHA-256)")


def _read(store: Store, digest: str) -> Seen:
    """(size, SHA-256), never more than a block in memory; or why it could not be read."""
    running, size = hashlib.sha256(), 0
    try:
        with store.open(key_of(digest)) as file:
            while block := file.read(BLOCK):
                running.update(block)
                size += len(block)
    except OSError as error:
        return error
    return size, running.hexdigest()


def _differs(file: StoredFile, expected: str, found: str, what: str) -> Difference:
    return Difference(FileProof.name, key_of(file.sha256), expected, found, f"Tệp {owner(file)} {what}.")


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


def strays(store: Store) -> Iterator[Kept]:
    """Files without a row: left by a change that was undone, or of a time before a restore."""
    found = store.keys(PREFIX)
    while chunk := list(islice(found, CHUNK)):
        digests = {one.key: one.key.removeprefix(PREFIX).replace("/", "") for one in chunk}
        rows = StoredFile.objects.filter(sha256__in=digests.values())
        known = set(rows.values_list("sha256", flat=True))
        yield from (one for one in chunk if digests[one.key] not in known)


def _strays(store: Store) -> Iterator[Note]:
    count, example = 0, ""
    for one in strays(store):
        count += 1
        example = example or one.key
    if count:
        yield Note(FileProof.name, f"{count} tệp trong kho không thuộc bản ghi nào (ví dụ {example}).")
