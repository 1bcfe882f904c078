"""`nhipcau api`: the document of the API, and tokens from the console."""

from __future__ import annotations

import datetime as dt

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.core.errors import InvalidInput, NotFound


@click.group()
def api() -> None:
    """API cho chương trình khác: bản mô tả, mã truy cập."""


@api.command()
def schema() -> None:
    """Bản mô tả OpenAPI 3.1; trong kho mã là docs/reference/openapi.json."""
    open_instance()
    from nhipcau.api.openapi import as_text

    click.echo(as_text(), nl=False)


@api.command()
def reference() -> None:
    """Bảng các địa chỉ và việc của trang nào chưa có; trong kho mã là docs/reference/api.md."""
    open_instance()
    from nhipcau.api.reference import as_markdown

    click.echo(as_markdown(), nl=False)


@api.command("token")
@click.argument("login", metavar="LOGIN")
@click.option("--post", "title", metavar="TITLE", help="Chức danh, khi người ấy giữ nhiều chức danh.")
@click.option("--name", required=True, metavar="NAME", help="Chương trình nào dùng mã.")
@click.option("--scope", "scopes", multiple=True, required=True, metavar="SCOPE",
              help="read, record, submit, approve, issue; ghi nhiều lần được.")  # fmt: skip
@click.option(
    "--days", type=click.IntRange(0, 366), default=180, show_default=True, help="Dùng được bao nhiêu ngày."
)
def token(login: str, title: str | None, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Tạo mã truy cập cho chức danh mà LOGIN đang giữ; mã in ra stdout một lần."""
    open_instance()
    from nhipcau.access.models import Account, TokenScope
    from nhipcau.access.queries import posts_of
    from nhipcau.access.tokens.actions import make_token

    at = now()
    account = Account.objects.filter(login=login).first()
    posts = [one for one in posts_of(account, local_date(at)) if title in (None, one.title)] if account else []
    if len(posts) != 1:
        raise NotFound(f"«{login}» giữ {len(posts)} chức danh như vậy hôm nay; cần đúng một (dùng --post).")
    known = {one.value for one in TokenScope}
    if wrong := sorted(set(scopes) - known):
        raise InvalidInput(f"Không có quyền «{', '.join(wrong)}»; dùng: {', '.join(sorted(known))}.")
    made, secret = make_token(
        post=posts[0],
        name=name,
        scopes=[TokenScope(one) for one in scopes],
        last_day=local_date(at) + dt.timedelta(days=days),
        actor=System("cli"),
        at=at,
    )
    say(f"Đã tạo mã {made.uid} cho «{posts[0].title}». Mã chỉ in một lần:")
    click.echo(secret)


@api.command()
@click.argument("login", metavar="LOGIN")
def tokens(login: str) -> None:
    """Các mã của những chức danh mà LOGIN đang giữ, dạng JSON."""
    open_instance()
    from nhipcau.access.models import Account
    from nhipcau.access.queries import posts_of
    from nhipcau.access.tokens.queries import tokens_of
    from nhipcau.org.scope import Scope

    at = now()
    account = Account.objects.filter(login=login).first()
    if account is None:
        raise NotFound(f"Không có tài khoản «{login}».")
    rows = [one for post in posts_of(account, local_date(at)) for one in tokens_of(Scope(post, at))]
    emit(
        [
            {
                "uid": str(one.uid),
                "name": one.name,
                "scopes": one.scopes,
                "expires_at": one.expires_at.isoformat(),
                "revoked": one.revoked_at is not None,
                "last_used": one.last_used.isoformat() if one.last_used else None,
            }
            for one in rows
        ]
    )


@api.command()
@click.argument("uid", metavar="UID")
def revoke(uid: str) -> None:
    """Thu hồi một mã theo uid của nó."""
    open_instance()
    from nhipcau.access.tokens.actions import revoke_token
    from nhipcau.access.tokens.queries import find_token

    found = find_token(uid)
    revoke_token(token=found, actor=System("cli"), at=now())
    say(f"Đã thu hồi mã «{found.name}».")
