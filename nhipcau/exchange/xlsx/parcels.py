"""Filled forms as they arrive: a workbook, a zip of workbooks in any folders, or an e-mail with either attached."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from nhipcau.core import zips
from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.parcels import is_message, unpack

LARGEST = 5 * 2**20  # bytes of one form; one with 500 rows has 60 kB
MOST = 5000  # forms in one parcel
MOST_BYTES = 500 * 2**20  # of all of them
_SPREADSHEET = ("xl/workbook.xml", "content.xml")


def opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The workbooks in a file; the file itself unless it is a zip or an e-mail with others. UnreadableFile if it is
    too much, or an e-mail without any."""
    if is_message(data, name):
        yield from _attached(name, data)
        return
    if not data.startswith(b"PK\x03\x04"):
        yield name, _small(name, data)
        return
    try:
        with zips.opened(data) as archive:
            names = archive.namelist()
            if any(part in names for part in _SPREADSHEET):
                yield name, _small(name, data)
                return
            yield from _inside(name, archive)
    except zips.DAMAGED as error:
        vi = f"Tệp “{name}” bị hỏng hoặc có mật khẩu. Hãy lưu (.xlsx) hoặc nén (.zip) lại rồi gửi lại."
        en = f"The file “{name}” is damaged or locked. Save it (.xlsx) or pack it (.zip) anew and send it."
        raise UnreadableFile(Said(vi, en)) from error


def _attached(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The forms that an e-mail brings; its words, its sender and whatever else is attached are not looked at."""
    found = [one for one in unpack(data, name) or () if one.name.lower().endswith(".xlsx")]
    if not found:
        vi = f"Thư “{name}” không đính kèm biểu mẫu .xlsx nào. Hãy đính kèm tệp đã điền rồi gửi lại."
        en = f"The e-mail “{name}” has no .xlsx form attached. Attach the filled file and send it again."
        raise UnreadableFile(Said(vi, en))
    for one in found:
        yield f"{name} › {one.name}", _small(one.name, one.data)


def _inside(name: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    parts = [part for part in archive.infolist() if part.filename.lower().endswith(".xlsx")]
    if len(parts) > MOST:
        vi = f"Tệp “{name}” có {len(parts)} biểu mẫu, nhiều hơn {MOST}. Hãy chia nhỏ rồi gửi lại."
        en = f"The file “{name}” holds {len(parts)} forms, more than {MOST}. Send them in parts."
        raise UnreadableFile(Said(vi, en))
    total = 0
    for part in parts:
        data = _small(part.filename, zips.head(archive, part, LARGEST + 1))
        total += len(data)
        if total > MOST_BYTES:
            vi = f"Tệp “{name}” lớn bất thường sau khi giải nén. Hãy chia nhỏ rồi gửi lại."
            raise UnreadableFile(Said(vi, f"The file “{name}” unpacks to far too much. Send it in parts."))
        yield f"{name} › {part.filename}", data


def _small(name: str, data: bytes) -> bytes:
    if len(data) > LARGEST:
        vi = f"Tệp “{name}” lớn hơn 5 MB, không phải biểu mẫu tải từ đây."
        raise UnreadableFile(Said(vi, f"The file “{name}” is larger than 5 MB: no form downloaded here."))
    return data
