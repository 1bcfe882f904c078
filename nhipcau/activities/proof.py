"""The digest of an activity: what the log keeps of it, so that a value changed behind a figure is found."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from nhipcau.activities.models import Activity

Contents = dict[str, Any]
PARTS = ("held_on", "place", "title", "paper_location", "values", "facets", "partners", "papers")


def contents(activity: Activity) -> Contents:
    """What was recorded, as plain JSON: partners and papers in order. Neither answers nor a withdrawal belong to
    it; those have entries of their own."""
    return {
        "held_on": activity.held_on.isoformat(),
        "place": activity.place,
        "title": activity.title,
        "paper_location": activity.paper_location,
        "values": dict(activity.values),
        "facets": dict(activity.facets),
        "partners": sorted(
            f"unit:{partner.unit.uid}" if partner.unit else f"body:{partner.outside}"
            for partner in activity.partners.all()
        ),
        "papers": sorted([paper.file.sha256, paper.name] for paper in activity.evidence.all()),
    }


def digest(activity: Activity, stood: Contents | None = None) -> str:
    """SHA-256 over the canonical form of the activity as it is, or as it stood: a JSON list, UTF-8."""
    stands = contents(activity) if stood is None else stood
    canonical = json.dumps(
        [str(activity.uid), str(activity.unit.uid), activity.type.code, *(stands[part] for part in PARTS)],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
