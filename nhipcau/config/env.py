"""Typed readers for NHIPCAU_* environment variables; a wrong value stops the start with a sentence."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from nhipcau.core.store.address import read_address

PREFIX = "NHIPCAU_"
# What is deleted is overwritten, however the library at hand was built.
_SQLITE = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA synchronous="


def text(name: str, default: str = "") -> str:
    """The variable NHIPCAU_<name>, or the default."""
    return os.environ.get(PREFIX + name, default)


def secret(name: str) -> str:
    """NHIPCAU_<name>, or what the file named by NHIPCAU_<name>_FILE holds: an environment can be read off a process
    and stands in a service's description. Both at once is a mistake."""
    path, given = text(f"{name}_FILE"), text(name)
    if not path:
        return given
    if given:
        raise ImproperlyConfigured(f"{PREFIX}{name} và {PREFIX}{name}_FILE: chỉ đặt một trong hai.")
    try:
        held = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ImproperlyConfigured(f"{PREFIX}{name}_FILE: không đọc được tệp «{path}».") from error
    if not held:
        raise ImproperlyConfigured(f"{PREFIX}{name}_FILE: tệp «{path}» trống.")
    return held


def secret_files(*names: str) -> dict[str, str]:
    """Which secrets come from files, and from which."""
    return {name: path for name in names if (path := text(f"{name}_FILE"))}


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off or empty."""
    raw = text(name, "1" if default else "0").strip().lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{PREFIX}{name}={raw!r}: cần 1 hoặc 0.")


def whole(name: str, default: int, *, least: int = 1) -> int:
    """A whole number from `least` on."""
    raw = text(name, str(default)).strip()
    if raw.isdecimal() and int(raw) >= least:
        return int(raw)
    raise ImproperlyConfigured(f"{PREFIX}{name}={raw!r}: cần một số nguyên từ {least} trở lên.")


def listing(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def choice(name: str, *known: str) -> str:
    """One of these words; the first if none is given."""
    raw = text(name, known[0]).strip()
    if raw not in known:
        raise ImproperlyConfigured(f"{PREFIX}{name}={raw!r}: cần một trong {', '.join(known)}.")
    return raw


# A line that went dead is noticed by both ends within half a minute: nobody waits longer for an answer, and what
# the other end had locked is free. Nobody waits for a lock longer than on SQLite.
_TOLD = (
    "-c jit=off -c random_page_cost=1.1 -c lock_timeout=20s "
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
_LINE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def database(url: str, data_dir: Path, *, lasting: bool = True) -> dict[str, Any]:
    """A Django database entry. No URL means SQLite in the data directory. `lasting`: what was acknowledged outlives
    a power cut, as on PostgreSQL; what is made up can be made again.

    SQLite runs in WAL mode and takes its write lock at the start of a transaction: a deferred lock that is
    upgraded later fails at once under concurrency instead of waiting.
    """
    parts = urlsplit(url or f"sqlite:///{data_dir / 'nhipcau.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            # On a file as in real use: an in-memory database shared by threads refuses instead of waiting. One
            # for each run, so that two runs at once do not take it from each other.
            "TEST": {"NAME": str(data_dir / f"test-{os.getpid()}.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": _SQLITE + ("FULL;" if lasting else "NORMAL;"),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        # Compiling a query costs PostgreSQL seconds and saves queries as short as ours nothing. On solid disks or
        # in memory a page by an index costs little more than the next one: told otherwise, it reads whole tables.
        options = {key: values[0] for key, values in parse_qs(parts.query).items()}
        told = f"{_TOLD} {options.get('options', '')}"
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,  # one that broke while nobody used it is opened anew, unnoticed
            "OPTIONS": _LINE | options | {"options": told.strip()},
        }
    raise ImproperlyConfigured(
        f"{PREFIX}DATABASE_URL: không hiểu kiểu «{parts.scheme}»; dùng sqlite:///… hoặc postgresql://…"
    )


def storage(url: str) -> str:
    """The address of a shared store, if one is given and can be understood."""
    if url:
        try:
            read_address(url)
        except ValueError as error:
            raise ImproperlyConfigured(f"{PREFIX}STORAGE_URL: {error}") from None
    return url


class Mail(NamedTuple):
    """Where mail is handed over; no host: none is made or sent."""

    host: str
    port: int
    user: str
    password: str
    tls: str
    sender: str
    bounces: str


def mail(url: str) -> Mail:
    """From `smtp://user:password@host:587?tls=starttls&from=…`; `tls`: starttls (if not said), ssl or none.

    `bounces`: the mailbox that takes back what could not be delivered, under `name+…@domain`.
    """
    parts, options = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    tls = options.get("tls", "starttls")
    if url and (parts.scheme != "smtp" or not parts.hostname or tls not in {"starttls", "ssl", "none"}):
        raise ImproperlyConfigured(
            f"{PREFIX}EMAIL_URL: cần smtp://người:mật-khẩu@máy:587?tls=starttls&from=địa-chỉ; "
            "tls là starttls, ssl hoặc none."
        )
    host = parts.hostname or ""
    return Mail(
        host,
        parts.port or (465 if tls == "ssl" else 587),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls,
        options.get("from", "") or f"nhipcau@{host or 'localhost'}",
        options.get("bounces", ""),
    )


def single_sign_on(name: str, url: str, client: str, secret: str) -> dict[str, Any]:
    """allauth's entry for one OpenID Connect provider: its word on who came; no profile, no mail."""
    if url and not client:
        raise ImproperlyConfigured(f"{PREFIX}OIDC_CLIENT: còn thiếu mã ứng dụng mà nhà cung cấp đã cấp.")
    settings = {"server_url": url, "fetch_userinfo": False, "oauth_pkce_enabled": True, "scope": ["openid"]}
    app = {"provider_id": name, "name": name, "client_id": client, "secret": secret, "settings": settings}
    return {"openid_connect": {"APPS": [app] if url else []}}


def secret_key(data_dir: Path, *, own: bool = False) -> str:
    """NHIPCAU_SECRET_KEY, else a key kept in the data directory (made once, readable by its owner only), which an
    instance of its `own` always uses."""
    given = "" if own else secret("SECRET_KEY")
    if given:
        return given
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        _begin_once(path, secrets.token_urlsafe(50))
    return path.read_text("ascii").strip()


def _begin_once(path: Path, text: str) -> None:
    """The file appears whole, and once: of several processes that start together all take the first one's."""
    handle, own = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # readable by its owner only
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(text)
        with suppress(FileExistsError):
            os.link(own, path)
    finally:
        Path(own).unlink()


def fingerprint(secret: str) -> str:
    """A short name that every process with the key agrees on, and that says nothing of it."""
    return hashlib.sha256(f"name:{secret}".encode()).hexdigest()[:8]


def digest_of(folder: Path) -> str:
    """Twelve hexadecimal digits that change when a file below the folder does; compressed copies do not count."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.*")):
        if path.is_file() and path.suffix != ".gz":
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
