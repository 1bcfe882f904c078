"""A store that speaks S3: of a provider, or one's own (SeaweedFS, MinIO, Ceph, Garage)."""

from __future__ import annotations

import base64
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nhipcau.core.errors import MissingProgram
from nhipcau.core.store.address import Address
from nhipcau.core.store.kept import Kept, Source

CONNECT, READ, ATTEMPTS = 3, 10, 2  # seconds, and how often: a server that is silent holds a page for so long
CONNECTIONS = 16
PAGE = 1000  # keys in one answer
_MISSING = {"NoSuchKey", "NotFound", "404"}
_TAKEN = {"PreconditionFailed", "412"}
_UNSUPPORTED = {"NotImplemented", "501"}
_FULL = {"InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "507"}


@dataclass(frozen=True)
class _Opened:
    body: Any
    size: int
    key: str

    def read(self, most: int, /) -> bytes:
        with _told(self.key):
            data: bytes = self.body.read(most)
            return data


class S3Store:
    """Each thing is one object, at most as large as a file may be: one request writes it, whole or not at all."""

    shared = True

    def __init__(self, address: Address) -> None:
        self._address = address
        self._client = _client(address)

    @property
    def where(self) -> str:
        return self._address.where

    def put(self, key: str, data: bytes) -> None:
        """The server compares the digest before it keeps the bytes."""
        self._put(key, data)

    def put_once(self, key: str, data: bytes) -> None:
        try:
            self._put(key, data, IfNoneMatch="*")
        except FileExistsError:
            return
        except NotImplementedError:  # an older server: then what is there is written again
            self._put(key, data)

    def holds(self, key: str, data: bytes, sha256: str) -> bool:
        """By the digest that the server keeps; from one that keeps none they are written again."""
        try:
            with _told(key):
                found = self._client.head_object(**self._named(key), ChecksumMode="ENABLED")
        except FileNotFoundError:
            return False
        digest = base64.b64encode(bytes.fromhex(sha256)).decode()
        return bool(found["ContentLength"] == len(data) and found.get("ChecksumSHA256") == digest)

    def get(self, key: str) -> bytes:
        with _told(key):
            data: bytes = self._client.get_object(**self._named(key))["Body"].read()
            return data

    @contextmanager
    def open(self, key: str) -> Iterator[Source]:
        with _told(key):
            found = self._client.get_object(**self._named(key))
        try:
            yield _Opened(found["Body"], int(found["ContentLength"]), key)
        finally:
            found["Body"].close()

    def remove(self, key: str) -> None:
        with _told(key):
            self._client.delete_object(**self._named(key))

    def keys(self, prefix: str, *, after: str = "") -> Iterator[Kept]:
        below = self._address.prefix + prefix
        asked: dict[str, Any] = {"Bucket": self._address.bucket, "Prefix": below, "MaxKeys": PAGE}
        if after:
            asked["StartAfter"] = self._address.prefix + after
        while True:
            with _told(prefix):
                found = self._client.list_objects_v2(**asked)
            for one in found.get("Contents", ()):
                yield Kept(one["Key"].removeprefix(self._address.prefix), int(one["Size"]), one["LastModified"])
            if not found.get("IsTruncated"):
                return
            asked["ContinuationToken"] = found["NextContinuationToken"]

    def _named(self, key: str) -> dict[str, str]:
        return {"Bucket": self._address.bucket, "Key": self._address.prefix + key}

    def _put(self, key: str, data: bytes, **conditions: str) -> None:
        with _told(key):
            self._client.put_object(**self._named(key), Body=data, ChecksumAlgorithm="SHA256", **conditions)


def _client(address: Address) -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise MissingProgram(
            "Kho tệp S3 cần gói boto3; cài: .venv/bin/pip install --require-hashes -r requirements/s3.txt"
        ) from error
    config = Config(
        s3={"addressing_style": "path"},
        connect_timeout=CONNECT,
        read_timeout=READ,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=CONNECTIONS,
        # What S3 itself added in 2025 and other servers may not know is used only where we ask for it.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    # A session of its own: the library's default one is not made for several threads.
    return boto3.session.Session().client(
        "s3",
        endpoint_url=address.endpoint,
        aws_access_key_id=address.key,
        aws_secret_access_key=address.secret,
        region_name=address.region,
        verify=address.ca or None,
        config=config,
    )


@contextmanager
def _told(key: str) -> Iterator[None]:
    """The library's errors as the operating system's."""
    from botocore.exceptions import BotoCoreError, ClientError
    from urllib3.exceptions import HTTPError

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), key) from error
        if code in _TAKEN:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), key) from error
        if code in _UNSUPPORTED:
            raise NotImplementedError(code) from error
        raise OSError(errno.ENOSPC if code in _FULL else errno.EIO, f"S3: {code}", key) from error
    except (BotoCoreError, HTTPError) as error:
        raise OSError(errno.EIO, f"S3: {type(error).__name__}", key) from error
