"""Words and tones for states and next steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from nhipcau.tasks.models import AssignmentState
from nhipcau.tasks.queries import Step

NEXT = {
    Step.ACKNOWLEDGE: _("Tiếp nhận"),
    Step.REISSUE: _("Giao xuống hoặc báo xong"),
    Step.COMPLETE: _("Báo hoàn thành"),
}
_TONES = {
    AssignmentState.ASSIGNED: "warn",
    AssignmentState.ACKNOWLEDGED: "info",
    AssignmentState.DONE: "good",
    AssignmentState.WITHDRAWN: "neutral",
}


@dataclass(frozen=True)
class Chip:
    """A state in a word, with its tone."""

    label: str
    tone: str


def chip(state: str, *, late: bool = False) -> Chip:
    """The state of an assignment; lateness comes first where the work is still owed."""
    known = AssignmentState(state)
    label = translated(str(known.label))
    return Chip(f"{label}, {gettext('chậm')}", "bad") if late else Chip(label, _TONES[known])
