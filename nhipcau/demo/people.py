"""Posts in every unit, and the six people who sign in to see the demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from nhipcau.access.actions import open_account
from nhipcau.core.actors import System
from nhipcau.demo.federation import PROVINCE
from nhipcau.org.actions import add_person, appoint, create_post
from nhipcau.org.models import Post, Role, Unit

SETUP = System("demo")
START = dt.date(2018, 1, 1)
PASSWORD = "song-lam-2018"  # noqa: S105 - printed on purpose: the demonstration holds invented data only

BOARD = (Role.BOARD, Role.REPORTER, Role.APPROVER)
CLERK, DEPARTMENT, ADMINISTRATOR = "clerk", "department", "administrator"

# unit, key of the post, login, name (invented)
ACCOUNTS = (
    (PROVINCE, "board", "chutich", "Phan Thu Hương"),
    (PROVINCE, DEPARTMENT, "chinhsach", "Đỗ Quang Vinh"),
    (PROVINCE, CLERK, "vanthu", "Lý Ngọc Mai"),
    (PROVINCE, ADMINISTRATOR, "quantri", "Ngô Bá Khoa"),
    ("H01", "board", "huyen", "Hồ Sỹ Bình"),
    ("H01.01", "board", "coso", "Mạc Thị Lan"),
)
FAMILY = ("Đoàn Văn", "Tạ Thị", "Vương Đình", "Phùng Thị", "Lâm Quốc")
GIVEN = ("Hậu", "Nhàn", "Tuấn", "Sen", "Khang", "Duyên", "Phúc")


def create_posts(units: dict[str, Unit], at: dt.datetime) -> dict[tuple[str, str], Post]:
    """One leading post for every unit; for the province a department, a clerk and an administrator too. Keyed by
    (code, key)."""
    posts: dict[tuple[str, str], Post] = {}
    for code, unit in units.items():
        roles = BOARD if code == PROVINCE else (*BOARD, Role.CLERK)
        posts[code, "board"] = _post(unit, "Chủ tịch", roles, at)
    province = units[PROVINCE]
    posts[PROVINCE, DEPARTMENT] = _post(
        province, "Trưởng ban Chính sách pháp luật", (Role.BOARD, Role.REPORTER, Role.DESIGNER), at
    )
    posts[PROVINCE, CLERK] = _post(province, "Văn thư", (Role.CLERK,), at)
    posts[PROVINCE, ADMINISTRATOR] = _post(province, "Quản trị cây tổ chức", (Role.ADMINISTRATOR,), at)
    return posts


def _post(unit: Unit, title: str, roles: tuple[Role, ...], at: dt.datetime) -> Post:
    return create_post(unit=unit, title=title, roles=roles, start=START, actor=SETUP, at=at)


def appoint_leaders(posts: dict[tuple[str, str], Post], codes: Sequence[str], at: dt.datetime) -> None:
    """Whom to call in every district and sector: a holder of the leading post with the office's telephone."""
    taken = {(code, key) for code, key, _, _ in ACCOUNTS}
    for number, code in enumerate(codes):
        if (code, "board") in taken:
            continue
        name = f"{FAMILY[number % len(FAMILY)]} {GIVEN[number * 3 % len(GIVEN)]}"
        person = add_person(name=name, phone=f"0200 000 {number:03d}", actor=SETUP, at=at)
        appoint(post=posts[code, "board"], person=person, start=START, actor=SETUP, at=at)


def open_accounts(posts: dict[tuple[str, str], Post], at: dt.datetime) -> None:
    """Sign-in for five people at three levels; the others act in the story without an account."""
    for code, key, login, name in ACCOUNTS:
        account = open_account(login=login, password=PASSWORD, name=name, phone="0200 000 000", actor=SETUP, at=at)
        appoint(post=posts[code, key], person=account.person, start=START, actor=SETUP, at=at)
