"""What a letter asks, as pages show it: the sentence, the deadline with its reason, the scope with its rule."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.boundary import named, scope
from nhipcau.core.said import Said
from nhipcau.documents.models import Document
from nhipcau.org.queries import working_days
from nhipcau.reports.filling.asked import asked_report
from nhipcau.tasks.due import Due, due_of
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.obligations import allowed_today
from nhipcau.tasks.queries import obligations_of
from nhipcau.web.tasks.reports import titled
from nhipcau.web.words import spoken


@dataclass(frozen=True)
class Asked:
    """One obligation. `why` explains what keeps it from becoming a task, in the visitor's language.

    `questions`: how many the units have to answer; `report`: the report that they send, "" for none.
    """

    obligation: Obligation
    due: Due
    assigned: bool
    allowed: bool
    why: str
    questions: int
    report: str

    @property
    def moved_to(self) -> str:
        """The number of the letter that took its place and its work, "" if it stands."""
        moved = list(self.obligation.moved_to.all())
        return moved[0].document.number or "…" if moved else ""

    @property
    def mark(self) -> str:
        """The name of its stretch of text."""
        return f"yc-{self.obligation.position}"

    @property
    def outside(self) -> bool:
        return self.obligation.scope == "outside"


def asked_of(document: Document) -> list[Asked]:
    """The obligations of a letter that was fetched through a scope, in its order."""
    working = working_days()
    found = []
    for one in obligations_of(document):
        allowed = allowed_today(one)
        assigned = bool(getattr(one, "assigned", False))
        why, questions = "" if allowed else _why(one), int(getattr(one, "questions", 0))
        report = asked_report(one)
        told = titled(report) if report else ""
        found.append(Asked(one, due_of(one, working), assigned, allowed, why, questions, told))
    return found


def _why(obligation: Obligation) -> str:
    """By the rule found when the letter was read (what is inherited stands in no word of the sentence), else by the
    one that stands against it today."""
    rule = obligation.rule if obligation.scope != "in" else scope(obligation.text).rule
    said = named(rule or "")
    return spoken(Said(said.explanation or "", said.explanation_en or "")) if said else ""
