"""What a reorganisation means for posts: those of a unit that ends end with it, as their dates already say."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.actors import Actor
from nhipcau.core.said import Said
from nhipcau.org.journal import Journal
from nhipcau.org.models import Appointment, Post
from nhipcau.org.parts import Balance, Change, Effect

BATCH = 1000


class PostPart:
    """Posts carry dates, so the event itself has ended them; here they are only told."""

    name = "posts"
    label: str = Said("Chức danh kết thúc", "Posts that end")

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """Every post that ends that day, with whether somebody holds it; never a person's name."""
        effects: list[Effect] = []
        ended = list(change.ended)
        for start in range(0, len(ended), BATCH):
            keys = ended[start : start + BATCH]
            posts = Post.objects.filter(unit__in=keys, valid_to=change.day).order_by("unit", "pk")
            held = set(
                Appointment.objects.filter(post__in=posts, valid_to=change.day).values_list("post", flat=True)
            )
            for post in posts:
                how = "người giữ thôi giữ" if post.pk in held else "đang khuyết"
                effects.append(Effect(change.names[post.unit_id], post.title, "", how))
        return effects

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Nothing is left to do."""
        return 0

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """The journal of the tree tells whether a post was touched since."""
        return []

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """Posts add up to nothing."""
        return []
