"""What leaves by a command is in the log, like what leaves by a page: a new command says which, or why nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from nhipcau.audit.catalogue import require
from nhipcau.audit.models import Entry
from nhipcau.cli import accounts, reports
from nhipcau.cli.main import cli
from nhipcau.core.errors import NotFound
from tests import quarterly
from tests.cast import Cast

BY_ITSELF = {  # the deed behind it writes the log
    "account export",
    "account first",
    "account reissue",
    "activity-type import",
    "api revoke",
    "api token",
    "backup",
    "demo",
    "export",
    "form import",
    "history import",
    "issue",
    "org import",
    "org reorganise",
    "practice",
    "restore",
    "store move",
    "store prune",
    "template import",
    "template plan",
    "upgrade",
}
NOTHING = {
    "api reference": "the product's own words",
    "api schema": "the product's own words",
    "api tokens": "names that one's holder gave; the secrets are not kept",
    "bench": "made-up data",
    "boundary check": "the file that was brought",
    "doctor": "the machine, no data",
    "mail bounces": "takes in, gives a count",
    "migrate": "gives nothing",
    "org names": "the country's own divisions",
    "org show": "names of units, which every page shows everybody",
    "read": "the file that was brought, without an instance",
    "search rebuild": "gives nothing",
    "serve": "gives nothing",
    "store show": "a count",
    "template library": "the product's own templates",
    "upgrade-pack": "the product itself",
    "verify": "what is wrong, not what is right",
    "worker": "gives nothing",
}


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, f"{above}{name} ")
        else:
            yield f"{above}{name}", found


@pytest.mark.parametrize(("name", "command"), [*commands(cli)], ids=lambda one: one if isinstance(one, str) else "")
def test_every_command_says_what_leaves_by_it(name: str, command: click.Command) -> None:
    taken = getattr(command.callback, "takes", "")
    assert [bool(taken), name in BY_ITSELF, name in NOTHING].count(True) == 1
    if taken:
        require(taken)


def test_a_figure_asked_for_is_in_the_log_and_a_refusal_is_not(cast: Cast) -> None:
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000", hours="2,5")
    asked = [version.template.code, "--period", quarterly.PERIOD.key, "--json"]
    assert CliRunner().invoke(reports.consolidate, asked).exit_code == 0
    [entry] = Entry.objects.filter(action="reports.figures_taken")
    assert (entry.actor, entry.object) == ("system:cli", "unit:root")
    assert quarterly.PERIOD.key in entry.data
    refused = CliRunner().invoke(reports.consolidate, ["khong-co", "--period", quarterly.PERIOD.key])
    assert isinstance(refused.exception, NotFound)
    assert Entry.objects.filter(action="reports.figures_taken").count() == 1


def test_one_s_own_data_by_command_is_in_the_log(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "cua-toi.zip"
    assert CliRunner().invoke(accounts.account, ["export", "coso", "--output", str(file)]).exit_code == 0
    assert file.read_bytes().startswith(b"PK")
    [entry] = Entry.objects.filter(action="ops.own_data_taken")
    assert entry.object == cast.account(cast.local_volunteer).audit_id
