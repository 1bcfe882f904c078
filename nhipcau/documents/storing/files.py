"""Bytes under `DATA_DIR/files/`, named by their SHA-256: written once, never changed, checked on every read."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from nhipcau.core.errors import InvalidInput, NhipCauError
from nhipcau.core.said import Said
from nhipcau.documents.models import StoredFile

_FULL = (errno.ENOSPC, errno.EDQUOT)


def sha256(data: bytes) -> str:
    """The content address, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def path_of(file: StoredFile) -> Path:
    """Where the bytes lie: `files/ab/cdef…`."""
    return _path(file.sha256)


def thumbnail_path(file: StoredFile) -> Path:
    """Where its small picture lies once somebody has asked for it (see `blurring.thumbnail`)."""
    return Path(settings.DATA_DIR) / "cache" / "thumbnails" / f"{file.sha256}.jpg"


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

    The file is complete on disk before its row is written, so a row never points at nothing; a file whose
    row was rolled back is harmless. Raises InvalidInput (size) or NhipCauError (disk full, not writable).
    """
    row, _ = StoredFile.objects.get_or_create(
        sha256=write(data), defaults={"size": len(data), "media_type": media_type[:100]}
    )
    return row


def write(data: bytes) -> str:
    """Put the bytes on disk, without a row, and return their SHA-256. Call it before a transaction opens, so
    that nobody waits for the disk; `store` then finds them there."""
    require_size(data)
    digest = sha256(data)
    path = _path(digest)
    if not (path.exists() and sha256(path.read_bytes()) == digest):
        _write(path, data)
    return digest


def read(file: StoredFile) -> bytes:
    """The bytes exactly as stored. Raises NhipCauError naming the file if they are missing or altered."""
    try:
        data = path_of(file).read_bytes()
    except FileNotFoundError as error:
        raise NhipCauError(
            Said(
                f"Không tìm thấy tệp {file.sha256[:12]}… trong kho. Hãy phục hồi từ bản sao lưu (nhipcau restore).",
                f"The file {file.sha256[:12]}… is not in the store. Restore it from the backup (nhipcau restore).",
            )
        ) from error
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
    """Forget a file for good: its row in the caller's transaction, its bytes and its small picture when that is
    through. What something else still holds stays."""
    paths = (path_of(file), thumbnail_path(file))
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return
    transaction.on_commit(lambda: _unlink(paths))


def _unlink(paths: tuple[Path, ...]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _path(digest: str) -> Path:
    return Path(settings.DATA_DIR) / "files" / digest[:2] / digest[2:]


def _write(path: Path, data: bytes) -> None:
    """A temporary name, fsync, atomic rename: whoever looks finds all of the file or none of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o440)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        if error.errno in _FULL:
            raise NhipCauError(
                "Máy chủ đã hết chỗ lưu tệp nên chưa lưu gì cả. Hãy báo người quản trị dọn ổ đĩa rồi gửi lại."
            ) from error
        raise NhipCauError(
            Said(
                f"Máy chủ không ghi được tệp vào kho ({error.strerror}). Chưa lưu gì cả; hãy báo người quản trị.",
                f"The server cannot write to its store ({error.strerror}). Nothing was saved; tell "
                "the administrator.",
            )
        ) from error


def _sync_folder(folder: Path) -> None:
    """The rename itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
