"""The process that fills a practice copy: it opens the new instance and never the live one.

Asked on standard input with what `copying.gather` found, it answers with the accounts it made.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Tables, then everything; the answer is one line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    if not settings.PRACTICE:
        raise SystemExit("not a practice copy")
    content = json.load(sys.stdin)
    call_command("migrate", verbosity=0, skip_checks=True)
    from nhipcau.audit.actions import seal
    from nhipcau.core.errors import NhipCauError
    from nhipcau.exchange.practice.copying import fill

    try:
        accounts = fill(content)
    except NhipCauError as error:
        sys.stdout.write(json.dumps({"refused": error.message}) + "\n")
        return
    import datetime as dt

    seal(at=dt.datetime.fromisoformat(content["at"]))
    sys.stdout.write(json.dumps({"accounts": accounts}) + "\n")


if __name__ == "__main__":
    main()
