"""Papers that show the work was done. No photographs until faces can be blurred; no words beyond the boundary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.documents import files, media
from nhipcau.documents.models import StoredFile
from nhipcau.org.models import Post

MOST = 10
_PICTURE = (
    "là ảnh. Hệ thống chưa làm mờ được khuôn mặt nên tạm thời chưa nhận ảnh; "
    "hãy gửi giấy tờ (.pdf, .docx, .xlsx, .txt) hoặc ghi kết quả bằng số."
)


@dataclass(frozen=True)
class Paper:
    """One accepted file."""

    name: str
    data: bytes
    media_type: str
    sha256: str


def checked_papers(evidence: Sequence[tuple[str, bytes]], *, actor: Post, at: dt.datetime) -> list[Paper]:
    """The papers, checked and on disk; call before the transaction opens.

    InvalidInput naming each file that is a photograph, too large, empty or of another kind.
    """
    if len(evidence) > MOST:
        raise InvalidInput(f"Gửi tối đa {MOST} tệp minh chứng mỗi lần.")
    named = [(media.clean_name(name), data) for name, data in evidence]
    texts = [data.decode("utf-8", "replace") for _, data in named if media.detect(data) == media.TEXT]
    screen({"tên tệp": [name for name, _ in named], "tệp": texts}, "comment", actor=actor, at=at)
    faults = []
    papers = []
    for name, data in named:
        try:
            papers.append(_paper(name, data))
        except InvalidInput as error:
            faults.append(Fault(name, error.message))
    if faults:
        raise InvalidInput("Có tệp minh chứng chưa nhận được.", faults)
    for paper in papers:
        files.write(paper.data)
    return papers


def keep(paper: Paper) -> StoredFile:
    """The stored row of a checked paper, inside the caller's transaction."""
    return files.store(paper.data, paper.media_type)


def _paper(name: str, data: bytes) -> Paper:
    files.require_size(data)
    if media.detect(data) == media.PICTURE:
        raise InvalidInput(f"Tệp «{name}» {_PICTURE}")
    return Paper(name, data, media.require(data, name, media.PAPERS), files.sha256(data))
