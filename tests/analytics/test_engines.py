"""The same question has the same answer on every engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import override_settings

from nhipcau.analytics.cubes import Answer, answer
from nhipcau.analytics.engines import close
from nhipcau.analytics.questions import Question
from nhipcau.core.errors import InvalidInput, MissingProgram
from nhipcau.org.models import Unit
from nhipcau.reports.models import Submission, TemplateVersion
from tests.analytics import figures
from tests.analytics.figures import PERIODS
from tests.cast import Cast
from tests.reorganisations import AFTER, happen

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 7, 20, 2, 0, tzinfo=dt.UTC)
EVERY = ("gifts", "visits", "money", "average", "least", "most", "hours", "rooms", "office", "firms")
SPARK = "spark://local[1]"


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    made = figures.publish()
    figures.draw(Unit.objects.exclude(pk=cast.other_local.pk), made, PERIODS, 8)
    figures.report(
        cast.other_local, made, PERIODS[0], {"money": 2**60 + 1, "least": 2**60 + 1}
    )  # no float holds it
    return made


def ask(top: Unit, url: str, **parts: object) -> Answer:
    asked = {"template": "quy", "periods": tuple(p.key for p in PERIODS), "unit": str(top.uid), "indicators": EVERY}
    question = Question(**{**asked, **parts})  # type: ignore[arg-type]
    with override_settings(ANALYTICS_URL=url):
        return answer(question=question, unit=top, today=AFTER.date(), at=AT)


def figures_of(found: Answer) -> list[object]:
    """Everything in an answer that an engine had a hand in."""
    return [found.whole, found.groups, {unit: dict(periods) for unit, periods in found.of_groups.items()}]


@contextmanager
def copy_of_facts() -> Iterator[str]:
    """The URL of the tests' own database; the copy in it is dropped at the end."""
    here = connection.settings_dict
    user = quote(here["USER"]) + (":" + quote(here["PASSWORD"]) if here["PASSWORD"] else "")
    try:
        yield f"postgresql://{user}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    finally:
        close()
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS nhipcau_facts CASCADE")


def both(cast: Cast, url: str) -> None:
    for top in (cast.province, cast.commune, cast.local):
        for parts in ({"below": 0}, {"below": 2}, {"below": 1, "kinds": ("local",)}):
            assert figures_of(ask(top, url, **parts)) == figures_of(ask(top, "duckdb://", **parts))
    happen()
    for top in (cast.province, cast.commune, cast.sibling_commune):
        for tree in ("then", "now"):
            asked = {"below": 1, "tree": tree}
            assert figures_of(ask(top, url, **asked)) == figures_of(ask(top, "duckdb://", **asked))


def test_postgresql_answers_as_duckdb_does(cast: Cast, version: TemplateVersion) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("chạy trong lượt PostgreSQL (runs with the database tests on PostgreSQL)")
    with copy_of_facts() as url:
        both(cast, url)


def test_a_copy_on_postgresql_follows_the_records(cast: Cast, version: TemplateVersion) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("chạy trong lượt PostgreSQL (runs with the database tests on PostgreSQL)")
    with copy_of_facts() as url:
        before = ask(cast.province, url)
        Submission.objects.filter(period=PERIODS[1].key).delete()
        figures.logged()
        after = ask(cast.province, url)
        assert after.whole[PERIODS[0]] == before.whole[PERIODS[0]]
        assert after.covered(PERIODS[1]).accepted == 0


@pytest.mark.skipif(
    find_spec("pyspark") is None, reason="chưa có pyspark: chạy «./run setup spark» (optional engine)"
)
def test_spark_answers_as_duckdb_does(cast: Cast, version: TemplateVersion) -> None:
    both(cast, SPARK)


def test_a_server_that_does_not_answer_is_named(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(MissingProgram, match="NHIPCAU_ANALYTICS_URL"):
        ask(cast.province, "postgresql://nobody@127.0.0.1:1/nothing")


def test_an_engine_nobody_knows_is_refused(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput, match="oracle"):
        ask(cast.province, "oracle://somewhere")


def test_duckdb_sees_a_file_that_was_written_again(cast: Cast, version: TemplateVersion) -> None:
    assert ask(cast.province, "duckdb://").covered(PERIODS[1]).accepted > 0
    Submission.objects.filter(period=PERIODS[1].key).delete()
    figures.logged()
    assert ask(cast.province, "duckdb://").covered(PERIODS[1]).accepted == 0
