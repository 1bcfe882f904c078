"""The named cast: one province, two communes, three local unions, and the people who hold their posts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nhipcau.access.actions import open_account
from nhipcau.access.models import Account
from nhipcau.core.actors import System
from nhipcau.core.clock import VN
from nhipcau.org.actions import appoint, create_post, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Role, Unit, UnitName
from nhipcau.org.scope import Scope

TODAY = dt.date(2026, 3, 16)
NOW = dt.datetime(2026, 3, 16, 9, 0, tzinfo=VN)
SETUP = System("tests")
PASSWORD = "cau-noi-nhip-2026"

TREE = """code,name,kind,parent,from,symbol,place,members
T,Liên đoàn Lao động tỉnh Đông Giang,province,,2020-01-01,LĐLĐ,Đông Giang,0
XA,Công đoàn xã An Hải,commune,T,2025-07-01,CĐX,An Hải,0
XB,Công đoàn phường Bình Sơn,commune,T,2025-07-01,CĐP,Bình Sơn,0
A1,Công đoàn cơ sở Công ty May Hải Âu,local,XA,2025-07-01,CĐCS,An Hải,420
A2,Công đoàn cơ sở Trường Tiểu học Hải Long,local,XA,2025-07-01,CĐCS,An Hải,35
B1,Công đoàn cơ sở Xí nghiệp Gạch Sơn Ca,local,XB,2025-07-01,CĐCS,Bình Sơn,180
"""


@dataclass
class Cast:
    """Units and posts by the words the tests use."""

    province: Unit
    commune: Unit
    sibling_commune: Unit
    local: Unit
    other_local: Unit
    sibling_local: Unit
    provincial_officer: Post
    clerk: Post
    commune_officer: Post
    local_volunteer: Post
    stranger: Post

    def scope(self, post: Post, at: dt.datetime = NOW) -> Scope:
        """What that post sees."""
        return Scope(post, at)

    def account(self, post: Post) -> Account:
        """The account of the post's holder."""
        return Account.objects.get(person__appointments__post=post)


def unit(code: str) -> Unit:
    """The unit with that code."""
    return UnitName.objects.get(code=code).unit


def _officer(unit: Unit, title: str, login: str, *roles: Role) -> Post:
    start = dt.date(2025, 7, 1)
    post = create_post(unit=unit, title=title, roles=roles, start=start, actor=SETUP, at=NOW)
    name = f"Người giữ chức {title}"
    account = open_account(login=login, password=PASSWORD, name=name, phone="0200 000 000", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=start, actor=SETUP, at=NOW)
    return post


def assemble() -> Cast:
    """Build the federation through the same actions as the product."""
    import_tree(rows=read_rows(TREE.encode()), actor=SETUP, at=NOW)
    province, commune, sibling, local = unit("T"), unit("XA"), unit("XB"), unit("A1")
    full = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK)
    return Cast(
        province=province,
        commune=commune,
        sibling_commune=sibling,
        local=local,
        other_local=unit("A2"),
        sibling_local=unit("B1"),
        provincial_officer=_officer(province, "Trưởng ban Chính sách", "tinh", *full[:3], Role.DESIGNER),
        clerk=_officer(province, "Văn thư", "vanthu", Role.CLERK),
        commune_officer=_officer(commune, "Chủ tịch công đoàn xã", "xa", *full),
        local_volunteer=_officer(local, "Chủ tịch công đoàn cơ sở", "coso", *full),
        stranger=_officer(sibling, "Chủ tịch công đoàn phường", "phuong", *full),
    )
