"""A scripted quarter: from a template published on the pages to a figure traced back to its activity."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import assemble
from tests.e2e.quarter import campaigning, cascading, publishing, reporting, silence, tracing
from tests.e2e.quarter.desks import Quarter
from tests.web.browsing import MARKS

pytestmark = MARKS


@pytest.fixture
def quarter(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Quarter]:
    """The cast's federation, with six people signed in on 16 March 2026."""
    made = Quarter(browser, live_server.url, settings, assemble())
    yield made
    made.close()


def test_a_quarter_of_the_federation(quarter: Quarter) -> None:
    version = publishing.publish(quarter)
    cascading.hand_out(quarter)
    cascading.pass_on(quarter)
    cascading.do(quarter)
    publishing.report_three_quarters(quarter, version)
    campaigning.open_with_a_goal(quarter)
    silence.let_the_days_pass(quarter)
    silence.see_it_above(quarter)
    campaigning.hold_sessions(quarter)
    campaigning.take_the_quiz(quarter)
    campaigning.close_with_a_report(quarter)
    reporting.give_gifts(quarter)
    reporting.report_on_a_telephone(quarter)
    reporting.report_by_spreadsheet(quarter)
    reporting.take_in(quarter)
    tracing.issue(quarter)
    tracing.follow_a_figure(quarter, version)
