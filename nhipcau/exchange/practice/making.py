"""Bản tập huấn: make the copy in a directory of its own, whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.csvs import write_rows
from nhipcau.core.errors import Conflict, NhipCauError
from nhipcau.core.said import Said
from nhipcau.exchange.practice.copying import gather

MARKER = "practice.json"  # settings look for it: no mail, a database of its own, a banner
ACCOUNTS = "tai-khoan.csv"
_LONGEST = 3600


@dataclass(frozen=True)
class Made:
    """What the copy holds. `vacant`: posts beyond the number that accounts are made for."""

    folder: Path
    units: int
    posts: int
    templates: int
    accounts: int

    @property
    def vacant(self) -> int:
        return self.posts - self.accounts


def make_practice(*, folder: Path, actor: Actor, at: dt.datetime) -> Made:
    """Make the copy, in place of one made before. Conflict for the live data's directory, or one with other files.

    The one before stands until the new one is whole.
    """
    folder = folder.resolve()
    require_apart(folder)
    content = gather(at)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        told = {"made_by": "nhipcau practice", "at": at.isoformat()}
        (part / MARKER).write_text(json.dumps(told) + "\n", "utf-8")
        accounts = _filled(part, content)
        _write_accounts(part / ACCOUNTS, accounts)
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    made = Made(folder, len(content["units"]), len(content["posts"]), len(content["templates"]), len(accounts))
    with transaction.atomic():
        data = {"units": made.units, "posts": made.posts, "templates": made.templates}
        record(actor=actor, action="exchange.practice_made", obj="practice:copy", at=at, data=data)
    return made


def require_apart(folder: Path) -> None:
    """Conflict unless the directory lies apart from the live data and is empty, new, or an earlier copy."""
    live = Path(settings.DATA_DIR).resolve()
    if folder == live or live in folder.parents or folder in live.parents:
        raise Conflict(
            Said(
                f"Bản tập huấn không được nằm trong thư mục dữ liệu thật «{live}», cũng không được chứa nó. "
                "Hãy chọn thư mục khác.",
                f"A practice copy must lie apart from the live data in “{live}”. Choose another directory.",
            )
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not (folder / MARKER).exists():
        raise Conflict(
            Said(
                f"«{folder}» đã có dữ liệu khác, không ghi đè. Hãy chọn thư mục trống hoặc bản tập huấn cũ.",
                f"“{folder}” holds other data and is not overwritten. Choose an empty directory or an older copy.",
            )
        )


def _filled(part: Path, content: dict[str, Any]) -> list[Sequence[str]]:
    """Nothing of the live instance's settings reaches the process: neither its database, mail nor keys."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "nhipcau.exchange.practice.filling"],
        env=env | {"NHIPCAU_DATA_DIR": str(part)}, input=json.dumps(content), capture_output=True, text=True,
        check=False, timeout=_LONGEST,
    )  # fmt: skip
    answer = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 and done.stdout else {}
    if "accounts" in answer:
        accounts: list[Sequence[str]] = answer["accounts"]
        return accounts
    why = str(answer.get("refused", "")) or next(iter(done.stderr.strip().splitlines()[-1:]), "")
    raise NhipCauError(Said(f"Không lập được bản tập huấn: {why}", f"The practice copy could not be made: {why}"))


def _write_accounts(path: Path, accounts: Sequence[Sequence[str]]) -> None:
    """For the operator's eyes: nobody else on the machine reads the passwords."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        write_rows(out, [["Tên đăng nhập", "Mật khẩu", "Đơn vị", "Chức danh"], *accounts])
