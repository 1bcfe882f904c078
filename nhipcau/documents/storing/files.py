"""Bytes under `files/`, named by their SHA-256: written once, never changed, checked on every read."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from nhipcau.core.errors import InvalidInput, NhipCauError, NoAnswer, NoRoom
from nhipcau.core.said import Said
from nhipcau.core.store import Store, opened
from nhipcau.documents.models import StoredFile

PREFIX = "files/"
_FULL = (errno.ENOSPC, errno.EDQUOT)


def sha256(data: bytes) -> str:
    """The content address, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def kept() -> Store:
    """Where this instance's bytes lie (`NHIPCAU_STORAGE_URL`)."""
    return opened(settings.STORAGE_URL, Path(settings.DATA_DIR))


def key_of(digest: str) -> str:
    """Where the bytes with this SHA-256 lie: `files/ab/cdef…`."""
    return f"{PREFIX}{digest[:2]}/{digest[2:]}"


def derived(key: str, make: Callable[[], bytes]) -> bytes:
    """What was once made from stored bytes and left under `cache/`, which may be emptied at any time."""
    store = kept()
    with suppress(FileNotFoundError):
        return store.get(key)
    made = make()
    store.put(key, made)
    return made


def thumbnail_key(digest: str) -> str:
    """Where the small picture lies once somebody has asked for it (see `blurring.thumbnail`)."""
    return f"cache/thumbnails/{digest}.jpg"


def pages_prefix(digest: str) -> str:
    """Below which the pictures of its pages lie (see `pictures`)."""
    return f"cache/pages/{digest}/"


def require_size(data: bytes) -> None:
    """InvalidInput for an empty file and for one over `settings.MAX_FILE_BYTES`."""
    if not data:
        raise InvalidInput("Tệp rỗng, không có nội dung. Hãy chọn lại tệp.")
    if len(data) > settings.MAX_FILE_BYTES:
        limit = settings.MAX_FILE_BYTES // 2**20
        raise InvalidInput(
            Said(
                f"Tệp nặng {len(data) / 2**20:.1f} MB, quá mức {limit} MB. Hãy nén hoặc tách tệp.",
                f"The file has {len(data) / 2**20:.1f} MB, more than {limit} MB. Compress or split it.",
            )
        )


def store(data: bytes, media_type: str) -> StoredFile:
    """Keep the bytes and return their row; the same bytes are kept once.

    The file is complete in the store before its row is written, so a row never points at nothing; a file whose
    row was rolled back is harmless. Raises InvalidInput (size), NoRoom (disk full) or NoAnswer (not writable).
    """
    row, _ = StoredFile.objects.get_or_create(
        sha256=write(data), defaults={"size": len(data), "media_type": media_type[:100]}
    )
    return row


def write(data: bytes) -> str:
    """Put the bytes into the store, without a row, and return their SHA-256. Call it before a transaction opens, so
    that nobody waits for the store; `store` then finds them there."""
    require_size(data)
    digest = sha256(data)
    store, key = kept(), key_of(digest)
    try:
        if not store.holds(key, data, digest):
            store.put(key, data)
    except OSError as error:
        raise unwritten(error) from error
    return digest


def read(file: StoredFile) -> bytes:
    """The bytes exactly as stored. Raises NhipCauError naming the file if they are missing or altered,
    NoAnswer if the store cannot be reached."""
    try:
        data = kept().get(key_of(file.sha256))
    except FileNotFoundError as error:
        raise NhipCauError(
            Said(
                f"Không tìm thấy tệp {file.sha256[:12]}… trong kho. Hãy phục hồi từ bản sao lưu (nhipcau restore).",
                f"The file {file.sha256[:12]}… is not in the store. Restore it from the backup (nhipcau restore).",
            )
        ) from error
    except OSError as error:
        raise unread(error) from error
    if sha256(data) != file.sha256:
        raise NhipCauError(
            Said(
                f"Tệp {file.sha256[:12]}… trong kho đã khác bản gốc (sai SHA-256). "
                "Hãy phục hồi từ bản sao lưu và chạy «nhipcau verify».",
                f"The stored file {file.sha256[:12]}… differs from its original (wrong SHA-256). "
                "Restore it from the backup and run «nhipcau verify».",
            )
        )
    return data


def erase(file: StoredFile) -> None:
    """Forget a file for good: its row in the caller's transaction, its bytes and what was drawn from them when that
    is through. What something else still holds stays."""
    digest = file.sha256
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: _remove(digest))


def _remove(digest: str) -> None:
    store = kept()
    drawn = [one.key for one in store.keys(pages_prefix(digest))]
    for key in (key_of(digest), thumbnail_key(digest), *drawn):
        store.remove(key)


def unread(error: OSError) -> NhipCauError:
    """What to tell a person when the store is there no more, or does not give what it holds."""
    return NoAnswer(
        Said(
            f"Kho tệp không trả lời ({error.strerror}). Hãy thử lại sau; nếu vẫn vậy, báo người quản trị.",
            f"The store does not answer ({error.strerror}). Try again later; if it stays so, tell "
            "the administrator.",
        )
    )


def unwritten(error: OSError) -> NhipCauError:
    """What to tell a person when the store does not take what was sent."""
    if error.errno in _FULL:
        return NoRoom(
            "Máy chủ đã hết chỗ lưu tệp nên chưa lưu gì cả. Hãy báo người quản trị dọn ổ đĩa rồi gửi lại."
        )
    return NoAnswer(
        Said(
            f"Máy chủ không ghi được tệp vào kho ({error.strerror}). Chưa lưu gì cả; hãy báo người quản trị.",
            f"The server cannot write to its store ({error.strerror}). Nothing was saved; tell the administrator.",
        )
    )
