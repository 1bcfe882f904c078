"""Which register an address means: `so` (den, di, sao, don, gui), `nam` (year), `quyen` (series)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.documents.models import Direction, Register
from nhipcau.documents.registers.books import SERIES
from nhipcau.documents.registers.forms import BY_WORD, SENT
from nhipcau.documents.registers.series import series_of, was_opened
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.scope import Scope
from nhipcau.web.documents.slots import book_name
from nhipcau.web.request import PageRequest

LABELS = {
    "den": _("Sổ văn bản đến"),
    "di": _("Sổ văn bản đi"),
    "sao": _("Sổ bản sao"),
    "don": _("Sổ tiếp nhận đơn"),
    "gui": _("Sổ gửi văn bản đi"),
}
TABS = {
    "den": _("Văn bản đến"),
    "di": _("Văn bản đi"),
    "sao": _("Bản sao"),
    "don": _("Đơn khiếu nại, tố cáo"),
    "gui": _("Gửi đi"),
}


@dataclass(frozen=True)
class Shelf:
    """One register of the own unit as chosen in the address; `register` None if it has not begun."""

    word: str
    year: int
    series: str
    register: Register | None
    known: tuple[Register, ...]

    @property
    def kind(self) -> str:
        """The register's kind, as `printed_register` takes it."""
        return BY_WORD[self.word]

    @property
    def direction(self) -> Direction:
        """What stands in it; the register of what was sent is drawn from outgoing letters."""
        return Direction.OUTGOING if self.kind == SENT else Direction(self.kind)

    @property
    def label(self) -> object:
        return LABELS[self.word]

    @property
    def home(self) -> str:
        """Its page; that of what was sent is its print."""
        name = "documents:printed" if self.kind == SENT else "documents:register"
        return f"{reverse(name)}?{self.query}"

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


def tabs_of(scope: Scope) -> list[tuple[str, object]]:
    """Words and labels of the registers that this post may open."""
    return [(word, label) for word, label in TABS.items() if _may_open(scope, word)]


def _may_open(scope: Scope, word: str) -> bool:
    return word != "don" or scope.post.has_role(*REGISTRARS)


def shelf_of(request: PageRequest) -> Shelf:
    """The register that the address asks for. NotFound for a register that is none, and an unopened series."""
    word = request.GET.get("so", "den")
    if word not in BY_WORD or not _may_open(request.scope, word):
        raise NotFound("Không có sổ này trong phạm vi của bạn.")
    year, series = _year(request.GET.get("nam", ""), request.scope.day.year), request.GET.get("quyen") or SERIES
    if BY_WORD[word] == SENT:
        return Shelf(word, year, SERIES, None, ())
    direction = Direction(BY_WORD[word])
    known = tuple(series_of(request.scope, direction, year))
    register = next((one for one in known if one.series == series), None)
    if register is None and series != SERIES:
        if not was_opened(request.scope, direction, series):
            raise NotFound(Said(f"Chưa mở sổ «{series}».", f"The register «{series}» was not opened."))
        # Whoever turns to another year finds the common register there.
        series = SERIES
        register = next((one for one in known if one.series == series), None)
    return Shelf(word, year, series, register, known)


def _year(text: str, today: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 1945 <= int(text[:5]) <= today + 1 else today
