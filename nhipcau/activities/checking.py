"""What an activity may hold: checked the same whether it is recorded, entered in a grid or corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import facets_of, measures_of
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Unit

GREATEST = 10**15  # a value beyond a million billion đồng is a slip of the keyboard, not a figure
_LONGEST = {"title": 300, "place": 200, "paper_location": 200}


@dataclass(frozen=True)
class ActivityInput:
    """What a person fills in. `values` are exact integers by measure code, scaled by its decimals."""

    held_on: dt.date
    values: Mapping[str, int]
    facets: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    place: str = ""
    paper_location: str = ""
    partner_units: Sequence[Unit] = ()
    partner_bodies: Sequence[str] = ()
    papers: Sequence[Paper] = ()
    photos: Sequence[Paper] = ()
    client_key: str | None = None

    def texts(self) -> dict[str, str | Sequence[str]]:
        """Every text of it by its field: what the boundary checks."""
        return {
            "title": self.title,
            "place": self.place,
            "paper_location": self.paper_location,
            "partner_bodies": self.partner_bodies,
        }


def cleaned(given: ActivityInput) -> ActivityInput:
    """The same with tidy texts; each partner once."""
    bodies = [body for body in map(clean, given.partner_bodies) if body]
    return replace(
        given,
        title=clean(given.title),
        place=clean(given.place),
        paper_location=clean(given.paper_location),
        partner_units=list({unit.pk: unit for unit in given.partner_units}.values()),
        partner_bodies=list(dict.fromkeys(bodies)),
    )


def faults_of(unit: Unit, kind: ActivityType, given: ActivityInput, at: dt.datetime) -> Iterator[Fault]:
    """Everything that is wrong with it, each at its field."""
    measures = {measure.code: measure for measure in measures_of(kind.measures)}
    yield from (
        Fault(code, "không phải số liệu của loại hoạt động này") for code in given.values if code not in measures
    )
    for code, value in given.values.items():
        if code in measures and not 0 <= value <= GREATEST:
            label, most = measures[code].label, f"{GREATEST:,}".replace(",", ".")
            yield Fault(code, Said(f"{label}: phải từ 0 đến {most}", f"{label}: must be 0 to {most}"))
    facets = {facet.code: facet for facet in facets_of(kind.facets)}
    for code, choice in given.facets.items():
        if code not in facets or choice not in {c.code for c in facets[code].choices}:
            yield Fault(code, Said(f"không có lựa chọn «{choice}»", f"there is no choice «{choice}»"))
    if measures and not given.values:
        yield Fault(next(iter(measures)), "hãy ghi ít nhất một số liệu")
    if given.held_on > local_date(at):
        yield Fault("held_on", "ngày tổ chức ở tương lai; chỉ ghi việc đã làm")
    yield from _too_long(given)
    if unit.pk in {one.pk for one in given.partner_units}:
        yield Fault("partner_bodies", "đơn vị chủ trì không tự phối hợp với chính mình")


def _too_long(given: ActivityInput) -> Iterator[Fault]:
    texts = [(name, getattr(given, name), most) for name, most in _LONGEST.items()]
    texts += [("partner_bodies", body, 200) for body in given.partner_bodies]
    for name, text, most in texts:
        if len(text) > most:
            yield Fault(name, Said(f"dài quá {most} chữ cái", f"longer than {most} characters"))
