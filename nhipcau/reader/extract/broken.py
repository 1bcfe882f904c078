"""Is a text layer what the page shows? Fonts without a map to Unicode give letters that mean nothing."""

from __future__ import annotations


def fault_of(text: str) -> str | None:
    """Why the text cannot be what the page shows, in Vietnamese for "Trang 1 là …"; None if it can."""
    letters = [char for char in text if not char.isspace()]
    lost = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in letters)
    if lost > 0.1 * len(letters):
        return "trang có lớp chữ hỏng"
    return None
