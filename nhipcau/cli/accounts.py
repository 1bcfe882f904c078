"""`nhipcau account`: the first account of an installation, a way back in, and what is kept about its holder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import say
from nhipcau.core.actors import System

if TYPE_CHECKING:
    from nhipcau.access.codes import Handed


@click.group()
def account() -> None:
    """Tài khoản đầu tiên, lối vào lại khi quên mật khẩu, dữ liệu của chính người có tài khoản."""


@account.command()
@click.argument("login", metavar="LOGIN")
@click.option("--name", required=True, metavar="NAME", help="Họ và tên người quản trị.")
@click.option("--phone", default="", metavar="PHONE", help="Điện thoại công vụ.")
def first(login: str, name: str, phone: str) -> None:
    """Mở tài khoản quản trị của đơn vị cao nhất, khi chưa có ai quản trị; mã kích hoạt in ra stdout."""
    open_instance()
    from nhipcau.access.first import open_first

    _told(open_first(login=login, name=name, phone=phone, actor=System("cli"), at=now()))


@account.command()
@click.argument("login", metavar="LOGIN")
def reissue(login: str) -> None:
    """Cấp mã kích hoạt cho một tài khoản không vào được; mật khẩu cũ và mọi phiên đang mở của nó hết hiệu lực."""
    open_instance()
    from nhipcau.access.first import reissue as hand

    _told(hand(login=login, actor=System("cli"), at=now()))


@account.command()
@click.argument("login", metavar="LOGIN")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Mặc định: du-lieu-LOGIN.zip."
)
def export(login: str, output: str | None) -> None:
    """Mọi điều được giữ về người có tài khoản ấy, thành một tệp .zip (JSON và một bản để đọc); ghi vào nhật ký."""
    open_instance()
    from nhipcau.ops.own_data import named, take_own_data

    taken = take_own_data(account=named(login), actor=System("cli"), at=now())
    path = Path(output or taken.name)
    path.write_bytes(taken.body)
    say(f"Đã ghi {path}: {sum(taken.rows.values())} dòng. Tệp nói về một người: hãy trao tận tay, xóa bản còn lại.")


def _told(handed: Handed) -> None:
    from django.conf import settings
    from django.urls import reverse

    where = f"{settings.SITE_URL}{reverse('use_code')}"
    say(
        f"Mã kích hoạt của tài khoản «{handed.account.login}», chỉ in một lần, dùng một lần, đến hết ngày "
        f"{handed.last_day:%d/%m/%Y}. Mở {where} để nhập mã và chọn mật khẩu:"
    )
    click.echo(handed.code)
