"""Papers that show work was done. One rule for tasks and activities alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.keptout import require_unstamped, require_unstamped_name
from nhipcau.documents.storing.margins import margins_of
from nhipcau.org.models import Post
from nhipcau.reader.extract import extract

MEDIA_TYPES = {".pdf": media.PDF, ".docx": media.DOCX, ".xlsx": media.XLSX, ".txt": media.TEXT}
MOST = 10
TOO_MANY = Said(f"Gửi tối đa {MOST} tệp mỗi lần.", f"Send at most {MOST} files at a time.")


@dataclass(frozen=True)
class Paper:
    """A file as it came from a person: its name and its bytes."""

    name: str
    data: bytes


def check_paper(paper: Paper) -> str:
    """The media type of an acceptable paper. The bytes decide, not the ending: a photograph may be renamed.

    InvalidInput (a fault at "papers" naming the file) for a photograph, an empty or too large file, or
    another kind. Photographs go to an activity, where faces are covered and a person looks (`blurring`).
    """
    try:
        files.require_size(paper.data)
        if not media.is_picture(media.detect(paper.data)):
            return media.require(paper.data, paper.name, media.PAPERS)
    except InvalidInput as error:
        raise _refused(paper, error.message) from error
    raise _refused(
        paper,
        "ô này không nhận ảnh chụp, vì khuôn mặt phải được che và có người xem lại; hãy gửi ảnh ở ô «Ảnh» của một "
        "hoạt động trong sổ hoạt động, còn ở đây gửi biên bản, kế hoạch (.pdf, .docx, .xlsx, .txt)",
    )


def checked_papers(papers: Sequence[Paper], *, actor: Post, at: dt.datetime) -> list[Paper]:
    """The papers with clean names, each acceptable, its words screened and its bytes on disk.

    Call it before the transaction opens, then `accept_paper` within it. Words are read from .txt, .docx and
    the text layer of .pdf; a paper without readable words passes by its name. Raises InvalidInput (too many;
    or a fault for every photograph, too large, empty or unknown file), KeptOut (secret papers, complaints)
    and BoundaryRefused (names or words); then nothing is kept.
    """
    if len(papers) > MOST:
        raise InvalidInput(TOO_MANY)
    papers = [Paper(media.clean_name(paper.name), paper.data) for paper in papers]
    screen({"tên tệp": [paper.name for paper in papers]}, "narrative", actor=actor, at=at)
    faults: list[Fault] = []
    for paper in papers:
        try:
            check_paper(paper)
        except InvalidInput as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidInput("Có tệp minh chứng chưa nhận được.", faults)
    for paper in papers:
        require_unstamped_name(paper.name, unit=actor.unit, actor=actor, at=at)
    texts = [_words(paper) for paper in papers]
    for text in (*texts, *(words for paper in papers for words in margins_of(paper.data))):
        require_unstamped(text, unit=actor.unit, actor=actor, at=at)
    screen({"tệp": texts}, "narrative", actor=actor, at=at)
    for paper in papers:
        files.write(paper.data)
    return list(papers)


def _words(paper: Paper) -> str:
    """What the paper says, as far as it can be read quickly; "" for a scan or a spreadsheet."""
    kind = media.detect(paper.data)
    if kind not in (media.TEXT, media.DOCX, media.PDF):
        return ""
    try:
        # Without its name: text renamed to .pdf is still text, and must not pass unread.
        return extract(paper.data, "", ocr=False).text
    except UnreadableFile:
        return paper.data.decode("utf-8", "replace") if kind == media.TEXT else ""


def accept_paper(paper: Paper) -> StoredFile:
    """Store a paper that `checked_papers` let through; its kind is checked again."""
    return files.store(paper.data, check_paper(paper))


def _refused(paper: Paper, why: str) -> InvalidInput:
    return InvalidInput("Chưa nhận được minh chứng.", [Fault("papers", f"{paper.name}: {why}")])
