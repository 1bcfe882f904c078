"""The whole demonstration, done by hand in the pages: from the directive to the restated report."""

from __future__ import annotations

from tests.e2e import going_down
from tests.e2e.office import Office
from tests.web.browsing import MARKS

pytestmark = MARKS


def test_five_people_walk_the_whole_demonstration_through_the_pages(office: Office) -> None:
    going_down.receive(office)
    going_down.instruct(office)
    going_down.hand_out(office)
    going_down.pass_on(office)
    going_down.do_and_report(office)
