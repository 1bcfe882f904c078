"""`s3://key:secret@host:port/bucket/prefix?tls=0&region=…&ca=FILE`: where a shared store is, how to open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

_OPTIONS = {"tls", "region", "ca"}
_FORM = "s3://KHÓA:BÍ-MẬT@máy:cổng/kho/thư-mục?tls=0&region=…&ca=/đường/dẫn/ca.pem (thư-mục, region, ca có thể bỏ)"


@dataclass(frozen=True)
class Address:
    """`prefix` is empty or ends in «/». `ca`: a file with the certificate of whoever signed the server's."""

    endpoint: str
    bucket: str
    prefix: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    region: str = "us-east-1"  # what servers that know no regions expect
    ca: str = ""

    @property
    def where(self) -> str:
        return f"{self.endpoint}/{self.bucket}/{self.prefix}".rstrip("/")


def read_address(url: str) -> Address:
    """Raises ValueError with a sentence; it never holds the secret."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"cần dạng {_FORM}.") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    bucket, _, prefix = unquote(parts.path).strip("/").partition("/")
    if parts.scheme != "s3" or not host or not bucket or not parts.username or not parts.password:
        raise ValueError(f"cần dạng {_FORM}.")
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ValueError(f"không có tùy chọn {', '.join(unknown)}; chỉ có {', '.join(sorted(_OPTIONS))}.")
    if options.get("tls", "1") not in {"0", "1"}:
        raise ValueError("tls là 1 hoặc 0.")
    scheme = "http" if options.get("tls") == "0" else "https"
    name = f"[{host}]" if ":" in host else host
    return Address(
        endpoint=f"{scheme}://{name}" + (f":{port}" if port else ""),
        bucket=bucket,
        prefix=f"{prefix.strip('/')}/" if prefix.strip("/") else "",
        key=unquote(parts.username),
        secret=unquote(parts.password),
        region=options.get("region") or Address.region,
        ca=options.get("ca", ""),
    )
