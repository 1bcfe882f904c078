"""How many notices a post has not read, for the head of every page.

What has reached the post is looked up at most once a minute in a process; what of it is read is asked each time, so
that a mark shows at once.
"""

from __future__ import annotations

from django.core.cache import caches

from nhipcau.access.notices import read_keys
from nhipcau.org.scope import Scope
from nhipcau.web.notices.kinds import KINDS, Notice, reached

cache = caches["process"]
A_MINUTE = 60
MANY = 99


def looked_up(scope: Scope) -> list[Notice]:
    """All that has reached the post, looked up now."""
    found = reached(scope, KINDS)
    cache.set(_key(scope), [one.key for one in found], A_MINUTE)
    return found


def unread(scope: Scope) -> str:
    """The number as the badge shows it: "", "3", "99+"."""
    keys = cache.get(_key(scope))
    if keys is None:
        keys = [one.key for one in looked_up(scope)]
    count = len(set(keys) - read_keys(scope.post)) if keys else 0
    return f"{MANY}+" if count > MANY else str(count or "")


def _key(scope: Scope) -> str:
    """Who acts for another has but some of the post's roles, and a demonstration has several days."""
    return f"notices:{scope.post.uid}:{','.join(sorted(scope.post.roles))}:{scope.day}"
