"""`upgrade`: prove the file, install beside, back up, try on a copy, migrate, look, switch; or take it all back.

A version that leaves the tables as they are needs no migration: nothing is stopped for it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from nhipcau import __version__
from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Conflict, NhipCauError
from nhipcau.core.said import Said
from nhipcau.ops.backup import laying, place, records, staged
from nhipcau.ops.backup.making import Made, make_backup
from nhipcau.ops.backup.place import Place
from nhipcau.ops.backup.reading import chain
from nhipcau.ops.backup.restoring import require_unused, restore
from nhipcau.ops.backup.schedule import remembered_key
from nhipcau.ops.backup.staged import Silent
from nhipcau.ops.backup.staging import stage
from nhipcau.ops.upgrade import programs
from nhipcau.ops.upgrade.package import Package, public_key, unpack

_JOURNAL = "upgrading"  # beside the records of backups: which one to go back to
_PATIENCE = 90.0  # seconds for the new version to answer
_SCHEMA = "nhipcau_upgrade_trial"
_UPGRADED = "ops.upgraded"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Upgraded:
    """What is in use now; `backup` holds the data as it was before."""

    version: str
    program: Path
    backup: Path


def upgrade(*, path: Path, into: str, actor: Actor, at: dt.datetime, tell: Tell) -> Upgraded:
    """Everything up to the migration leaves the instance as it is; what fails from there on is taken back."""
    versions = programs.home(into)
    key = public_key(settings.UPGRADE_KEY)
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as scratch:
        package = unpack(path, key, Path(scratch))
        _require_newer(package)
        tell(f"1/6 Chữ ký đúng: bản {package.version}, {len(package.wheels)} gói.")
        target = versions / f"nhipcau-{package.version}-{at:%Y%m%d%H%M%S}"
        versions.mkdir(parents=True, exist_ok=True)
        python = programs.install(Path(scratch), target)
    tell(f"2/6 Đã cài bên cạnh: {target}")
    try:
        changes = staged.ahead(place.live(), python=python)
        if changes:
            require_unused()
        made = _backed_up(package, actor, at)
        tell(f"3/6 Đã sao lưu: {made.path}")
        _tried(made.path, python)
        tell("4/6 Đã thử trên một bản sao của dữ liệu: nâng lên được, đối chiếu khớp.")
        if changes:
            _carried(python, made.path, package, at)
            tell("5/6 Đã nâng dữ liệu, trang mở được.")
        else:
            _served(python, package, actor, at)
            tell("5/6 Bản này không đổi bảng nào: dữ liệu để nguyên, không phải dừng dịch vụ; trang mở được.")
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    programs.point(versions, target)
    (records.folder() / _JOURNAL).unlink(missing_ok=True)
    tell(f"6/6 Đang dùng: {versions / programs.CURRENT} → {target.name}")
    return Upgraded(package.version, target, made.path)


def rollback(*, at: dt.datetime) -> Path | None:
    """Put the data back as it was before an upgrade that was cut off; the backup it came from, None if none was."""
    journal = records.folder() / _JOURNAL
    if not journal.exists():
        return None
    backup = Path(json.loads(journal.read_text("utf-8"))["backup"])
    restore(path=backup, at=at, watch=Silent(), keys=remembered_key, replace=True)
    journal.unlink()
    return backup


def _require_newer(package: Package) -> None:
    if _numbers(package.version) <= _numbers(__version__):
        raise Conflict(
            Said(
                f"Tệp là bản {package.version}, máy đang chạy bản {__version__}: không có gì để nâng.",
                f"The file holds version {package.version} and this is {__version__}: there is nothing to upgrade.",
            )
        )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _backed_up(package: Package, actor: Actor, at: dt.datetime) -> Made:
    """On the disk of the data itself: it is there to go back at once, not for a broken disk."""
    path = records.folder() / f"before-{package.version}-{at:%Y%m%d%H%M%S}.nhipcau"
    return make_backup(path=path, actor=actor, at=at, watch=Silent())


def _tried(backup: Path, python: Path) -> None:
    """The new version migrates and verifies a copy. NhipCauError if it cannot, or finds what the old did not."""
    folder = place.data_dir() / "cache" / "upgrade-trial"
    shutil.rmtree(folder, ignore_errors=True)
    schema = _SCHEMA if place.kind() == place.POSTGRESQL else ""
    here = Place(folder, schema=schema) if schema else Place(folder, database=folder / "nhipcau.sqlite3")
    try:
        stage(chain(backup), remembered_key, here, Silent())
        before = {one.where for one in staged.finish(here)}
        found = [one for one in staged.finish(here, python=python) if one.where not in before]
    finally:
        laying.remove(here)
        shutil.rmtree(folder, ignore_errors=True)
    if found:
        raise NhipCauError(
            Said(
                f"Bản mới không đối chiếu được dữ liệu: {found[0].message} Máy vẫn dùng bản cũ, dữ liệu không đổi.",
                f"The new version does not agree with the data: {found[0].message} The old one stays in use, "
                "the data is as it was.",
            )
        )


def _served(python: Path, package: Package, actor: Actor, at: dt.datetime) -> None:
    """Open a page over the data as it is, beside whoever works in it, and write the change down."""
    try:
        _require_answer(python)
    except NhipCauError as error:
        raise _failed(error, "Dữ liệu không đổi", "The data is as it was") from error
    with transaction.atomic():
        record(actor=actor, action=_UPGRADED, obj=_named(package), at=at, data={"from": __version__})


def _named(package: Package) -> str:
    return f"version:{package.version}"


def _carried(python: Path, backup: Path, package: Package, at: dt.datetime) -> None:
    """Migrate the live data and open a page; on any failure the data goes back to what it was."""
    journal = records.folder() / _JOURNAL
    journal.write_text(json.dumps({"backup": str(backup), "to": package.version}), "utf-8")
    entry = {"action": _UPGRADED, "object": _named(package), "at": at.isoformat(), "data": {"from": __version__}}
    try:
        require_unused()
        staged.finish(place.live(), entry, python=python)
        _require_answer(python)
    except BaseException as error:
        rollback(at=at)
        raise _failed(error, "Đã trả dữ liệu về như trước", "The data was put back as it was") from error


def _failed(error: BaseException, data_vi: str, data_en: str) -> NhipCauError:
    told = error.message if isinstance(error, NhipCauError) else str(error)
    return NhipCauError(
        Said(
            f"Nâng cấp không thành: {told} {data_vi}; máy vẫn dùng bản {__version__}.",
            f"The upgrade failed: {told} {data_en}; version {__version__} stays in use.",
        )
    )


def _require_answer(python: Path) -> None:
    """The sign-in page of the new version, served on a port of its own for a moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-P", "-m", "nhipcau.cli.main", "serve", "--no-worker", "--port", str(port)]
    env, silent = programs.environment() | {"NHIPCAU_ALLOWED_HOSTS": "127.0.0.1"}, subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - the version that was just proved
        command, env=env, cwd=place.data_dir(), stdout=silent, stderr=silent
    ) as served:
        try:
            _wait_for(f"http://127.0.0.1:{port}{settings.LOGIN_URL}", served)
        finally:
            served.terminate()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _wait_for(address: str, served: subprocess.Popen[Any]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and served.poll() is None:
        if _answers(address):
            return
        time.sleep(0.3)
    raise NhipCauError(
        Said("bản mới không mở được trang đăng nhập.", "the new version does not serve its sign-in page.")
    )
