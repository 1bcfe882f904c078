"""One reorganisation: units begin, end, move, divide and are renamed on one day, by one decision, all or nothing.

The tree carries dates, so it is written at once, however far ahead. Rows without dates (tasks, registers, drafts)
belong to the apps' parts, which work on the day of the event: at once if it has come, else by a job that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor, System
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.org.decisions import named, sees_all
from nhipcau.org.event_checks import Standing, faults_of, hanging, out_of_reach, standing_on
from nhipcau.org.events import End, Event, Move, Rename
from nhipcau.org.importing import MAX_FAULTS
from nhipcau.org.journal import Journal, later_changes, take_back, written
from nhipcau.org.models import Closure, Placement, Reorganisation, ReorganisationWork
from nhipcau.org.parts import Balance, Change, Touched, parts
from nhipcau.org.scope import Scope
from nhipcau.org.soundness import hold_tree, rebuild_closure
from nhipcau.org.tree_change import TREE, change_of, change_tree, followed
from nhipcau.org.unit_effects import of_units
from nhipcau.outbox.jobs import enqueue, job

JOB = "org.carry_out"
DAWN = dt.time(0, 5, tzinfo=VN)
DERIVED = (Closure, ReorganisationWork)
WORKER = System("reorganisation")


@dataclass(frozen=True)
class Reorganised:
    """What stands in the database. `fresh` is false where the same file had been taken before.

    `names` are the names, by code, of the units that stood before the event and are named in the file.
    """

    event: Reorganisation
    fresh: bool
    names: Mapping[str, str]
    touched: Sequence[Touched] = ()
    balances: Sequence[Balance] = ()


def reorganise(*, event: Event, actor: Actor, at: dt.datetime, scope: Scope | None = None) -> Reorganised:
    """Change the tree on the day of the decision; all of the file or, if anything is wrong, none of it.

    With `scope`, only units that it sees may be named. Safe to repeat: the same decision with the same rows changes
    nothing. Raises Conflict where the decision has been taken with other rows or where a total would change,
    InvalidInput with every fault by row.
    """
    _screen(event, actor, at)
    with transaction.atomic():
        done = _apply(event, actor, at, scope)
        _refuse_loss(done.balances)
        if done.fresh:
            _carry_out(done.event, actor, at)
    return done


def preview(*, event: Event, actor: Actor, at: dt.datetime, scope: Scope | None = None) -> Reorganised:
    """What `reorganise` would do, with everything it touches and every total compared; nothing is kept."""
    _screen(event, actor, at)
    with transaction.atomic():
        done = _apply(event, actor, at, scope)
        transaction.set_rollback(True)
    return done


def carry_out(*, at: dt.datetime) -> int:
    """Let the parts work for every event whose day has come; safe to repeat. How many events there were."""
    names = {part.name for part in parts()}
    due = Reorganisation.objects.filter(day__lte=local_date(at), work__part=TREE).order_by("day", "pk")
    count = 0
    for event in due.prefetch_related("work"):
        if names - {work.part for work in event.work.all()}:
            with transaction.atomic():
                count += _carry_out(event, WORKER, at)
    return count


@job(JOB)
def run(*, at: dt.datetime) -> None:
    """The same, in the early morning of the day of an event."""
    carry_out(at=at)


def find_event(reference: str) -> Reorganisation:
    """An event by its uid or, if no other has it, by the number of its decision."""
    by_number = list(Reorganisation.objects.filter(decision=reference)[:2])
    if len(by_number) > 1:
        raise Conflict(
            Said(
                f"Có nhiều sự kiện theo quyết định {reference}; hãy dùng mã của sự kiện.",
                f"There are several events by decision {reference}; use the event's own code.",
            )
        )
    if by_number:
        return by_number[0]
    found = next((one for one in Reorganisation.objects.all() if str(one.uid) == reference), None)
    if found is None:
        raise NotFound(
            Said(
                f"Không có sự kiện tổ chức nào theo quyết định «{reference}».",
                f"There is no event by decision «{reference}».",
            )
        )
    return found


def objections(event: Reorganisation, at: dt.datetime) -> list[str]:
    """Why the event can no longer be undone; empty if it can."""
    work = list(event.work.all())
    tree = next((one for one in work if one.part == TREE), None)
    if tree is None:
        return ["sự kiện này được ghi từ một bản cũ của chương trình, chưa lưu lại cách hoàn tác"]
    change = change_of(event, Journal(tree.journal))
    reasons = list(_later(change))
    reasons += [reason for part in parts() for reason in part.undo(change, at)]
    journals = [Journal(one.journal) for one in work]
    return reasons or later_changes(journals, DERIVED)


def undo(*, event: Reorganisation, actor: Actor, at: dt.datetime, scope: Scope | None = None) -> None:
    """Put every row back as it was before the event, byte for byte; the log keeps both.

    Conflict, with every reason, as soon as something depends on the event.
    """
    with transaction.atomic():
        hold_tree()
        event = Reorganisation.objects.select_for_update().get(pk=event.pk)
        if scope is not None and not sees_all(scope, event):
            raise NotFound("Không có sự kiện tổ chức này trong phạm vi của bạn.")
        reasons = objections(event, at)
        if reasons:
            raise Conflict(
                Said(
                    f"Không hoàn tác được quyết định {event.decision}: {'; '.join(reasons)}.",
                    f"Decision {event.decision} cannot be undone: {'; '.join(reasons)}.",
                )
            )
        journals = [Journal(one.journal) for one in event.work.order_by("pk")]
        uid, day = event.uid, event.day
        changed = _moved(journals)
        event.work.all().delete()
        take_back(journals)
        rebuild_closure({}, changed)
        record(
            actor=actor,
            action="org.reorganisation_undone",
            obj=f"reorganisation:{uid}",
            at=at,
            data={"day": day.isoformat(), "parts": len(journals)},
        )


def _screen(event: Event, actor: Actor, at: dt.datetime) -> None:
    head = event.decision
    texts = {f"dòng {head.line}": [head.number, head.title]}
    texts |= {f"dòng {row.line}": [row.name, row.symbol, row.place, row.code] for row in event.begins}
    texts |= {f"dòng {row.line}": [row.name, row.symbol, row.place, row.new_code] for row in event.renames}
    screen(texts, "unit", actor=actor, at=at)


def _apply(event: Event, actor: Actor, at: dt.datetime, scope: Scope | None) -> Reorganised:
    hold_tree()
    head = event.decision
    before = standing_on(head.day - dt.timedelta(days=1), event)
    taken = Reorganisation.objects.filter(decision=head.number, day=head.day).first()
    if taken is not None:
        if taken.digest != event.digest:
            raise Conflict(
                Said(
                    f"Quyết định {head.number} có hiệu lực ngày {head.day:%d/%m/%Y} đã được ghi với nội dung khác; "
                    "chưa ghi gì thêm. Hãy dùng đúng tệp cũ, hoặc một quyết định khác.",
                    f"Decision {head.number} of {head.day:%d/%m/%Y} was entered before with another "
                    "content; nothing was entered. Use the same file, or another decision.",
                )
            )
        return Reorganised(taken, fresh=False, names=_names(event, before))
    if scope is not None:
        _refuse(out_of_reach(event, before, scope))
    digest = event.digest
    event = followed(event, before)
    _refuse(faults_of(event, before))
    journal = Journal()
    (made,) = journal.make([
        Reorganisation(
            decision=head.number, title=head.title, day=head.day, digest=digest, rows=list(event.source), at=at
        )
    ])  # fmt: skip
    change = change_tree(event, before, made, journal)
    moved = _moved([journal])
    rebuild_closure({name.unit_id: code for code, name in before.names.items()}, moved)
    _refuse(hanging(event, moved))
    ReorganisationWork.objects.create(event=made, part=TREE, journal=journal.as_json(), done_at=at)
    record(
        actor=actor,
        action="org.reorganised",
        obj=f"reorganisation:{made.uid}",
        at=at,
        data={
            "day": head.day.isoformat(),
            "begun": len(change.begun),
            "ended": len(change.ended),
            "moved": len(change.moved),
            "renamed": len(change.renamed),
            "successions": len(event.successions),
        },
    )
    return Reorganised(
        made,
        fresh=True,
        names=_names(event, before),
        touched=[
            of_units(change),
            *(Touched(part.name, part.label, part.preview(change, at)) for part in parts()),
        ],
        balances=[balance for part in parts() for balance in part.conserve(change, at)],
    )


def _moved(journals: Sequence[Journal]) -> set[int]:
    """Units whose places the journals wrote."""
    return {child for _, child in written(journals, Placement, "child_id")}


def _carry_out(event: Reorganisation, actor: Actor, at: dt.datetime) -> bool:
    """The parts that have not worked for the event yet, if its day has come; else a job for that day."""
    if event.day > local_date(at):
        morning = dt.datetime.combine(event.day, DAWN)
        enqueue(JOB, at=morning, key=f"{JOB}:{event.uid}")
        return False
    event = Reorganisation.objects.select_for_update().get(pk=event.pk)
    done = {one.part: one for one in event.work.all()}
    change = change_of(event, Journal(done[TREE].journal))
    touched: dict[str, int] = {}
    for part in parts():
        if part.name not in done:
            journal = Journal()
            touched[part.name] = part.apply(change, journal, actor=actor, at=at)
            ReorganisationWork.objects.create(event=event, part=part.name, journal=journal.as_json(), done_at=at)
    if any(touched.values()):
        record(
            actor=actor,
            action="org.reorganisation_carried_out",
            obj=f"reorganisation:{event.uid}",
            at=at,
            data={**touched},
        )
    return bool(touched)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidInput(
            Said(
                f"Sự kiện có {len(faults)} lỗi; chưa ghi gì.",
                f"The event has {len(faults)} faults; nothing was entered.",
            ),
            faults[:MAX_FAULTS],
        )


def _refuse_loss(balances: Sequence[Balance]) -> None:
    """A reorganisation that changes a total has lost somebody's figures."""
    lost = [
        f"{one.template} {one.period}: {d.label} {d.then} → {d.now}" for one in balances for d in one.differences
    ]
    if lost:
        more = f" và {len(lost) - 5} số khác" if len(lost) > 5 else ""
        raise Conflict(
            Said(
                f"Có tổng không giữ nguyên qua sự kiện này nên chưa ghi gì: {'; '.join(lost[:5])}{more}.",
                f"Some totals would change by this event, so nothing was entered: {'; '.join(lost[:5])}{more}.",
            )
        )


def _later(change: Change) -> list[str]:
    """Later events that name the same units."""
    mine = named(change)
    reasons = []
    later = ReorganisationWork.objects.filter(part=TREE, event__day__gte=change.day).exclude(event=change.event)
    for work in later.select_related("event").order_by("event__day", "pk"):
        if work.event.day == change.day and work.event_id < change.event.pk:
            continue
        facts = work.journal["facts"]
        others = {*facts["ended"], *facts["renamed"], *facts["divided"]}
        others |= {pk for row in facts["moved"] for pk in (row[0], row[2], row[3]) if pk}
        if mine & others:
            reasons.append(
                f"quyết định {work.event.decision} từ ngày {work.event.day:%d/%m/%Y} đã dựa vào sự kiện này"
            )
    return reasons


def _names(event: Event, before: Standing) -> dict[str, str]:
    rows: tuple[End | Move | Rename, ...] = (*event.ends, *event.moves, *event.renames)
    return {row.code: before.names[row.code].name for row in rows if row.code in before.names}
