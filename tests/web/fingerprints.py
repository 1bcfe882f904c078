"""What a component looks like, as text: the mean colour of each field of a grid laid over its picture.

A line of fingerprints.txt is a component, its width and its scheme, its size, then its colours. Anti-aliasing moves
a mean by a step or two of 255; another colour, gap or weight moves it much farther. After a change of looks that is
wanted, look at the style guide, then write the file anew:

    NHIPCAU_FINGERPRINTS=write python -m pytest tests/web/test_look_browser.py
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

FILE = Path(__file__).with_name("fingerprints.txt")
COLUMNS, ROWS = 16, 6
TOLERANCE, PIXELS = 6, 3  # steps of 255 for a field's mean; for width and height


@dataclass(frozen=True)
class Print:
    """Size and colours of one picture."""

    width: int
    height: int
    colours: bytes

    def __str__(self) -> str:
        return f"{self.width} {self.height} {self.colours.hex()}"

    def differs(self, other: Print) -> str:
        """In words how far apart the two are; empty where nobody would see it."""
        if abs(self.width - other.width) > PIXELS or abs(self.height - other.height) > PIXELS:
            return f"{self.width}×{self.height} was {other.width}×{other.height}"
        farthest = max(abs(one - two) for one, two in zip(self.colours, other.colours, strict=True))
        return f"a field's colour is {farthest} of 255 away" if farthest > TOLERANCE else ""


def of(picture: bytes) -> Print:
    """The fingerprint of a PNG."""
    with Image.open(BytesIO(picture)) as image:
        small = image.convert("RGB").resize((COLUMNS, ROWS), Image.Resampling.BOX)
        return Print(image.width, image.height, small.tobytes())


def read() -> dict[str, Print]:
    """What the file keeps, by component, scheme and width."""
    kept = {}
    for line in FILE.read_text("utf-8").splitlines():
        name, width, height, colours = line.rsplit(" ", 3)
        kept[name] = Print(int(width), int(height), bytes.fromhex(colours))
    return kept


def write(found: dict[str, Print]) -> None:
    """Keep these instead."""
    FILE.write_text("".join(f"{name} {one}\n" for name, one in found.items()), "utf-8")
