"""Where bytes lie: on this machine's disk, or in an S3-compatible store that several machines share."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nhipcau.core.store.address import Address, read_address
from nhipcau.core.store.disk import DiskStore
from nhipcau.core.store.kept import Kept, Source, Store

__all__ = ["Address", "DiskStore", "Kept", "Source", "Store", "opened", "read_address"]


@lru_cache(maxsize=16)
def opened(url: str, folder: Path) -> Store:
    """The store at `url`; without one, `folder` on the disk. Nothing is asked of it yet."""
    if not url:
        return DiskStore(folder)
    from nhipcau.core.store.s3 import S3Store  # its library is installed only where it is wanted

    return S3Store(read_address(url))
