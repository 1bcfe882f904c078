"""What a page costs a phone on a slow line: bytes as they travel, and scripts that would hold up the page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

FIRST_VISIT = 100_000
LATER_PAGE = 30_000
SCRIPT = re.compile(r"<script\b[^>]*>", re.I)
IN_LINE = re.compile(r"<style\b|\sstyle=|\son[a-z]+=", re.I)
ASSET = re.compile(r'(?:href|src)="([^"?#]+)"')


def assets(page: str) -> set[str]:
    """The static files that the page loads."""
    return {found for found in ASSET.findall(page) if found.startswith(settings.STATIC_URL)}


def travels(page: str, files: Iterable[str]) -> int:
    """Bytes of the page and of those files, compressed as the server sends them."""
    sizes = [len(gzip.compress(page.encode()))]
    for file in files:
        path = finders.find(file.removeprefix(settings.STATIC_URL))
        assert path, f"{file} does not exist"
        raw = Path(path).read_bytes()
        sizes.append(len(gzip.compress(raw)) if file.endswith((".css", ".js")) else len(raw))
    return sum(sizes)


def hindrances(page: str) -> list[str]:
    """Scripts that block, and whatever the strict policy would refuse: styles and handlers in the page itself."""
    blocking = [tag for tag in SCRIPT.findall(page) if "defer" not in tag and 'type="module"' not in tag]
    return blocking + IN_LINE.findall(re.sub(r">[^<]*<", "><", page))
