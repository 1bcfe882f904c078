"""Stored files: bit for bit, once, checked, and nothing half-written."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from nhipcau.core.errors import InvalidInput, NhipCauError
from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import files, media
from tests.stored import path_of

pytestmark = pytest.mark.django_db


def _kept(data_dir: Path) -> list[Path]:
    return [path for path in (data_dir / "files").rglob("*") if path.is_file()]


def test_the_same_bytes_are_kept_once_and_come_back_unchanged(data_dir: Path) -> None:
    first, second = files.store(b"abc\r\n", "text/plain"), files.store(b"abc\r\n", "text/plain")
    assert first == second
    assert files.read(first) == b"abc\r\n"
    assert [path_of(first)] == _kept(data_dir)
    assert path_of(first).parent.name == first.sha256[:2]


def test_an_altered_file_is_not_handed_out() -> None:
    stored = files.store("gốc".encode(), "text/plain")
    path = path_of(stored)
    path.chmod(0o600)
    path.write_bytes(b"khac")
    with pytest.raises(NhipCauError, match=stored.sha256[:12]):
        files.read(stored)


def test_storing_again_heals_an_altered_file() -> None:
    stored = files.store(b"abc", "text/plain")
    path = path_of(stored)
    path.chmod(0o600)
    path.write_bytes(b"abd")
    files.store(b"abc", "text/plain")
    assert files.read(stored) == b"abc"


def test_a_missing_file_is_named() -> None:
    stored = files.store(b"abc", "text/plain")
    path_of(stored).unlink()
    with pytest.raises(NhipCauError, match="sao lưu"):
        files.read(stored)


def test_a_full_disk_leaves_nothing_behind(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NhipCauError, match="hết chỗ"):
        files.store(b"abc", "text/plain")
    assert _kept(data_dir) == []
    assert not StoredFile.objects.exists()


def test_an_empty_or_oversized_file_is_refused(settings: Any) -> None:
    settings.MAX_FILE_BYTES = 4
    for data in (b"", b"12345"):
        with pytest.raises(InvalidInput):
            files.store(data, "text/plain")
    assert files.store(b"1234", "text/plain").size == 4


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", media.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", media.DOC),
        ("Kính gửi".encode(), media.TEXT),
        (b"\xff\xd8\xff\xe0", media.JPEG),
        (b"\x89PNG\r\n\x1a\n", media.PNG),
        (b"RIFF....WEBPVP8 ", media.WEBP),
        (b"\x00\x00\x00\x18ftypheic", media.PICTURE),
        (b"\x7fELF\x00\x01", None),
    ],
)
def test_the_bytes_say_what_a_file_is(data: bytes, kind: str | None) -> None:
    assert media.detect(data) == kind


def test_a_long_name_keeps_its_ending_and_loses_its_folders() -> None:
    name = media.clean_name("C:\\giấy tờ\\" + "a" * 400 + ".docx")
    assert name.endswith("a.docx")
    assert len(name) == 200
