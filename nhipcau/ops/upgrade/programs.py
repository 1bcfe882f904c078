"""Where versions live: each in an environment of its own, and one link that says which is used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nhipcau.core.errors import Conflict, NhipCauError
from nhipcau.core.said import Said

CURRENT = "current"


def home(given: str = "") -> Path:
    """The directory of the versions: named, else the one this program runs from. Conflict if there is none."""
    if given:
        return Path(given).absolute()
    running = Path(sys.prefix).resolve()
    if (running.parent / CURRENT).resolve() == running:
        return running.parent
    raise Conflict(
        Said(
            "Bản đang chạy không nằm trong thư mục các phiên bản. Lần đầu hãy chỉ ra nó: --into /srv/nhipcau/ban; "
            "sau đó chạy dịch vụ từ /srv/nhipcau/ban/current/bin/nhipcau.",
            "This program does not run from a directory of versions. Name one the first time: --into "
            "/srv/nhipcau/ban; then run the service from /srv/nhipcau/ban/current/bin/nhipcau.",
        )
    )


def install(wheels: Path, folder: Path) -> Path:
    """Make an environment of these wheels alone, without any index; gives its Python. NhipCauError says why not."""
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "venv", str(folder))
    python = folder / "bin" / "python"
    found = [str(path) for path in sorted(wheels.glob("*.whl"))]
    _run(str(python), "-I", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-input",
         "--disable-pip-version-check", *found)  # fmt: skip
    return python


def point(versions: Path, target: Path) -> None:
    """From now on that version is the one used: the link changes in one step."""
    link = versions / f".{CURRENT}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    os.replace(link, versions / CURRENT)  # noqa: PTH105 - a link is renamed, not what it leads to


def environment() -> dict[str, str]:
    """For another version: the settings, and nothing that leads Python back to this one."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in hidden}


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())  # noqa: S603
    if done.returncode:
        why = next(iter((done.stderr or done.stdout).strip().splitlines()[-1:]), "")
        raise NhipCauError(
            Said(
                f"Không lập được môi trường cho phiên bản mới: {why}. Bản đang chạy không bị động tới.",
                f"The environment of the new version could not be made: {why}. The present one is untouched.",
            )
        )
