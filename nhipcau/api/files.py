"""Files in and out: taken only as large as pages take them, given as attachments under their names."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import UploadedFile

from nhipcau.api.auth import ApiRequest
from nhipcau.audit.taking import note_taking
from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.storing.evidence import Paper

_TOO_LARGE = Said("Tệp quá lớn, máy chủ không nhận.", "The file is too large to be taken.")


def taken(file: UploadedFile) -> Paper:
    """The file in memory. One past the limits arrives empty (see web.uploads), which shows in its size."""
    data = file.read()
    if (file.size or 0) > settings.MAX_FILE_BYTES or len(data) != (file.size or 0):
        raise InvalidInput(_TOO_LARGE)
    return Paper(file.name or "", data)


def papers(files: Sequence[UploadedFile]) -> list[Paper]:
    """Several."""
    return [taken(file) for file in files]


def download(request: ApiRequest, takes: str, of: str, given: tuple[bytes, str, str]) -> HttpResponse:
    """Bytes, name and media type as an attachment; the log says that it left (`takes`), and of what (`of`)."""
    data, name, media_type = given
    note_taking(actor=request.scope.post, action=takes, obj=of, at=request.moment, data={"by": "api"})
    response = HttpResponse(data, content_type=media_type or "application/octet-stream")
    named = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = named or "attachment"
    return response
