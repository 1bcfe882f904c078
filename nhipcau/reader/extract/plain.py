"""Plain text files: UTF-8 first, then the encodings old Vietnamese files come in."""

from __future__ import annotations

import contextlib

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.language.syllables import share_possible

_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}

_MOST_SPOILT = 0.05
_WORDS = 0.9


def read_plain(data: bytes, name: str) -> str:
    """Decode a text file. Raises `UnreadableFile` if no known encoding fits."""
    marked = next((encoding for mark, encoding in _MARKED.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(marked)
    except UnicodeDecodeError:
        pass
    if marked != "utf-16" and b"\x00" not in data:
        return _eight_bit(data)
    raise UnreadableFile(
        Said(
            f"Không đọc được bảng mã của tệp “{name}”. Hãy mở tệp, lưu lại với bảng mã UTF-8 rồi gửi lại.",
            f"The encoding of the file “{name}” cannot be read. Open it, save it as UTF-8 and send that.",
        )
    )


def _eight_bit(data: bytes) -> str:
    """UTF-8 with a few bytes spoilt, else Windows' Vietnamese (1258, tones as separate marks) if that makes words.

    Latin-1 keeps the codes of TCVN3 and VNI as they are; which of them it is, is told later by the words.
    """
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= _MOST_SPOILT * sum(not char.isascii() for char in text):
        return text
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode("cp1258")
        if share_possible(text) >= _WORDS:
            return text
    return data.decode("latin-1")
