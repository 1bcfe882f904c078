"""Public identifiers."""

from __future__ import annotations

import uuid

import uuid6


def new_uid() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): unique, and in the order of creation, so that indexes stay compact."""
    return uuid.UUID(int=uuid6.uuid7().int)
