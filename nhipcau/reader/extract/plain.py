"""Plain text files: UTF-8 first, then the encodings old Vietnamese files come in."""

from __future__ import annotations

import contextlib

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.syllables import share_possible

_MARKED = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


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
        f"Không đọc được bảng mã của tệp “{name}”. Hãy mở tệp, lưu lại với bảng mã UTF-8 rồi gửi lại."
    )


def _eight_bit(data: bytes) -> str:
    """The decoding that gives the most Vietnamese words; TCVN3 and VNI are recognised later, by their words.

    Windows' Vietnamese (1258) writes tones as separate marks; Latin-1 keeps the codes of old fonts as they are.
    """
    texts = [data.decode("utf-8", "replace"), data.decode("latin-1")]
    with contextlib.suppress(UnicodeDecodeError):
        texts.append(data.decode("cp1258"))
    return max(texts, key=_sense)


def _sense(text: str) -> float:
    return share_possible(text) - text.count("\ufffd") / max(len(text), 1)
