"""The bytes of a stored file where a test may touch them: on the disk of its data directory."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import files


def path_of(file: StoredFile) -> Path:
    return Path(settings.DATA_DIR) / files.key_of(file.sha256)
