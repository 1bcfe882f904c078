"""Keys of the counts that all processes share."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def digest_of(key: str, prefix: str, version: int) -> str:
    """A network address or a login counted for a minute is not written down, not even for that minute."""
    said = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
