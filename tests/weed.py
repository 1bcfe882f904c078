"""A real S3 server for the tests: SeaweedFS, as its package brings it, one process on this machine alone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

KEY, SECRET = "khoa-thu", "bi-mat/thu+1"  # what needs quoting in an address shows that it is quoted
BUCKET = "nhipcau"
PATIENCE = 60  # seconds until it answers, on a machine that is busy with other tests
_PORTS = [f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")]


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Its host and port; BUCKET is there. What it held is gone afterwards."""
    ports = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
    allowed = [{"name": "thu", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}]
    (folder / "s3.json").write_text(json.dumps({"identities": allowed}))
    command = [
        "setpriv", "--pdeathsig", "KILL",  # a run of the tests that is ended by force leaves no server behind
        str(Path(sys.executable).parent / "weed"), "server", f"-dir={folder}", "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1", "-master.telemetry=false", "-volume.max=20", "-master.volumeSizeLimitMB=64",
        "-filer", "-s3", "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={folder / 's3.json'}",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _await_bucket(f"http://127.0.0.1:{ports['s3.port']}", process, folder / "log")
        yield f"127.0.0.1:{ports['s3.port']}"
    finally:
        process.kill()
        process.wait()


def address(host: str, room: str) -> str:
    """A part of the bucket, as NHIPCAU_STORAGE_URL takes it."""
    return f"s3://{KEY}:{quote(SECRET, safe='')}@{host}/{BUCKET}/{room}?tls=0"


def client(endpoint: str) -> Any:
    """One that is not the product's."""
    import boto3
    from botocore.config import Config

    config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, connect_timeout=2)
    return boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        region_name="us-east-1", config=config,
    )  # fmt: skip


def _await_bucket(endpoint: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it has made a bucket and taken something into it."""
    from botocore.exceptions import BotoCoreError, ClientError

    until = time.monotonic() + PATIENCE
    asked = client(endpoint)
    while True:
        try:
            if not any(one["Name"] == BUCKET for one in asked.list_buckets()["Buckets"]):
                asked.create_bucket(Bucket=BUCKET)
            asked.put_object(Bucket=BUCKET, Key="first", Body=b"1")
            return
        except (BotoCoreError, ClientError) as error:
            ended = process.poll() is not None
            if ended or time.monotonic() > until:
                raise AssertionError(f"{error}\n{log.read_bytes()[-2000:].decode(errors='replace')}") from error
            time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
