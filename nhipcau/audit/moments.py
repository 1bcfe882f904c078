"""What the log says as a whole: whoever derived something asks whether anything has happened since."""

from __future__ import annotations

from django.db.models import Count, Max, Sum

from nhipcau.audit.models import Entry, Head

State = tuple[int | None, ...]


def log_state() -> State:
    """Numbers that are others after any further act: where the chain ends, and which entries wait to be chained.

    Every change is logged inside its own transaction, so that equal states mean that nothing has changed. The
    waiting entries are read first: then a sealer at work between the two can only make states differ.
    """
    waiting = Entry.objects.filter(seq=None).aggregate(count=Count("pk"), last=Max("pk"), total=Sum("pk"))
    head = Head.objects.filter(pk=1).values_list("seq", flat=True).first()
    return (head, waiting["count"], waiting["last"], None if waiting["total"] is None else int(waiting["total"]))
