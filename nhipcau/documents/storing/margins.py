"""What stands in the running headers and footers of a .docx, where a degree of secrecy is often put."""

from __future__ import annotations

import io
import re
import zipfile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

_PART = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST_PARTS = 60
_LARGEST = 2**20  # bytes unpacked; a header of more is none
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def margins_of(data: bytes) -> list[str]:
    """The words of each running header and footer of every section, text boxes included, a line a paragraph.

    Empty for anything that is no .docx; a part that is damaged or unreasonably large is passed over, for the
    reader refuses such a file by itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [one for one in package.infolist() if _PART.fullmatch(one.filename)]
            return [_words(package.read(one)) for one in parts[:_MOST_PARTS] if one.file_size <= _LARGEST]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return []


def _words(part: bytes) -> str:
    try:
        root = fromstring(part)
    except (ParseError, DefusedXmlException, ValueError):
        return ""
    lines = ["".join(found.text or "" for found in one.iter(f"{_W}t")) for one in root.iter(f"{_W}p")]
    return "\n".join(lines)
