"""Fixtures shared by all: the cast, a private data directory, and honest skips for missing programs."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import settings as drawn
from playwright.sync_api import Browser, sync_playwright
from pytest_django.fixtures import Settings

os.environ.setdefault("NHIPCAU_DATA_DIR", tempfile.mkdtemp(prefix="nhipcau-tests-"))
os.environ.setdefault("NHIPCAU_SECRET_KEY", "only-for-tests")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM share a thread

from tests import tables
from tests.cast import Cast, assemble
from tests.programs import program_path, pytest_runtest_setup_programs
from tests.standing import Standing
from tests.web.browsing import FLAGS
from tests.weed import address
from tests.weed import server as weed_server

standing_cast = Standing(assemble)
drawn.load_profile("ci")  # the same examples in each run, however long a busy machine takes to draw them
LONG = ("tests/e2e/", "tests/ops/", "tests/bench/", "tests/demo/", "tests/cli/", "tests/web/test_sound_browser.py")
TWICE = tuple(
    f"tests/web/{name}"
    for name in (
        "test_permissions.py", "test_english_pages.py", "test_error_pages.py", "test_paging.py", "test_proof.py",
        "activities/", "analytics/", "everywhere/", "help/", "log/", "notices/", "reaching/", "saved/",
    )
)  # fmt: skip
BROWSING = pytest.StashKey[set[Path]]()  # the files with a test in the browser
QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def pytest_runtest_setup(item: pytest.Item) -> None:
    pytest_runtest_setup_programs(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The browser leaves its event loop standing, and what runs one of its own (signing) refuses to beside it.

    Django keeps one connection for inside a loop and one for outside: a test is set up, run and cleared away all
    inside or all outside, or its transaction would be left open and lock out every test after it. So is a file, as
    a page that its tests share is closed after the last of them, whichever that is.
    """
    if item.path in item.config.stash[BROWSING]:
        return (yield)
    standing = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(standing)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever touches the database runs again on PostgreSQL (`-m database`), but for what is the same on both."""
    config.stash[BROWSING] = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    for item in items:
        if not _same_on_both(item) and _asks_the_database(item):
            item.add_marker(pytest.mark.database)
    if hasattr(config, "workerinput"):  # one of several processes, which are given files in this order
        _longest_first(items)


def pytest_collection_finish() -> None:
    """What was loaded for the tests lives to their end: looking through it for garbage again and again takes a
    twentieth of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _asks_the_database(item: pytest.Item) -> bool:
    return "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


def _same_on_both(item: pytest.Item) -> bool:
    """What a browser shows, what another program makes of a file, and what the words of a page are.

    The permission table asks for every page as everybody, the English pages for every list with work on it: so
    each page's queries run on both. What they find is found by the packages below, and looked at on both there.
    Pages that count, join or page rows themselves, and tests that say it of themselves (`database`), run twice too.
    """
    if any(item.get_closest_marker(name) for name in ("e2e", "needs_program", "once")):
        return True
    return item.nodeid.startswith("tests/web/") and not item.nodeid.startswith(TWICE)


def _longest_first(items: list[pytest.Item]) -> None:
    """Begun last, one long file would keep its process busy while the others have nothing left to do."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (not item.nodeid.startswith(LONG), -sizes[item.path], str(item.path)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """pytest-django makes the database of the tests from ready tables."""
    tables.lay_for_pytest(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite it takes the file that lies there; pytest clears its folders away."""
    return connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Settings) -> Path:
    """Every test has a data directory of its own, and a quick password hasher (tests/access uses the real one)."""
    settings.DATA_DIR = tmp_path / "data"
    settings.PASSWORD_HASHERS = [QUICK_HASHER]
    settings.FRESH_MINUTES = 0  # who is put in without signing in has typed no password; test_proof asks for one
    return tmp_path / "data"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, begun once: every test takes a context of its own and closes it."""
    with sync_playwright() as playwright:
        loop = asyncio.get_running_loop()
        yield playwright.chromium.launch(executable_path=program_path("chromium"), args=FLAGS)
        asyncio._set_running_loop(loop)  # whichever test was the last


@pytest.fixture(scope="session")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Host and port of a real S3 server."""
    with weed_server(tmp_path_factory.mktemp("weed")) as host:
        yield host


@pytest.fixture
def shared_store(weed: str, settings: Settings) -> str:
    """The address of an empty place in it, where this test's files lie."""
    settings.STORAGE_URL = address(weed, uuid.uuid4().hex)
    return str(settings.STORAGE_URL)


def _uses_database(request: pytest.FixtureRequest) -> bool:
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked) or request.node.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def kinds_of_unit(request: pytest.FixtureRequest) -> None:
    """The kinds come from a migration, and a transactional test before this one may have emptied every table."""
    if _uses_database(request):
        if "live_server" not in request.fixturenames:
            request.getfixturevalue("db")
        if not apps.get_model("org", "UnitKind").objects.filter(internal=True).exists():
            import_module("nhipcau.org.migrations.0003_kinds").add(apps, None)
            import_module("nhipcau.org.migrations.0004_internal_kinds").mark(apps, None)


@pytest.fixture
def cast(db: None) -> Cast:
    """The federation of tests/cast.py."""
    return standing_cast()
