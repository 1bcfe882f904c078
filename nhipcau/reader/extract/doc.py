"""Old Word files (.doc, .rtf) through antiword or LibreOffice.

antiword reads in milliseconds, but knows neither fonts nor text boxes nor running headers; LibreOffice takes about
a second and keeps them. So antiword reads what needs none of them, LibreOffice the rest; either does if the other
is not installed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.found import EMBEDDED, MACRO, Extracted, carried
from nhipcau.reader.extract.legacy import is_suspect
from nhipcau.reader.extract.letterhead import is_letterhead
from nhipcau.reader.extract.word import read_docx

_SECONDS = 50
_OLE = b"\xd0\xcf\x11\xe0"
_FIB = (b"\xec\xa5", b"\xdc\xa5")  # how the main stream begins: Word 97 ([MS-DOC] 2.5.1), Word 95
_BOXES = (0x64, 0x68)  # where Word 97 says how many letters stand in text boxes of the body and the header
_ENCRYPTED = 0x0100
_SECTOR = 512
_HEADERS, _LONG = 0x54, 60  # the same for running headers; a page number is shorter than this
_DRAWN = (b"\x3b\x08\x01", b"\x3a\x08\x01", b"\x3c\x08\x01")  # sprmCFCaps, SmallCaps, Vanish: [MS-DOC] 2.6.1
# Nothing is run, fetched or asked, whatever the file wants.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


@dataclass(frozen=True)
class _Word97:
    """What the file itself says before anything opens it."""

    drawn: bool  # text boxes, letters drawn as capitals, hidden ones: antiword knows none of them
    headed: bool  # running headers long enough for a letter's own header
    macros: bool
    embedded: bool


def read_doc(data: bytes, name: str) -> Extracted:
    """Text of an old Word file. Raises `MissingProgram` if neither program is there, else `UnreadableFile`."""
    about = _look(data, name)
    antiword = shutil.which("antiword") if data.startswith(_OLE) else None
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not antiword and not office:
        raise MissingProgram(
            "Máy chủ chưa có chương trình antiword hoặc LibreOffice nên không đọc được tệp .doc cũ. "
            "Hãy cài một trong hai, hoặc lưu tệp thành .docx rồi gửi lại."
        )
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        source = Path(folder) / ("van-ban.doc" if data.startswith(_OLE) else "van-ban.rtf")
        source.write_bytes(data)
        text = _by_antiword(antiword, source) if antiword else None
        headless = text is not None and about.headed and not is_letterhead(text)
        needs_office = text is None or about.drawn or headless or is_suspect(text)
        found = _by_office(office, source, name) if office and needs_office else None
        if found is None and text is not None:
            found = Extracted(text, "docx", (_read_by("antiword"),))
    if found is None or not found.text.strip():
        raise UnreadableFile(
            Said(
                f"Không đọc được tệp “{name}”: tệp hỏng, có mật khẩu hoặc không phải văn bản Word. "
                "Hãy mở tệp gốc, bỏ mật khẩu, lưu thành .docx rồi gửi lại.",
                f"The file “{name}” cannot be read: it is damaged, locked or no Word document. Open "
                "the original, remove the password, save it as .docx and send that.",
            )
        )
    return replace(found, warnings=(*found.warnings, *_carried(about)))


def _look(data: bytes, name: str) -> _Word97:
    """Marks in the raw bytes. Raises `UnreadableFile` for what is locked or no Word file."""
    if not data.startswith(_OLE):  # rich text
        return _Word97(drawn=False, headed=False, macros=False, embedded=b"\\object" in data)
    if _utf16("EncryptedPackage") in data:
        raise _locked(name)
    header = next(
        (data[at : at + 0x6C] for at in range(_SECTOR, len(data), _SECTOR) if data.startswith(_FIB, at)), b""
    )
    if _utf16("WordDocument") not in data or not header:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” không phải văn bản Word. Nếu là bảng tính hoặc bản trình chiếu, "
                "hãy in ra PDF rồi gửi lại.",
                f"The file “{name}” is no Word document. If it is a spreadsheet or a presentation, "
                "print it to PDF and send that.",
            )
        )
    if int.from_bytes(header[0x0A:0x0C], "little") & _ENCRYPTED:
        raise _locked(name)
    return _Word97(
        drawn=any(mark in data for mark in _DRAWN)
        or (header.startswith(_FIB[0]) and any(any(header[at : at + 4]) for at in _BOXES)),
        headed=int.from_bytes(header[_HEADERS : _HEADERS + 4], "little") > _LONG,
        macros=_utf16("_VBA_PROJECT") in data or _utf16("Macros") in data,
        embedded=_utf16("ObjectPool") in data,
    )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _locked(name: str) -> UnreadableFile:
    return UnreadableFile(
        Said(
            f"Tệp “{name}” có mật khẩu. Hãy mở tệp gốc, bỏ mật khẩu, lưu thành .docx rồi gửi lại.",
            f"The file “{name}” is locked by a password. Open the original, remove the password, "
            "save it as .docx and send that.",
        )
    )


def _by_antiword(program: str, source: Path) -> str | None:
    target = source.with_suffix(".txt")
    with target.open("wb") as stream:
        _run([program, "-m", "UTF-8.txt", "-w", "0", str(source)], stream.fileno())
    text = target.read_bytes().decode("utf-8", "replace")
    return text if text.strip() else None


def _by_office(program: str, source: Path, name: str) -> Extracted | None:
    folder = source.parent
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    target = folder / "ra" / "van-ban.docx"
    flags = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation=file://{profile}"]
    _run([program, *flags, "--convert-to", "docx", "--outdir", str(target.parent), str(source)])
    if not target.exists():
        return None
    found = read_docx(target.read_bytes(), name)
    return replace(found, warnings=(_read_by("LibreOffice"),))


def _run(command: list[str], output: int = subprocess.DEVNULL) -> None:
    """Let the program try; what it leaves says whether it could. One that takes too long is stopped."""
    try:
        subprocess.run(  # noqa: S603 - names of programs are fixed, paths our own
            command,
            stdout=output,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return


def _read_by(program: str) -> Said:
    return Said(f"Tệp .doc được đọc bằng {program}.", f"The .doc file was read by {program}.")


def _carried(about: _Word97) -> tuple[Said, ...]:
    return carried(label for label, there in ((MACRO, about.macros), (EMBEDDED, about.embedded)) if there)
