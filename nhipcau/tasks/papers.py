"""The papers of a report of done work: cleaned, screened and checked before the transaction opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.documents import files, media
from nhipcau.documents.evidence import Paper, check_paper
from nhipcau.org.models import Post

MOST = 10


def checked_papers(evidence: Sequence[tuple[str, bytes]], *, actor: Post, at: dt.datetime) -> list[Paper]:
    """The papers (name, bytes), each acceptable and its bytes on disk.

    BoundaryRefused for names, and the words of .txt papers, beyond the boundary; InvalidInput listing every
    file that is a photograph, too large, empty or of another kind.
    """
    if len(evidence) > MOST:
        raise InvalidInput(f"Gửi tối đa {MOST} tệp minh chứng mỗi lần.")
    papers = [Paper(media.clean_name(name), data) for name, data in evidence]
    texts = [paper.data.decode("utf-8", "replace") for paper in papers if media.detect(paper.data) == media.TEXT]
    screen({"tên tệp": [paper.name for paper in papers], "tệp": texts}, "comment", actor=actor, at=at)
    faults: list[Fault] = []
    for paper in papers:
        try:
            check_paper(paper)
        except InvalidInput as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidInput("Có tệp minh chứng chưa nhận được.", faults)
    for paper in papers:
        files.write(paper.data)
    return papers
