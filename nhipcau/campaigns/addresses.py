"""The short public address of a campaign: what posters and QR codes hold. It names nobody and no device."""

from __future__ import annotations

import secrets

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread on paper: no 0, 1, i, l, o
_LENGTH = 10


def new_token() -> str:
    """Not to be guessed: 49 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
