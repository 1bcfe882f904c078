"""A printed name becomes units of the receiver's own branch, or nobody and a reason."""

from __future__ import annotations

import pytest

from nhipcau.org.models import UnitName
from nhipcau.tasks.responsible import resolve
from tests.cast import TODAY, Cast


def _codes(cast: Cast, printed: str) -> set[str]:
    units = resolve(printed, cast.scope(cast.provincial_officer)).units
    return set(UnitName.objects.at(TODAY).filter(unit__in=units).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Công đoàn xã An Hải", {"XA"}),
        ("CĐ xã An Hải", {"XA"}),
        ("CĐCS Trường Tiểu học Hải Long", {"A2"}),
        ("LĐLĐ tỉnh Đông Giang", {"T"}),
        ("Các công đoàn xã, phường", {"XA", "XB"}),
        ("các công đoàn phường, xã trực thuộc", {"XA", "XB"}),
        ("Công đoàn cơ sở", {"A1", "A2", "B1"}),
        ("các CĐCS", {"A1", "A2", "B1"}),
        ("Công đoàn cấp trên trực tiếp cơ sở", {"XA", "XB"}),
        ("các đơn vị", {"XA", "XB"}),
        ("các cấp công đoàn", {"XA", "XB"}),
        ("Công đoàn xã An Hải và Công đoàn phường Bình Sơn", {"XA", "XB"}),
    ],
)
def test_a_printed_name_means_units_of_the_own_branch(cast: Cast, printed: str, expected: set[str]) -> None:
    assert _codes(cast, printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "Sở Nội vụ",
        "Công đoàn xã Hải Triều",
        "các LĐLĐ huyện",
        "công đoàn cơ sở trực thuộc",
        "Ban Nữ công",
        "Văn phòng",
    ],
)
def test_what_the_branch_does_not_have_resolves_to_nobody_with_a_reason(cast: Cast, printed: str) -> None:
    found = resolve(printed, cast.scope(cast.provincial_officer))
    assert found.units == ()
    assert printed in found.why


def test_a_commune_hands_only_to_its_own_local_unions(cast: Cast) -> None:
    scope = cast.scope(cast.commune_officer)
    assert set(resolve("công đoàn cơ sở trực thuộc", scope).units) == {cast.local, cast.other_local}
    assert resolve("Công đoàn phường Bình Sơn", scope).units == ()
    assert resolve("Công đoàn cơ sở Xí nghiệp Gạch Sơn Ca", scope).units == ()


def test_a_name_half_known_assigns_nobody_rather_than_half(cast: Cast) -> None:
    found = resolve("Công đoàn xã An Hải và Công đoàn xã Hải Triều", cast.scope(cast.provincial_officer))
    assert found.units == ()


def test_the_reason_counts_the_units_meant(cast: Cast) -> None:
    why = resolve("các CĐCS", cast.scope(cast.provincial_officer)).why
    assert "công đoàn cơ sở" in why
    assert "3 đơn vị" in why
