"""How to reach somebody is forgotten a year after the last post: the name stays with what was done in office, the
telephone number and the address have no use any more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.org.models import Appointment, Person
from nhipcau.outbox.models import Mail

KEPT = dt.timedelta(days=365)
SWEEPER = System("org.retention")


class LeftContacts:
    """Retention of telephone numbers and addresses of those who hold no post any more."""

    name = "left_contacts"
    label = "cách liên lạc của người đã thôi giữ chức danh"
    kept = KEPT

    def sweep(self, *, at: dt.datetime) -> int:
        """Erase them, and mail that still names the address; returns of how many people."""
        overdue = list(self._overdue(at))
        for person in overdue:
            with transaction.atomic():
                if person.email:
                    Mail.objects.filter(address=person.email).delete()
                person.phone = person.email = ""
                person.save(update_fields=["phone", "email"])
                record(actor=SWEEPER, action="org.contact_erased", obj=f"person:{person.uid}", at=at)
        return len(overdue)

    def left(self, *, at: dt.datetime) -> int:
        """What should be gone."""
        return self._overdue(at).count()

    def _overdue(self, at: dt.datetime) -> QuerySet[Person]:
        since = local_date(at - self.kept)
        held = Appointment.objects.filter(person=OuterRef("pk"))
        late = held.filter(Q(valid_to=None) | Q(valid_to__gt=since))
        reachable = Person.objects.exclude(phone="", email="")
        return reachable.filter(Exists(held)).exclude(Exists(late)).order_by("pk")
