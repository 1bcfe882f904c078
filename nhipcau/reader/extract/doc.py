"""Old Word files (.doc, .rtf) through antiword or LibreOffice, whichever is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.reader.extract.docx import read_docx

_SECONDS = 120


def read_doc(data: bytes, name: str) -> str:
    """Text of an old Word file. Raises `MissingProgram` if neither program is there, else `UnreadableFile`."""
    antiword, office = shutil.which("antiword"), shutil.which("soffice") or shutil.which("libreoffice")
    if not antiword and not office:
        raise MissingProgram(
            "Máy chủ chưa có chương trình antiword hoặc LibreOffice nên không đọc được tệp .doc cũ. "
            "Hãy cài một trong hai, hoặc lưu tệp thành .docx rồi gửi lại."
        )
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        source = Path(folder) / "van-ban.doc"
        source.write_bytes(data)
        is_word = data[:4] == b"\xd0\xcf\x11\xe0"
        if antiword and is_word:
            text = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], name)
            if text and text.strip():
                return text
        if office:
            _run(
                [
                    office,
                    "--headless",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--convert-to",
                    "docx",
                    "--outdir",
                    folder,
                    str(source),
                ],
                name,
            )
            converted = Path(folder) / "van-ban.docx"
            if converted.exists():
                return read_docx(converted.read_bytes(), name)
    raise UnreadableFile(
        f"Không đọc được tệp “{name}”: tệp hỏng, có mật khẩu hoặc không phải văn bản Word. "
        "Hãy mở tệp gốc, bỏ mật khẩu, lưu thành .docx rồi gửi lại."
    )


def _run(command: list[str], name: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"Tệp “{name}” đọc quá {_SECONDS} giây nên bị dừng. Hãy lưu thành .docx rồi gửi lại."
        ) from error
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
