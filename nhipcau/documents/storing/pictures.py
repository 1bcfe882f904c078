"""Pictures of a letter's pages, drawn once and kept in the cache, which may be thrown away at any time."""

from __future__ import annotations

from nhipcau.core.errors import NotFound
from nhipcau.documents.models import Document
from nhipcau.documents.storing import files, media
from nhipcau.reader.extract.apart import picture_apart

_PAGED = (media.PDF, *media.PHOTOS)


def page_picture(document: Document, number: int) -> bytes:
    """JPEG of page `number` (from 1) of a letter that was fetched through a scope.

    NotFound unless the original is a PDF or a photograph; UnreadableFile or MissingProgram if it cannot be drawn.
    """
    original = document.original
    if original is None or original.media_type not in _PAGED or number < 1:
        raise NotFound("Văn bản này không có ảnh trang.")
    return files.derived(
        f"{files.pages_prefix(original.sha256)}{number}.jpg",
        lambda: picture_apart(files.read(original), document.original_name, number - 1),
    )
