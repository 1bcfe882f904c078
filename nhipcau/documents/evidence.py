"""Papers that show work was done. One rule for tasks and activities alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.documents.files import store
from nhipcau.documents.models import StoredFile

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
}
PHOTOGRAPHS = {".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif"}


@dataclass(frozen=True)
class Paper:
    """A file as it came from a person: its name and its bytes."""

    name: str
    data: bytes


def accept_paper(paper: Paper) -> StoredFile:
    """Store a paper. Photographs are refused until faces in them can be blurred before anything is kept."""
    suffix = PurePath(paper.name).suffix.lower()
    if suffix in PHOTOGRAPHS:
        raise _refused(paper, "chưa nhận ảnh chụp, vì hệ thống chưa che được khuôn mặt; hãy gửi biên bản, kế hoạch")
    if suffix not in MEDIA_TYPES:
        raise _refused(paper, f"chỉ nhận {', '.join(sorted(MEDIA_TYPES))}")
    if not paper.data:
        raise _refused(paper, "tệp trống")
    return store(paper.data, MEDIA_TYPES[suffix])


def _refused(paper: Paper, why: str) -> InvalidInput:
    return InvalidInput("Chưa nhận được minh chứng.", [Fault("papers", f"{paper.name}: {why}")])
