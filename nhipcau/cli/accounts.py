"""`nhipcau account`: the first account of an installation, and a new password from the console."""

from __future__ import annotations

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import say
from nhipcau.core.actors import System


@click.group()
def account() -> None:
    """Tài khoản đầu tiên, và lối vào lại khi quên mật khẩu."""


@account.command()
@click.argument("login", metavar="LOGIN")
@click.option("--name", required=True, metavar="NAME", help="Họ và tên người quản trị.")
@click.option("--phone", default="", metavar="PHONE", help="Điện thoại công vụ.")
def first(login: str, name: str, phone: str) -> None:
    """Mở tài khoản quản trị của đơn vị cao nhất, khi chưa có ai quản trị; mật khẩu lần đầu in ra stdout."""
    open_instance()
    from nhipcau.access.first import open_first

    opened, password = open_first(login=login, name=name, phone=phone, actor=System("cli"), at=now())
    say(f"Đã mở tài khoản «{opened.login}». Mật khẩu lần đầu, chỉ in một lần, phải đổi ngay khi đăng nhập:")
    click.echo(password)


@account.command()
@click.argument("login", metavar="LOGIN")
def reissue(login: str) -> None:
    """Cấp lại mật khẩu lần đầu cho một tài khoản; mọi phiên đang mở của tài khoản ấy bị đăng xuất."""
    open_instance()
    from nhipcau.access.first import reissue as hand

    password = hand(login=login, actor=System("cli"), at=now())
    say("Mật khẩu mới, chỉ in một lần, phải đổi ngay khi đăng nhập:")
    click.echo(password)
