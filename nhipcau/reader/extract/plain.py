"""Plain text files: UTF-8 first, then the encodings old Vietnamese files come in."""

from __future__ import annotations

from nhipcau.core.errors import UnreadableFile


def read_plain(data: bytes, name: str) -> str:
    """Decode a text file. Raises `UnreadableFile` if no known encoding fits."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1258"]  # the latter is Windows' Vietnamese
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        f"Không đọc được bảng mã của tệp “{name}”. Hãy mở tệp, lưu lại với bảng mã UTF-8 rồi gửi lại."
    )
