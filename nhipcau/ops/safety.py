"""What about this installation would let a stranger in: each finding with what to do about it.

What is unsafe ends `doctor` with 1; what is merely weaker than it could be is said. On a machine that serves itself
alone (`localhost`), what protects a network is not asked for.
"""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import connection

from nhipcau.core.errors import NhipCauError
from nhipcau.ops.backup.keys import Pair, Passphrase, read_key

OTHERS = stat.S_IRWXO
SHORTEST_KEY, FEWEST_CHARACTERS = 32, 10
CHECKED, ENCRYPTED = {"verify-full", "verify-ca"}, {"verify-full", "verify-ca", "require"}


@dataclass(frozen=True)
class Finding:
    """`unsafe`: it must be mended before others are let near; else it is advice."""

    name: str
    says: str
    unsafe: bool = True


def findings() -> list[Finding]:
    """Everything, the worst in no order."""
    parts = (_web(), _secret_key(), _on_disk(), _database(), _mail(), _elsewhere())
    return [found for part in parts for found in part]


def local(host: str) -> bool:
    """Whether the name means this machine and no other; a socket on disk, too."""
    name = host.strip("[]").rstrip(".").lower()
    if name in {"", "localhost"} or name.startswith("/") or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _open() -> bool:
    return any(not local(host) for host in settings.ALLOWED_HOSTS)


def _web() -> Iterator[Finding]:
    hosts = [host for host in settings.ALLOWED_HOSTS if not local(host)]
    if any(host in {"*", "."} for host in hosts):
        says = "NHIPCAU_ALLOWED_HOSTS có «*»: ai cũng giả được tên máy; hãy ghi đúng tên miền của đơn vị"
        yield Finding("Tên máy", says)
    if settings.DEBUG:
        says = "NHIPCAU_DEBUG=1 làm lộ mã nguồn và dữ liệu khi có lỗi; hãy bỏ đi"
        yield Finding("Chế độ gỡ lỗi", says, unsafe=bool(hosts))
    if not hosts:
        return
    if not settings.HTTPS:
        says = f"phục vụ {', '.join(hosts)} mà chưa có HTTPS: mật khẩu đi qua mạng ai cũng đọc được; đặt máy chủ proxy có HTTPS phía trước rồi đặt NHIPCAU_HTTPS=1"  # noqa: E501 - one sentence
        yield Finding("HTTPS", says)
    elif settings.SITE_URL.startswith("http://"):
        says = f"NHIPCAU_SITE_URL={settings.SITE_URL} dẫn cán bộ tới kênh không mã hóa; hãy ghi https://…"
        yield Finding("Địa chỉ trong thư", says, unsafe=False)
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if "*" in origin or (origin.startswith("http://") and not local(urlsplit(origin).hostname or "")):
            says = f"NHIPCAU_TRUSTED_ORIGINS nhận biểu mẫu từ «{origin}»; chỉ ghi địa chỉ https:// của chính mình"
            yield Finding("Gốc được tin", says)
    yield from _people()


def _people() -> Iterator[Finding]:
    if settings.REQUIRE_MFA == "off":
        says = "một mật khẩu lộ ra là đủ để vào; đặt NHIPCAU_REQUIRE_MFA=approvers hoặc all"
        yield Finding("Bước xác thực thứ hai", says, unsafe=False)
    if not settings.FRESH_MINUTES:
        says = "máy bỏ quên phát hành được văn bản; đặt NHIPCAU_FRESH_MINUTES từ 1 trở lên"
        yield Finding("Nhập lại mật khẩu", says, unsafe=False)
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        says = "mọi người đến từ một địa chỉ của proxy nên chung một giới hạn thử sai; đặt NHIPCAU_PROXIES=1"
        yield Finding("Số proxy", says, unsafe=False)


def _secret_key() -> Iterator[Finding]:
    key: str = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        says = "NHIPCAU_SECRET_KEY quá ngắn hoặc dễ đoán: ai đoán ra thì giả được phiên đăng nhập; bỏ biến ấy đi để máy tự lập khóa trong thư mục dữ liệu"  # noqa: E501 - one sentence
        yield Finding("Khóa bí mật", says)


