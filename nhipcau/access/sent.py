"""A form that arrives twice is done once: what it was answered is kept for a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from nhipcau.access.form_models import SentForm
from nhipcau.core.retaining import Rows, Unlogged

KEPT = dt.timedelta(days=1)
IN_HAND = dt.timedelta(minutes=2)  # whoever has no answer after that has died, and the form is done again


def begin(*, page: str, said: str, at: dt.datetime) -> tuple[SentForm, bool]:
    """The form as it is known, and whether it is the caller's to do.

    It is not where the same content was sent from the same drawing of the page before: then `location` is the
    answer it had, or empty while somebody else has it in hand. One statement where the form is new.
    """
    try:
        with transaction.atomic():
            return SentForm.objects.create(page=page, said=said, at=at), True
    except IntegrityError:
        known = SentForm.objects.filter(page=page).first()
    if known is None:  # refused and forgotten between the two
        return begin(page=page, said=said, at=at)
    if known.said == said and (known.location or known.at > at - IN_HAND):
        return known, False
    mine = SentForm.objects.filter(pk=known.pk, said=known.said, at=known.at).update(said=said, at=at, location="")
    known.said, known.at, known.location = said, at, ""
    return known, bool(mine)


def finish(form: SentForm, location: str) -> None:
    """Keep where it led. Empty: it was refused or only shown, so the same may be sent again."""
    mine = SentForm.objects.filter(pk=form.pk, said=form.said, at=form.at)
    if location:
        mine.update(location=location)
    else:
        mine.delete()


class SentForms(Unlogged):
    """Forms are known again for a day."""

    name = "sent_forms"
    label = "biểu mẫu đã gửi"
    kept = KEPT

    def overdue(self, at: dt.datetime) -> Sequence[Rows]:
        """Sent longer ago."""
        return [SentForm.objects.filter(at__lt=at - self.kept)]
