"""A text without a single word is nothing to judge."""

from __future__ import annotations

import pytest

from nhipcau.boundary.engine import check


@pytest.mark.parametrize("text", ["", " ", "+", "- ;", "…"])
def test_marks_alone_are_allowed(text: str) -> None:
    assert check(text).verdict == "allowed"
