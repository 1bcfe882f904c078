"""Papers that show work was done. One rule for tasks and activities alike."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.documents import files, media
from nhipcau.documents.models import StoredFile

MEDIA_TYPES = {".pdf": media.PDF, ".docx": media.DOCX, ".xlsx": media.XLSX, ".txt": media.TEXT}


@dataclass(frozen=True)
class Paper:
    """A file as it came from a person: its name and its bytes."""

    name: str
    data: bytes


def check_paper(paper: Paper) -> str:
    """The media type of an acceptable paper. The bytes decide, not the ending: a photograph may be renamed.

    InvalidInput (a fault at "papers" naming the file) for a photograph, an empty or too large file, or
    another kind. Photographs wait until faces in them can be blurred before anything is kept.
    """
    try:
        files.require_size(paper.data)
        if media.detect(paper.data) != media.PICTURE:
            return media.require(paper.data, paper.name, media.PAPERS)
    except InvalidInput as error:
        raise _refused(paper, error.message) from error
    raise _refused(
        paper,
        "chưa nhận ảnh chụp, vì hệ thống chưa che được khuôn mặt; hãy gửi biên bản, kế hoạch (.pdf, .docx, .xlsx, "
        ".txt) hoặc ghi kết quả bằng số",
    )


def accept_paper(paper: Paper) -> StoredFile:
    """Check and store a paper."""
    return files.store(paper.data, check_paper(paper))


def _refused(paper: Paper, why: str) -> InvalidInput:
    return InvalidInput("Chưa nhận được minh chứng.", [Fault("papers", f"{paper.name}: {why}")])
