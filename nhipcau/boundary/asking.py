"""Questions that ask a person for an opinion or about himself, not for knowledge: a quiz holds none.

The words stand in `rules/asking.yaml`; typing without marks hides nothing.
"""

from __future__ import annotations

from nhipcau.boundary.sheets import told


def asks_opinion(text: str) -> bool:
    """Whether it asks its reader what he thinks, feels, believes, likes or would vote, how he finds those above
    him, or what he is and has done, or is an answer to that ("rất hài lòng")."""
    return (
        told("asking", "opinion", text)
        or told("asking", "personal", text)
        or told("asking", "scale", text, whole=True)
    )
