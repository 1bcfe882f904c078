"""What only the header and the closing of an official letter say."""

from __future__ import annotations

import re

from nhipcau.reader.language.text import plain

_MARKS = re.compile(
    r"cong hoa xa hoi|dang cong san|doc lap\s?-|noi nhan\b|kinh gui\b"
    r"|(?:^|\s)(?:tm|kt|tl|tuq)\.|(?:^|\s)so\s?:\s*\d*\s*/"
)


def is_letterhead(text: str) -> bool:
    """Does this text stand in a header or closing (Decree 30, Appendix I, boxes 1 to 4, 7 and 9)?"""
    return _MARKS.search(plain(text)) is not None
