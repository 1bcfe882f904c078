"""What must be readable again is kept enciphered: a copy of the database alone opens no second step."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def enciphered(text: str) -> str:
    """For the database."""
    return _cipher().encrypt(text.encode()).decode("ascii")


def deciphered(kept: str) -> str:
    """What was enciphered; where the instance's secret key has changed since, a random text that fits nothing."""
    try:
        return _cipher().decrypt(kept.encode()).decode()
    except InvalidToken:
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def _cipher() -> Fernet:
    digest = hmac.new(settings.SECRET_KEY.encode(), b"nhipcau.access.sealing", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
