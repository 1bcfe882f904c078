"""Who leads and who lends a hand are kept apart."""

from __future__ import annotations

import pytest

from tests.reader.helpers import letter


@pytest.mark.parametrize(
    ("item", "responsible", "helped_by"),
    [
        ("Ban Nữ công chủ trì, phối hợp với Văn phòng tổ chức hội nghị.", "Ban Nữ công", "Văn phòng"),
        (
            "Giao Ban Chính sách chủ trì, phối hợp với Ban Nữ công và Văn phòng tổng hợp báo cáo.",
            "Ban Chính sách",
            "Ban Nữ công và Văn phòng",
        ),
        ("Các công đoàn cơ sở phối hợp chặt chẽ tổ chức hội thao.", "Các công đoàn cơ sở", None),
        ("Ban Nữ công tổ chức hội nghị.", "Ban Nữ công", None),
    ],
)
def test_the_leader_and_the_helper_are_kept_apart(item: str, responsible: str, helped_by: str | None) -> None:
    (found,) = letter(f"Đề nghị các đơn vị thực hiện:\n1. {item}").obligations
    assert (found.responsible, found.helped_by) == (responsible, helped_by)
