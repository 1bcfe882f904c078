"""Which number a letter takes: the next one, one of another series, one reserved, or one put in between."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.models import Direction, Register, RegisterEntry
from nhipcau.documents.registers.books import SERIES, Slot
from nhipcau.documents.registers.reserving import free_numbers
from nhipcau.documents.registers.series import series_of
from nhipcau.org.scope import Scope
from nhipcau.web.forms import PageForm

_NAMES = ("series", "reserved", "after", "reason")


def book_name(register: Register) -> str:
    """What people call a register: its own name, or the common one."""
    return register.name or gettext("Sổ chung")


class SlotForm(PageForm):
    """A form that takes a number. The questions are asked only where there is a choice."""

    direction: ClassVar[Direction]
    series = forms.ChoiceField(label=_("Lấy số ở sổ"), required=False)
    reserved = forms.ChoiceField(
        label=_("Số đã ghi tay"),
        required=False,
        help_text=_("Khi văn bản đã được ghi tay một số giữ sẵn."),
    )
    after = forms.IntegerField(
        label=_("Chen sau số"),
        required=False,
        min_value=1,
        help_text=_("Khi một văn bản bị bỏ sót, ví dụ sau số 6 thành 06b."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Hãy ghi một số."), "min_value": _("Hãy ghi một số từ 1.")},
    )
    reason = forms.CharField(
        label=_("Lý do chen số"), required=False, max_length=250, help_text=_("Được in trong sổ.")
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = _open_books(scope, self.direction)
        self._choose("series", [] if [series for series, _label in books] == [SERIES] else books)
        free = [(_key(one), _line(one)) for one in free_numbers(scope, self.direction)]
        self._choose("reserved", [("", _("không")), *free] if free else [])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        if not choices:
            del self.fields[name]
            return
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].required = name == "series"

    def slot(self) -> Slot:
        """Where the letter goes; call it on a valid form."""
        given = self.cleaned_data
        series, _sep, number = (given.get("reserved") or "").partition("/")
        if number:
            return Slot(series=series, number=int(number), after=given["after"])
        return Slot(series=given.get("series") or SERIES, after=given["after"], reason=given["reason"])

    def letter_fields(self) -> list[forms.BoundField]:
        """The visible fields that tell of the letter itself."""
        return [field for field in self.visible_fields() if field.name not in _NAMES]

    def series_field(self) -> forms.BoundField | None:
        """The choice of the series, if there are several."""
        return self["series"] if "series" in self.fields else None

    def slot_fields(self) -> list[forms.BoundField]:
        """The questions for a letter that does not take the next number."""
        return [field for field in self.visible_fields() if field.name in _NAMES[1:]]

    def slot_open(self) -> bool:
        """Whether one of those questions has an answer or an error, so that it must not be folded away."""
        return any(field.errors or field.value() for field in self.slot_fields())


def _open_books(scope: Scope, direction: Direction) -> list[tuple[str, str]]:
    """The series that take numbers, the common one first even before it has begun. In January last year's
    are there too, for the letters signed in its last days."""
    year = scope.day.year
    books = {one.series: one for one in series_of(scope, direction, year - 1)} if scope.day.month == 1 else {}
    books.pop(SERIES, None)
    common = Register(series=SERIES, year=year)
    books = {SERIES: common} | books | {one.series: one for one in series_of(scope, direction, year)}
    return [(series, _book(one, year)) for series, one in books.items() if one.closed_at is None]


def _book(register: Register, year: int) -> str:
    name = book_name(register) if register.year == year else f"{book_name(register)} {register.year}"
    return gettext("%(name)s: số tiếp theo %(n)s") % {"name": name, "n": register.next_number}


def _key(entry: RegisterEntry) -> str:
    return f"{entry.register.series}/{entry.number}"


def _line(entry: RegisterEntry) -> str:
    register = entry.register
    return f"{entry.number} ({book_name(register)}, {register.year})"
