"""The whole demonstration, done by hand in the pages: from the directive to the restated report."""

from __future__ import annotations

from tests.e2e import going_down, issuing, reporting, restating
from tests.e2e.office import Office
from tests.web.browsing import MARKS

pytestmark = MARKS


def test_five_people_walk_the_whole_demonstration_through_the_pages(office: Office) -> None:
    going_down.receive(office)
    going_down.instruct(office)
    going_down.hand_out(office)
    going_down.lead(office)
    going_down.pass_on(office)
    going_down.do_and_report(office)
    reporting.send_with_a_slip(office)
    reporting.send_back(office)
    reporting.mend(office)
    reporting.stand_in(office)
    reporting.send_up(office)
    reporting.consolidate(office)
    draft = issuing.open_draft(office)
    issuing.read_back(office, draft)
    issuing.number_and_issue(office)
    restating.correct(office)
    restating.seal_anew(office)
    restating.restate(office)
    restating.print_register(office)
    restating.see_both_trees(office)
