"""Keeping a question under a name, and taking figures out of the system."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.analytics.cubes import Answer
from nhipcau.analytics.exporting import Kind, to_file
from nhipcau.analytics.models import SavedAnalysis
from nhipcau.analytics.questions import Question
from nhipcau.analytics.tables import Naming, sheet_of
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import OFFICERS
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope

LONGEST = 150


def save_analysis(*, title: str, question: Question, actor: Post, at: dt.datetime) -> SavedAnalysis:
    """Keep the question for the actor's unit; the same title again replaces it.

    Raises InvalidInput for a title that is empty or too long, BoundaryRefused for what may not be stored, NotFound
    for a question about a unit out of sight.
    """
    scope = Scope(actor, at)
    scope.require_role(*OFFICERS)
    scope.get_unit(question.unit)
    named = clean(title)
    if not named or len(named) > LONGEST:
        raise InvalidInput(
            "Chưa lưu được.",
            [
                Fault(
                    "title",
                    Said(f"hãy đặt tên, nhiều nhất {LONGEST} chữ", f"give it a name, at most {LONGEST} characters"),
                )
            ],
        )
    screen({"title": named}, "label", actor=actor, at=at)
    with transaction.atomic():
        analysis, _ = SavedAnalysis.objects.update_or_create(
            unit=actor.unit,
            title=named,
            defaults={"question": question.as_json(), "saved_by": actor, "saved_at": at},
        )
        record(actor=actor, action="analytics.saved", obj=f"analysis:{analysis.uid}", at=at)
    return analysis


def delete_analysis(*, analysis: SavedAnalysis, actor: Post, at: dt.datetime) -> None:
    """Forget a question of the actor's unit; no figure is touched. NotFound for another unit's."""
    if analysis.unit_id != actor.unit_id:
        raise NotFound("Không có bảng phân tích này trong phạm vi của bạn.")
    Scope(actor, at).require_role(*OFFICERS)
    with transaction.atomic():
        record(actor=actor, action="analytics.deleted", obj=f"analysis:{analysis.uid}", at=at)
        analysis.delete()


def export(*, found: Answer, kind: Kind, naming: Naming, actor: Post, at: dt.datetime) -> bytes:
    """The answer as a file; that it left the system is logged with what was in it, never the figures."""
    question = found.question
    body = to_file(sheet_of(found, naming), kind)
    with transaction.atomic():
        record(
            actor=actor,
            action="analytics.exported",
            obj=f"unit:{question.unit}",
            at=at,
            data={
                "template": question.template,
                "periods": [period.key for period in found.periods],
                "indicators": list(question.indicators),
                "below": question.below,
                "kind": kind,
            },
        )
    return body
