"""What a campaign counts: sessions, attendances, and the other measures of its kinds of session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import Measure, measures_of
from nhipcau.campaigns.models import Campaign, CampaignType
from nhipcau.core.said import Said

SESSIONS, REACHED = "sessions", "reached"
_OF_SESSIONS = ("buổi", "cuộc", "hội nghị", "lớp", "lần")
_OF_PEOPLE = ("người", "lượt người", "lượt", "đoàn viên", "học viên")


@dataclass(frozen=True)
class Count:
    """One thing counted. `key` is "sessions", "reached", or the kind of activity and its measure, "tet.gifts"."""

    key: str
    label: str
    label_en: str
    unit: str
    decimals: int = 0


HELD = Count(SESSIONS, "Số buổi", "Sessions", "buổi")
ATTENDED = Count(REACHED, "Lượt người dự", "Attendances", "lượt người")


def counts_of(campaign: Campaign) -> list[Count]:
    """Everything the campaign counts, sessions first."""
    return counts_by(campaign.types.select_related("type"))


def counts_by(types: Iterable[CampaignType]) -> list[Count]:
    """The same from its kinds of session."""
    listed = list(types)
    reaching = [ATTENDED] if any(one.reached for one in listed) else []
    return [HELD, *reaching, *(count for one in listed for count in _others(one, several=len(listed) > 1))]


def key_of(one: CampaignType, measure: str) -> str:
    """The key of the count that a measure of a kind of session goes to."""
    if measure == one.sessions:
        return SESSIONS
    return REACHED if measure == one.reached else f"{one.type.code}.{measure}"


def _others(one: CampaignType, *, several: bool) -> Iterable[Count]:
    for measure in measures_of(one.type.measures):
        if measure.code in (one.sessions, one.reached):
            continue
        label, label_en = measure.label, measure.label_en or measure.label
        if several:  # two kinds of session may both count "Số tiền"
            label, label_en = f"{one.type.label}: {label}", f"{one.type.label_en or one.type.label}: {label_en}"
        yield Count(key_of(one, measure.code), label, label_en, measure.unit, measure.decimals)


def guessed(kind: ActivityType) -> tuple[str, str]:
    """Which measure of a kind of activity holds the sessions, and which the attendances: by their units of measure.

    A person sees and may change it. "" where no measure is of that sort.
    """
    measures = measures_of(kind.measures)
    return _first(measures, _OF_SESSIONS), _first(measures, _OF_PEOPLE)


def _first(measures: Sequence[Measure], units: Sequence[str]) -> str:
    return next((one.code for one in measures if one.unit in units and not one.decimals), "")


def reach_in_words(reached: int, members: int) -> Said:
    """Attendances against members. They are attendances, not heads: beyond the number of members that is said, and
    no share over 100 % is ever shown."""
    came, whole = _grouped(reached), _grouped(members)
    if not members:
        return Said(f"{came} lượt người dự", f"{came} attendances")
    if reached > members:
        return Said(
            f"{came} lượt người dự, nhiều hơn số đoàn viên ({whole}) vì đây là tổng lượt của các buổi: một người "
            "dự nhiều buổi được tính nhiều lần",
            f"{came} attendances, more than there are members ({whole}): they are added up over the sessions, "
            "and who comes to several is counted each time",
        )
    return Said(
        f"{came} lượt người dự, bằng {reached * 100 // members} % số đoàn viên ({whole})",
        f"{came} attendances, equal to {reached * 100 // members} % of the members ({whole})",
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
