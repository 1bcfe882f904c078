"""Why a post acts at a moment, and how its unit stands to another: told step by step, from what decides it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nhipcau.core.clock import local_date
from nhipcau.core.said import Said
from nhipcau.org.models import Appointment, Axis, Closure, Delegation, Post, Role, Unit
from nhipcau.org.queries import called
from nhipcau.org.scope import Scope, role_in_english

_AXES = {Axis.TERRITORY: Said("địa bàn", "territory"), Axis.SECTOR: Said("ngành", "sector")}


@dataclass(frozen=True)
class Step:
    """One link of the chain: whether it holds, and in words."""

    said: Said
    holds: bool = True


def post_step(post: Post, at: dt.datetime) -> Step:
    """Whether the seat stands that day."""
    day = local_date(at)
    unit = called([post.unit_id], day)[post.unit_id]
    stands = Post.objects.at(day).filter(pk=post.pk).exists()
    since = f"{post.valid_from:%d/%m/%Y}"
    until = f"{post.valid_to:%d/%m/%Y}" if post.valid_to else ""
    vi = f"Chức danh «{post.title}» của {unit}, lập từ {since}" + (f", hết từ {until}" if until else "")
    en = f"The post «{post.title}» of {unit}, made on {since}" + (f", ended on {until}" if until else "")
    return Step(Said(f"{vi}.", f"{en}."), stands)


def holder_step(post: Post, at: dt.datetime) -> Step:
    """Whether somebody holds it: rights come from the post, and nobody has them while it is vacant."""
    held = Appointment.objects.at(local_date(at)).filter(post=post.pk).first()
    if held is None:
        vi, en = "Lúc ấy không có ai giữ chức danh này, nên không ai thấy gì qua nó.", "Nobody held the post then."
        return Step(Said(vi, en), holds=False)
    since = f"{held.valid_from:%d/%m/%Y}"
    return Step(Said(f"Có người giữ chức danh này từ {since}.", f"Somebody has held it since {since}."))


def hand_step(post: Post, taker: Post, at: dt.datetime) -> Step:
    """By which delegation the post acts through another's hand."""
    given = Delegation.objects.filter(giver=post.pk, taker=taker.pk, starts_at__lte=at, ends_at__gt=at).last()
    until = f"{given.last_day:%d/%m/%Y}" if given else "…"
    vi = f"«{taker.title}» làm thay «{post.title}» theo ủy quyền có hiệu lực đến hết {until}."
    en = f"«{taker.title}» acts for «{post.title}» by a delegation in force until {until}."
    return Step(Said(vi, en))


def role_step(post: Post, *, reads: bool) -> Step:
    """What the post's roles let it read."""
    vi = ", ".join(str(Role(role).label) for role in post.roles)
    en = ", ".join(role_in_english(role) for role in post.roles)
    if reads:
        vi, en = f"Vai trò ({vi}) được đọc nội dung công việc.", f"Its roles ({en}) read contents."
    else:
        vi, en = f"Vai trò ({vi}) không đọc nội dung công việc.", f"Its roles ({en}) read no contents."
    return Step(Said(vi, en), reads)


def place_step(scope: Scope, owner: Unit) -> Step:
    """Where the unit that a thing belongs to lies, seen from the post's own, that day."""
    day, own = scope.day, scope.unit
    if owner.pk == own.pk:
        return Step(Said("Thuộc chính đơn vị của chức danh.", "It belongs to the post's own unit."))
    path = _path(own, owner, day)
    names = called([own.pk, owner.pk, *path[1]], day)
    if path[1]:
        chain = " › ".join(names[pk] for pk in path[1])
        vi = f"Hôm ấy đơn vị của nó nằm dưới đơn vị của chức danh, theo trục {_AXES[path[0]]}: {chain}."
        en = f"That day its unit lay below the post's own, by {_AXES[path[0]].en}: {chain}."
        return Step(Said(vi, en))
    if scope.sees(owner):
        vi = f"{names[owner.pk]} đã chấm dứt, và lúc cuối nằm dưới đơn vị của chức danh."
        return Step(Said(vi, f"{names[owner.pk]} has ended, and lay below the post's own unit at its end."))
    if _path(owner, own, day)[1]:
        vi = f"Thuộc {names[owner.pk]}, cấp trên của đơn vị."
        return Step(Said(vi, f"It belongs to {names[owner.pk]}, which stands above the unit."), holds=False)
    vi = f"Thuộc {names[owner.pk]}, không nằm dưới đơn vị của chức danh."
    return Step(Said(vi, f"It belongs to {names[owner.pk]}, which is not below the post's unit."), holds=False)


def _path(top: Unit, below: Unit, day: dt.date) -> tuple[Axis, list[int]]:
    """(axis, ids of the units from the top down to the one below) that day; no ids where it does not lie there."""
    for axis in (Axis.TERRITORY, Axis.SECTOR):
        line = Closure.objects.at(day).filter(axis=axis)
        if not line.filter(ancestor=top, descendant=below).exists():
            continue
        over = line.filter(descendant=below).values("ancestor")
        under = line.filter(ancestor=top, descendant__in=over).values("descendant")
        above = line.filter(descendant=below, ancestor__in=under).order_by("-depth")
        return axis, list(above.values_list("ancestor", flat=True))
    return Axis.TERRITORY, []
