"""Open the instance that NHIPCAU_DATA_DIR names: load Django, bring the tables up to date."""

from __future__ import annotations

import datetime as dt
import os


def prepare() -> None:
    """Load Django and change nothing: for a look at an instance that may be broken."""
    os.umask(0o077)  # what an instance writes is its own user's; the machine's other users see nothing of it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)


def open_instance() -> None:
    """Make the domain usable. Creates the database on first use; a second call does nothing."""
    prepare()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from nhipcau.ops.backup.switching import resume

    resume()  # a restore that was cut off in its last step
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, skip_checks=True)


def now() -> dt.datetime:
    """The moment an operator's command acts at: the instance's fixed clock if it is a demonstration."""
    from nhipcau.ops.moment import now as moment

    return moment()
