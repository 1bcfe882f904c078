"""One thing of every kind, all of the commune An Hải, each with a bird of its own in its words.

What an answer tells of it is known by that bird or by its uid. A kind lists the addresses that are about it alone.
They are made in this order: one may need what another has made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.rights import deeds, papers
from tests.rights.things import Thing, World

KINDS: Mapping[str, Callable[[World], Thing]] = {
    make.__name__: make
    for make in (
        papers.letter,
        papers.waiting_letter,
        papers.sent_letter,
        papers.scan,
        papers.petition,
        papers.block,
        papers.obligation,
        papers.task,
        papers.assignment,
        papers.given_back,
        papers.questionnaire,
        papers.whole_branch,
        papers.instruction,
        papers.announcement,
        deeds.activity,
        deeds.waiting_photo,
        deeds.planned,
        deeds.campaign,
        deeds.material,
        deeds.drafted_campaign,
        deeds.closing_report,
        deeds.draft,
        deeds.report,
        deeds.total,
        deeds.signing,
        deeds.issued,
        deeds.target,
        deeds.analysis,
        deeds.template_draft,
        deeds.unit,
        deeds.post,
        deeds.delegation,
    )
}
