"""Which register an address means: `so` (den, di), `nam` (year), `quyen` (series)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from nhipcau.core.errors import NotFound
from nhipcau.documents.models import Direction, Register
from nhipcau.documents.registers import SERIES
from nhipcau.documents.series import series_of, was_opened
from nhipcau.web.documents.slots import book_name
from nhipcau.web.request import PageRequest

WORDS = {"den": Direction.INCOMING, "di": Direction.OUTGOING}


@dataclass(frozen=True)
class Shelf:
    """One register of the own unit as chosen in the address; `register` None if it has not begun."""

    word: str
    year: int
    series: str
    register: Register | None
    known: tuple[Register, ...]

    @property
    def direction(self) -> Direction:
        return WORDS[self.word]

    @property
    def incoming(self) -> bool:
        return self.direction == Direction.INCOMING

    @property
    def query(self) -> str:
        """The address of this register, to be put behind any of its pages."""
        chosen: dict[str, object] = {"so": self.word, "nam": self.year}
        return urlencode(chosen | ({"quyen": self.series} if self.series != SERIES else {}))

    @property
    def next_number(self) -> int:
        return self.register.next_number if self.register else 1

    @property
    def closed(self) -> bool:
        return self.register is not None and self.register.closed_at is not None

    def books(self) -> list[tuple[str, str]]:
        """Series and name of every register of that direction and year; the common one is always there."""
        return list(({SERIES: ""} | {one.series: book_name(one) for one in self.known}).items())


def shelf_of(request: PageRequest) -> Shelf:
    """The register that the address asks for. NotFound for a register that is none, and an unopened series."""
    word = request.GET.get("so", "den")
    if word not in WORDS:
        raise NotFound("Không có sổ này; chỉ có sổ văn bản đến và sổ văn bản đi.")
    year, series = _year(request.GET.get("nam", ""), request.scope.day.year), request.GET.get("quyen") or SERIES
    known = tuple(series_of(request.scope, WORDS[word], year))
    register = next((one for one in known if one.series == series), None)
    if register is None and series != SERIES:
        if not was_opened(request.scope, WORDS[word], series):
            raise NotFound(f"Chưa mở sổ «{series}».")
        # Whoever turns to another year finds the common register there.
        series = SERIES
        register = next((one for one in known if one.series == series), None)
    return Shelf(word, year, series, register, known)


def _year(text: str, today: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 1945 <= int(text[:5]) <= today + 1 else today
