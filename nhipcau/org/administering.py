"""The last administrator: somebody must be left who can give rights to others."""

from __future__ import annotations

import datetime as dt

from django.db.models import TextField
from django.db.models.functions import Cast

from nhipcau.core.errors import Conflict
from nhipcau.core.said import Said
from nhipcau.org.models import Appointment, Closure, Post, Role

LAST = Said(
    "Đây là người quản trị cuối cùng: từ ngày ấy đơn vị này và các cấp trên không còn ai quản trị. Hãy phân công "
    "người quản trị khác trước.",
    "This is the last administrator: from that day on nobody would administer this unit or any above it. Appoint "
    "another administrator first.",
)


def require_administrator_left(leaving: Appointment, end: dt.date) -> None:
    """Conflict if from that day on nobody holds, for good, a post that administers in the unit or above it.

    Runs in the transaction that ends the appointment: two who end each other's at once wait here for one another.
    """
    if not leaving.post.has_role(Role.ADMINISTRATOR):
        return
    above = Closure.objects.at(end).filter(descendant=leaving.post.unit_id).values("ancestor")
    posts = Post.objects.at(end).filter(unit__in=above).annotate(said=Cast("roles", TextField()))
    listed = posts.filter(said__contains=Role.ADMINISTRATOR.value).order_by("pk").values_list("pk", flat=True)
    kept = Post.objects.select_for_update().filter(pk__in=[*listed, leaving.post_id]).order_by("pk")
    administers = [post.pk for post in kept if post.has_role(Role.ADMINISTRATOR)]
    held = Appointment.objects.at(end).filter(post__in=administers, valid_to=None)
    if not held.exclude(pk=leaving.pk).exists():
        raise Conflict(LAST)
