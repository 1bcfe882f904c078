"""What the page of tokens needs in its addresses; used by the permission table."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.access.models import ApiToken
from tests.api.asking import token_of
from tests.cast import Cast


def token(cast: Cast) -> Mapping[str, object]:
    """One that the local volunteer has made."""
    token_of(cast.local_volunteer)
    return {"uid": ApiToken.objects.get().uid}
