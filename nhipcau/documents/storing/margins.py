"""What stands in the running headers and footers of a .docx, where a degree of secrecy is often put."""

from __future__ import annotations

import re
import zipfile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from nhipcau.core import zips

_PART = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST_PARTS = 60
_LARGEST = 2**20  # bytes unpacked; a header of more is none
_ALL = 8 * _LARGEST  # bytes of all of them
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def margins_of(data: bytes) -> list[str]:
    """The words of each running header and footer of every section, text boxes included, a line a paragraph.

    Empty for anything that is no .docx; a part that is damaged or unreasonably large is passed over, for the
    reader refuses such a file by itself.
    """
    left, said = _ALL, []
    try:
        with zips.opened(data) as package:
            for one in [one for one in package.infolist() if _PART.fullmatch(one.filename)][:_MOST_PARTS]:
                words = _unpacked(package, one, min(left, _LARGEST))
                left -= len(words)
                said.append(_words(words))
    except zips.DAMAGED:
        return []
    return said


def _unpacked(package: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    try:
        return zips.part(package, one, most)
    except zips.DAMAGED:
        return b""


def _words(part: bytes) -> str:
    try:
        root = fromstring(part)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return ""
    lines = ["".join(found.text or "" for found in one.iter(f"{_W}t")) for one in root.iter(f"{_W}p")]
    return "\n".join(lines)
