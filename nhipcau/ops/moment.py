"""The edges' clock: the one place where pages, the API and commands ask what time it is.

A demonstration stands still. It may have several scenes, listed by name, with its logins, in the file that
`nhipcau demo` leaves beside the data; a visitor's cookie chooses one of them, else it is the instant the server was
started with.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from nhipcau.core.clock import VN, SystemClock
from nhipcau.core.said import Said

SCENE_COOKIE = "nhipcau_scene"


@dataclass(frozen=True)
class Scene:
    """A moment a demonstration can be looked at, by the name the switch shows."""

    name: str
    clock: dt.datetime


def scenes() -> tuple[Scene, ...]:
    """The scenes of a demonstration in their order; none anywhere else."""
    return tuple(Scene(row["name"], dt.datetime.fromisoformat(row["clock"])) for row in _left("scenes"))


def visitors() -> list[tuple[str, Said]]:
    """The logins of a demonstration, each with who that is; none anywhere else."""
    return [(row["login"], Said(row["vi"], row["en"])) for row in _left("visitors")]


def _left(what: str) -> list[dict[str, str]]:
    """What `nhipcau demo` left beside the data."""
    file = Path(settings.DATA_DIR) / "demo.json"
    if not settings.DEMO_CLOCK or not file.exists():
        return []
    listed: list[dict[str, str]] = json.loads(file.read_text("utf-8")).get(what, [])
    return listed


def fixed(scene: str = "") -> dt.datetime | None:
    """The instant a demonstration is held at: that of the named scene, else NHIPCAU_CLOCK (ISO 8601, local time
    where no offset is given); None outside a demonstration."""
    text: str = settings.DEMO_CLOCK
    if not text:
        return None
    chosen = next((one.clock for one in scenes() if one.name == scene), None) if scene else None
    if chosen:
        return chosen
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"NHIPCAU_CLOCK={text!r}: cần một thời điểm ISO, ví dụ 2026-05-20T09:00."
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=VN)


def now(scene: str = "") -> dt.datetime:
    """The moment of this request: the demonstration's, else the real one (aware)."""
    return fixed(scene) or SystemClock().now()
