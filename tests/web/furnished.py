"""The cast with work on every desk: letters, duties, questions, reports, a campaign, announcements, posts."""

from __future__ import annotations

from tests.cast import Cast, assemble
from tests.standing import Standing
from tests.web import directive
from tests.web.announcements import places as notices
from tests.web.campaigns import places as campaigns
from tests.web.documents import rows as letters
from tests.web.org import places as decisions
from tests.web.reports import scenes
from tests.web.tasks import places as notes


def furnish() -> Cast:
    """What fills the pages that show lists: something in each, and something late."""
    cast = assemble()
    notes.questions(cast)
    directive.arrived(cast.clerk, directive.directive(number="57/KH-LĐLĐ", subject="Thăm hỏi đoàn viên"))
    directive.registered(cast.commune_officer)
    letters.petition(cast)
    letters.scan(cast)
    version = scenes.changed(cast).version
    scenes.sent(version, cast.local_volunteer, {"gifts": "3"}, period=scenes.JANUARY)
    scenes.draft(version, cast.commune_officer, {"gifts": "1"}, period=scenes.JANUARY)
    campaigns.opened(cast)
    notices.with_a_paper(cast)
    decisions.delegation(cast)
    decisions.vacant(cast)
    return cast


furnished = Standing(furnish)
