"""The strict content policy holds because no template needs an exception; and the style sheet stays small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.test import Client

WEB = Path(__file__).resolve().parents[2] / "nhipcau" / "web"
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=|<style", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "handler in an attribute": re.compile(r"\son(?!e=)[a-z]+\s*=|hx-on|javascript:", re.I),
    "evaluated htmx": re.compile(r"hx-vals=.js:|hx-headers=.js:|hx-trigger=[^>]*\[", re.I),
    "address of another host": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.I),
}


def test_no_template_needs_an_exception_from_the_policy() -> None:
    texts = {path.relative_to(WEB): path.read_text("utf-8") for path in TEMPLATES}
    assert len(texts) > 100
    broken = [(path, name) for path, text in texts.items() for name, one in FORBIDDEN.items() if one.search(text)]
    assert broken == []


def test_our_scripts_write_no_html_and_evaluate_nothing() -> None:
    for path in (WEB / "static" / "js").glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|new Function|document\.write", path.read_text()
        )


def test_the_style_sheets_stay_under_thirteen_and_a_half_kilobytes() -> None:
    """All together, but for the style guide's own, which no page of work loads; what one visit brings is measured
    in test_bytes_browser."""
    paths = (path for path in sorted((WEB / "static" / "css").glob("*.css")) if path.stem != "kit")
    sheets = b"".join(path.read_bytes() for path in paths)
    assert len(gzip.compress(sheets)) < 13_500


def test_every_page_carries_the_strict_policy(db: None, client: Client) -> None:
    policy = client.get("/dang-nhap/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
