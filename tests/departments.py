"""Departments of the province's office, made the way an operator makes them."""

from __future__ import annotations

import datetime as dt

from nhipcau.org.actions import create_post, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Role, Unit
from tests.cast import NOW, SETUP, unit

ROWS = """code,name,kind,parent,from
T.CS,Ban Chính sách pháp luật,department,T,2025-07-01
T.VP,Văn phòng,department,T,2025-07-01
T.TC,Ban Tài chính,department,T,2025-07-01
"""


def set_up() -> dict[str, Unit]:
    """The province's three departments by code; to be called after the cast is assembled."""
    import_tree(rows=read_rows(ROWS.encode()), actor=SETUP, at=NOW)
    return {code: unit(code) for code in ("T.CS", "T.VP", "T.TC")}


def head(department: Unit) -> Post:
    """The post that leads a department; it keeps no register and signs no letters."""
    roles = (Role.BOARD, Role.REPORTER)
    return create_post(
        unit=department, title="Trưởng ban", roles=roles, start=dt.date(2025, 7, 1), actor=SETUP, at=NOW
    )
