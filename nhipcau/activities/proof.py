"""The digest of an activity: what the log keeps of it, so that a value changed behind a figure is found."""

from __future__ import annotations

import hashlib
import json

from nhipcau.activities.models import Activity


def digest(activity: Activity) -> str:
    """SHA-256 over the canonical form of what was recorded: a JSON list, UTF-8, partners and papers in order.

    Whether it was withdrawn later is no part of it; that has an entry of its own.
    """
    partners = sorted(
        f"unit:{partner.unit.uid}" if partner.unit else f"body:{partner.outside}"
        for partner in activity.partners.all()
    )
    papers = sorted([paper.file.sha256, paper.name] for paper in activity.evidence.all())
    canonical = json.dumps(
        [
            str(activity.uid),
            str(activity.unit.uid),
            activity.type.code,
            activity.held_on.isoformat(),
            activity.place,
            activity.title,
            activity.paper_location,
            activity.values,
            activity.facets,
            partners,
            papers,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
