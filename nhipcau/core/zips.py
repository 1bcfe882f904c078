"""Foreign zip archives opened within our own process: as many parts, and as much of each, as was said beforehand.

Python's `ZipFile.read` unpacks a part whole before it looks at the size that the archive declares, and the archive
is the sender's: a file of 2 MB that declares a kilobyte takes gigabytes. Its list of parts is read whole as well.
"""

from __future__ import annotations

import io
import zipfile
import zlib

MOST_PARTS = 20_000  # a branch's forms in one parcel are 5 000
_LISTED = b"PK\x01\x02"  # begins each entry of the list of parts (APPNOTE 4.3.12)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Office and every packer use; others ask for any memory
# What Python's own reader ends with on an archive that is damaged, locked or forged.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive. Raises BadZipFile for what is none and for one of more parts than anybody packs."""
    if data.count(_LISTED) > MOST_PARTS:
        raise zipfile.BadZipFile("too many parts")
    return zipfile.ZipFile(io.BytesIO(data))


def head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The first `most` bytes of a part, unpacked no further. BadZipFile for rare packings."""
    if entry.compress_type not in _PACKED:
        raise zipfile.BadZipFile(entry.filename)
    with archive.open(entry) as file:
        return file.read(most)


def part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """What a part holds. BadZipFile for more than `most` bytes, whatever it declares, and for rare packings."""
    data = head(archive, entry, most + 1)
    if len(data) > most:
        raise zipfile.BadZipFile(entry.filename)
    return data
