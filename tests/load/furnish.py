"""Set the scene in the instance that the environment names: local unions whose reports lie open, ready to be sent.

`python -m tests.load.furnish LOCALS QUARTERS INDICATORS FILE` leaves in FILE what the generator needs. The sessions
are made here: signing in is not what is measured.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nhipcau.core.periods import Period
    from nhipcau.org.models import Post
    from nhipcau.reports.models import TemplateVersion

EACH = 100  # local unions below one superior
FIRST_LINE = "      - {code: hours,"


def main(locals_: int, quarters: int, indicators: int, file: Path) -> None:
    from nhipcau.cli.instance import now, open_instance

    open_instance()
    from django.db import transaction

    from nhipcau.audit.actions import seal
    from nhipcau.bench.nation import analyse

    with transaction.atomic():  # one write to the disk instead of ten thousand
        made = scene(locals_, quarters, indicators, now())
    seal(at=now())
    analyse()
    file.write_text(json.dumps(made))


def scene(locals_: int, quarters: int, indicators: int, at: dt.datetime) -> dict[str, Any]:
    """What the generator needs: by turns of chance [session, report], and what is typed into each."""
    from django.conf import settings

    periods = quarters_until(quarters, at)
    posts = _federation(locals_, periods[0].first_day() - dt.timedelta(days=1), at)
    sessions = {post.pk: signed_in(post, at) for post in posts}
    version = template(periods[0].key, indicators)
    forms = [[sessions[post.pk], opened(post, version, period, at)] for period in periods for post in posts]
    random.Random(8).shuffle(forms)
    more = {f"so_{number}": "7" for number in range(_more(indicators))}
    return {
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "forms": forms,
        "same": more | {"edits": "0", "gifts_upper": "0", "letters": "1", "hours": "1,5", "viec": "trinh-gui"},
    }


def quarters_until(count: int, at: dt.datetime) -> list[Period]:
    """The last quarters that are over, the first one first."""
    from nhipcau.core.periods import period_of

    found = [period_of(at.date(), "quarter").previous()]
    while len(found) < count:
        found.append(found[-1].previous())
    return found[::-1]


def _federation(locals_: int, start: dt.date, at: dt.datetime) -> list[Post]:
    """A province, superiors, local unions; the post of each of these."""
    from nhipcau.org.actions import create_post, import_tree
    from nhipcau.org.importing import read_rows
    from nhipcau.org.models import Role
    from tests.cast import SETUP, unit

    above = range(-(-locals_ // EACH))
    rows = ["code,name,kind,parent,from,symbol,place,members"]
    rows += [f"T,Liên đoàn Lao động tỉnh Đông Giang,province,,{start},LĐLĐ,Đông Giang,0"]
    rows += [f"X{n},Công đoàn xã An Hải {n},commune,T,{start},CĐX,An Hải,0" for n in above]
    rows += [f"L{n},Công đoàn cơ sở Xưởng số {n},local,X{n // EACH},{start},CĐCS,An Hải,10" for n in range(locals_)]
    import_tree(rows=read_rows("\n".join(rows).encode()), actor=SETUP, at=at)
    roles = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK)
    given: dict[str, Any] = {"title": "Chủ tịch", "roles": roles, "start": start, "actor": SETUP, "at": at}
    return [create_post(unit=unit(f"L{n}"), **given) for n in range(locals_)]


def signed_in(post: Post, at: dt.datetime, email: str = "") -> str:
    """Somebody holds the post, has an account and is signed in; the session."""
    from django.conf import settings
    from django.test import Client

    from nhipcau.access.models import Account
    from nhipcau.org.actions import appoint
    from nhipcau.org.models import Person
    from tests.cast import SETUP

    login = f"l{post.pk}"
    person = Person.objects.create(name=f"Người giữ chức {login}", folded=f"nguoi giu chuc {login}", email=email)
    appoint(post=post, person=person, start=post.valid_from, actor=SETUP, at=at)
    client = Client()
    client.force_login(Account.objects.create(login=login, password="!", person=person))
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _more(indicators: int) -> int:
    """How many lines the template of the tests lacks."""
    return max(0, indicators - 6)


def template(first: str, indicators: int) -> TemplateVersion:
    """The quarter of the tests, with so many indicators in all."""
    from nhipcau.reports.design.templates import import_template
    from tests import quarterly
    from tests.cast import NOW, SETUP

    lines = [
        f"      - {{code: so_{n}, label: Số suất hỗ trợ đợt {n + 1}, unit: suất}}\n"
        for n in range(_more(indicators))
    ]
    text = quarterly.YAML.replace("2026-Q1", first).replace(FIRST_LINE, "".join(lines) + FIRST_LINE)
    return import_template(data=text.encode(), actor=SETUP, at=NOW).version


def opened(post: Post, version: TemplateVersion, period: Period, at: dt.datetime) -> str:
    """The unit's report of that period, ready to be typed into."""
    from nhipcau.reports.filling.drafting import open_draft

    return str(open_draft(unit=post.unit, version=version, period=period, actor=post, at=at).uid)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
