"""Bytes that leave a page as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes as an attachment with their name."""
    response = HttpResponse(data, content_type=media_type or "application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response
