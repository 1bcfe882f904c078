"""Files of every bad kind, as they turn up under the name of a spreadsheet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.exchange.plain import sheet

GOOD = sheet(["Mã đơn vị", "Số suất quà"], ["A1", 3], ["A2", 4])
_SHEET = "xl/worksheets/sheet1.xml"
_ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet'


_FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _remade(change: Callable[[bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == _SHEET else old.read(name))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def _cell(xml: bytes) -> bytes:
    """With that cell instead of the first unit's figure."""
    return _remade(lambda text: text.replace(b'<c r="B2"><v>3</v></c>', xml, 1))


BAD: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "không phải tệp .xlsx|Tệp trống|cần đúng một dòng"),
    "another kind of file": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0" * 300, "không phải tệp .xlsx|UTF-8"),
    "a web page saved as .xls": (b"<html><table><tr><td>A1</td></tr></table></html>", "là trang web"),
    "an old .xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "không phải tệp .xlsx"),
    "under a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "khóa bằng mật khẩu",
    ),
    "cut short": (GOOD[: len(GOOD) // 2], "bị hỏng"),
    "a bomb": (_remade(bytes, {"xl/bomb.xml": b"0" * 110_000_000}), "lớn bất thường"),
    "macros": (_remade(bytes, {"xl/vbaProject.bin": b"x"}), "có macro"),
    "a huge sheet": (
        _remade(lambda text: text.replace(b"</sheetData>", _FAR)),
        "bất thường|không phải biểu mẫu tải|không phải XLSForm",
    ),
    "an external entity": (_remade(lambda text: text.replace(b"<worksheet", _ENTITY, 1)), "khai báo lạ"),
}  # fmt: skip
UNREAD = {
    "an error in a cell": (_cell(b'<c r="B2" t="e"><v>#DIV/0!</v></c>'), "B2"),
    "a formula nobody computed": (_cell(b'<c r="B2"><f>1+2</f></c>'), "B2"),
}
