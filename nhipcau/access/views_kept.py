"""Cách xem đã lưu: a list page as a post likes to see it, under a name. The page says which filters it knows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.access.models import SavedView
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope, fetch

MOST = 12  # of one page, for one post
LONGEST_NAME, LONGEST_QUERY = 60, 500


def views_of(post: Post) -> QuerySet[SavedView]:
    """What the post has saved, page by page in the order of saving."""
    return SavedView.objects.filter(post=post.pk).order_by("page", "pk")


def get_view_for(scope: Scope, uid: object) -> SavedView:
    """One that the post itself has saved; nobody else's exists."""
    return fetch(views_of(scope.post), uid, "Không có cách xem này.")


def save_view(*, page: str, name: str, query: str, words: str, actor: Post, at: dt.datetime) -> SavedView:
    """Keep the page's filters (`query`, as its address says them; `words`, as typed) under a name; the same name
    again replaces it.

    Raises InvalidInput, BoundaryRefused.
    """
    named = _sound(name, actor, at, words)
    if not query or len(query) > LONGEST_QUERY:
        raise InvalidInput(Said("Hãy lọc danh sách trước rồi mới lưu.", "Filter the list first, then save it."))
    with transaction.atomic():
        others = views_of(actor).filter(page=page).exclude(name=named)
        if others.count() >= MOST:
            raise InvalidInput(
                Said(
                    f"Mỗi trang giữ nhiều nhất {MOST} cách xem. Hãy xóa bớt rồi lưu lại.",
                    f"A page keeps at most {MOST} views. Delete one, then save again.",
                )
            )
        view, _new = SavedView.objects.update_or_create(
            post_id=actor.pk, page=page, name=named, defaults={"query": query}
        )
        record(actor=actor, action="access.view_saved", obj=f"view:{view.uid}", at=at)
    return view


def rename_view(*, view: SavedView, name: str, actor: Post, at: dt.datetime) -> SavedView:
    """Another name. Raises InvalidInput (none, too long, taken), BoundaryRefused."""
    named = _sound(name, actor, at)
    with transaction.atomic():
        if views_of(actor).filter(page=view.page, name=named).exclude(pk=view.pk).exists():
            raise InvalidInput("Trang này đã có cách xem tên ấy.")
        view.name = named
        view.save(update_fields=["name"])
        record(actor=actor, action="access.view_renamed", obj=f"view:{view.uid}", at=at)
    return view


@transaction.atomic
def make_default(*, view: SavedView, default: bool, actor: Post, at: dt.datetime) -> None:
    """The page opens with it, or with none; one view of a page at most."""
    views_of(actor).filter(page=view.page).update(default=False)
    if default:
        views_of(actor).filter(pk=view.pk).update(default=True)
    record(actor=actor, action="access.view_default", obj=f"view:{view.uid}", at=at, data={"default": default})


@transaction.atomic
def delete_view(*, view: SavedView, actor: Post, at: dt.datetime) -> None:
    """Forget it; the list itself stays as it is."""
    record(actor=actor, action="access.view_deleted", obj=f"view:{view.uid}", at=at)
    view.delete()


def _sound(name: str, actor: Post, at: dt.datetime, words: str = "") -> str:
    """The name, cleaned, once it and what is sought are fit to be kept."""
    named = clean(name)
    if not named or len(named) > LONGEST_NAME:
        told = Said(
            f"hãy đặt tên, nhiều nhất {LONGEST_NAME} chữ", f"give it a name, at most {LONGEST_NAME} characters"
        )
        raise InvalidInput("Chưa lưu được cách xem.", [Fault("ten", told)])
    screen({"name": named, "words": words}, "label", actor=actor, at=at)
    return named
