"""What the pages of saved views need in their addresses; used by the permission table."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.access.views_kept import save_view
from tests.cast import NOW, Cast


def view(cast: Cast) -> Mapping[str, object]:
    """One that the local volunteer has saved."""
    post = cast.local_volunteer
    kept = save_view(page="cay", name="Hải Âu", query="q=hai+au", words="hai au", actor=post, at=NOW)
    return {"uid": kept.uid}