def _on_disk() -> Iterator[Finding]:
    data = Path(settings.DATA_DIR)
    if exposed(data):
        says = f"mọi người dùng của máy đều đọc được {data}; chạy: chmod -R o-rwx {data}"
        yield Finding("Quyền của thư mục dữ liệu", says)
    kept = [data / "secret_key", *(Path(path) for path in settings.SECRET_FILES.values())]
    key = _backup_key()
    if key is not None and not (isinstance(key, Pair) and key.secret is None):
        kept.append(Path(settings.BACKUP_KEY))
        says = "khóa mở được bản sao lưu nằm trên chính máy này: mất máy là mất cả hai; dùng khóa công khai (.pub) và cất nửa bí mật nơi khác"  # noqa: E501 - one sentence
        yield Finding("Khóa mở bản sao lưu", says, unsafe=False)
    for path in kept:
        if exposed(path):
            says = f"mọi người dùng của máy đều đọc được {path}; chạy: chmod o-rwx {path}"
            yield Finding("Quyền của tệp bí mật", says)
    if os.geteuid() == 0 and _open():
        says = "chạy bằng root: một lỗ hổng là mất cả máy; hãy tạo người dùng riêng và chạy bằng người ấy"
        yield Finding("Người dùng chạy máy chủ", says, unsafe=False)


def _backup_key() -> Passphrase | Pair | None:
    """The key of the nightly backups; what is wrong with it the backups' own lines say."""
    try:
        return read_key(Path(settings.BACKUP_KEY)) if settings.BACKUP_KEY else None
    except NhipCauError:
        return None


def exposed(path: Path) -> bool:
    """Whether any user of the machine gets at it: its own rights, and the way to it."""
    try:
        above = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
        return above and bool(path.stat().st_mode & OTHERS)
    except OSError:  # what is not there, or closed to us, is not open to others
        return False


def _database() -> Iterator[Finding]:
    if connection.vendor == "postgresql":
        at: dict[str, Any] = connection.settings_dict
        yield from _line("NHIPCAU_DATABASE_URL", str(at["HOST"]), str(at["OPTIONS"].get("sslmode", "")))
    url = urlsplit(settings.ANALYTICS_URL)
    if url.scheme in {"postgres", "postgresql"}:
        yield from _line("NHIPCAU_ANALYTICS_URL", url.hostname or "", *parse_qs(url.query).get("sslmode", [""]))
    elif url.scheme == "spark" and not local((url.hostname or "").partition("[")[0]):
        says = f"số liệu đi tới {url.hostname} không mã hóa; chỉ dùng trong mạng riêng, hoặc bật spark.ssl ở cụm ấy"
        yield Finding("Kênh tới NHIPCAU_ANALYTICS_URL", says, unsafe=False)


def _line(setting: str, host: str, mode: str) -> Iterator[Finding]:
    if local(host):
        return
    if mode not in ENCRYPTED:
        says = f"dữ liệu đi tới {host} có thể không mã hóa; thêm ?sslmode=verify-full&sslrootcert=… vào {setting}"
        yield Finding(f"Kênh tới {setting}", says)
    elif mode not in CHECKED:
        says = f"được mã hóa nhưng không kiểm tra ai trả lời ở {host}; dùng sslmode=verify-full trong {setting}"
        yield Finding(f"Kênh tới {setting}", says, unsafe=False)


def _mail() -> Iterator[Finding]:
    plain = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    if plain and settings.EMAIL_HOST and not local(settings.EMAIL_HOST):
        host = settings.EMAIL_HOST
        says = f"thư và mật khẩu đi tới {host} không mã hóa; dùng tls=starttls hoặc ssl trong NHIPCAU_EMAIL_URL"
        yield Finding("Kênh gửi thư", says, unsafe=bool(settings.EMAIL_HOST_PASSWORD))


def _elsewhere() -> Iterator[Finding]:
    url = urlsplit(settings.OIDC_URL)
    if url.scheme == "http" and not local(url.hostname or ""):
        yield Finding(
            "Đăng nhập một cửa", "NHIPCAU_OIDC_URL không mã hóa: lời xác nhận giả được; phải là https://…"
        )
    if settings.LOG_LEVEL == "DEBUG" and _open():
        says = "NHIPCAU_LOG_LEVEL=DEBUG ghi nhiều hơn cần; hãy đặt lại WARNING khi tìm xong lỗi"
        yield Finding("Mức nhật ký máy chủ", says, unsafe=False)
