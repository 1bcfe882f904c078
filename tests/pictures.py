"""The pictures of README and docs/guide, taken of the demonstration: `python -m tests.pictures docs/images [DEMO]`.

After a change of the pages take them again and look at each: a picture that is wrong teaches what is wrong.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from nhipcau.demo.dates import CLOCK
from tests.programs import program_path

PORT = 8917
PASSWORD = "song-lam-2018"  # of every account of the demonstration
DESK, PHONE = ViewportSize(width=1180, height=760), ViewportSize(width=390, height=780)
COLOURS = 64


@dataclass(frozen=True)
class Picture:
    """A page as one officer sees it. `opened`: figures opened in place, one within the other, by their rows; the
    first of them stands at the head of the picture."""

    name: str
    login: str
    path: str
    size: ViewportSize = field(default_factory=lambda: DESK)
    opened: tuple[str, ...] = ()


PICTURES = (
    Picture("van-thu-so-van-ban", "vanthu", "/van-ban/"),
    Picture("chuyen-vien-theo-doi", "chinhsach", "/viec/so-theo-doi/"),
    Picture("co-so-viec-can-xu-ly", "coso", "/", PHONE),
    Picture("cap-tren-toan-canh", "huyen", "/bao-cao/toan-canh/"),
    Picture("quan-tri-chuc-danh", "quantri", "/to-chuc/chuc-danh/"),
    Picture(
        "tong-hop",
        "chinhsach",
        "/bao-cao/tong-hop/",
        opened=(
            "Cuộc đối thoại tại nơi làm việc",
            "Liên đoàn Lao động huyện Hòa Vân",
            "Công đoàn cơ sở Công ty Bao bì Khánh Hưng Hòa Vân",
        ),
    ),
)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The demonstration, made anew if there is none, at the address given."""
    nhipcau = [sys.executable, "-m", "nhipcau.cli.main"]
    if not folder.exists():
        subprocess.run([*nhipcau, "demo", "--dir", str(folder), "--no-serve"], check=True)
    told = os.environ | {"NHIPCAU_DATA_DIR": str(folder), "NHIPCAU_CLOCK": CLOCK.isoformat()}
    server = subprocess.Popen([*nhipcau, "serve", "--no-worker", "--port", str(PORT)], env=told)
    address = f"http://127.0.0.1:{PORT}"
    try:
        _wait_for(f"{address}/dang-nhap/")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, seconds: int = 120) -> None:
    for _ in range(seconds):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit(f"nothing answered at {address}")


def taken(browser: Browser, address: str, picture: Picture) -> bytes:
    """The page as a small PNG."""
    page = browser.new_page(viewport=picture.size, locale="vi-VN", base_url=address)
    page.goto("/dang-nhap/")
    page.locator("[name=login]").fill(picture.login)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".seat").wait_for()
    page.goto(picture.path)
    page.wait_for_load_state("networkidle")
    opener = page.locator("[data-drill]")
    rows = [page.get_by_role("row", name=name).filter(has=opener).first for name in picture.opened]
    for row in rows:
        with page.expect_response(lambda answer: "/nguon/" in answer.url):
            row.locator(opener).first.click()
        page.locator(".htmx-request").first.wait_for(state="detached")
    for row in rows[:1]:
        row.evaluate("row => row.scrollIntoView({behavior: 'instant'})")
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        small = io.BytesIO()
        shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    page.close()
    return small.getvalue()


def main(folder: Path, demo: Path) -> None:
    """Every picture, into the folder."""
    with served(demo) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program_path("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            (folder / f"{picture.name}.png").write_bytes(taken(browser, address, picture))
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(made) / "demo")
