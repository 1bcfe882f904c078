"""The machine under the instance: disk, fonts, programs, packages, clock."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from nhipcau.boundary import digest
from nhipcau.ops.doctor.checks import Found
from nhipcau.ops.extras import EXTRAS
from nhipcau.press.fonts import font_report

LEAST_FREE, LITTLE_FREE = 10**9, 5 * 10**9
PROGRAMS = (
    ("antiword", "đọc .doc", "sudo apt install antiword"),
    ("soffice", "đọc .doc", "sudo apt install --no-install-recommends libreoffice-writer-nogui"),
    ("tesseract", "đọc bản quét", "sudo apt install tesseract-ocr tesseract-ocr-vie"),
)


def free(at: dt.datetime) -> Iterator[Found]:
    left = shutil.disk_usage(settings.DATA_DIR).free
    says = f"{left // 10**6:,} MB tại {settings.DATA_DIR}".replace(",", ".")
    yield Found(left > LITTLE_FREE, says, needed=left <= LEAST_FREE)


def writable(at: dt.datetime) -> Iterator[Found]:
    may = os.access(settings.DATA_DIR, os.W_OK)
    yield Found(may, "ghi được" if may else f"không có quyền ghi vào {settings.DATA_DIR}")


def fonts(at: dt.datetime) -> Iterator[Found]:
    report = font_report()
    yield Found(report.ok, report.message)


def built(at: dt.datetime) -> Iterator[Found]:
    there = (Path(settings.STATICFILES_DIRS[0]) / "build" / "inter.woff2").exists()
    yield Found(there, "đã dựng" if there else "chưa dựng")


def programs(at: dt.datetime) -> Iterator[Found]:
    for program, use, install in PROGRAMS:
        there = shutil.which(program) is not None
        says = f"có ({use})" if there else f"không có; cần để {use}"
        yield Found(there, says, needed=False, about=program, mend=install)


def extras(at: dt.datetime) -> Iterator[Found]:
    for extra in EXTRAS:
        says = f"chưa cài; cần để {extra.use}" if extra.missing else f"có ({extra.use})"
        yield Found(not extra.missing, says, needed=False, about=extra.name, mend=extra.command)


def boundary(at: dt.datetime) -> Iterator[Found]:
    yield Found(ok=True, says=f"bản {digest()[:16]}")


def clock(at: dt.datetime) -> Iterator[Found]:
    fixed = settings.DEMO_CLOCK
    says = f"cố định ở {fixed} (bản trình diễn)" if fixed else f"{at:%Y-%m-%d %H:%M} UTC"
    yield Found(not fixed, says, needed=False)
