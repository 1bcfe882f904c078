"""Every way out of the system: what each visitor is told there, as plain text.

The ways are read from the same tables that serve them (addresses, endpoints, sources of the search, kinds of
notice), so that a new one is asked as soon as it is there.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping

import pypdfium2
from django.urls import reverse

from nhipcau.access.models import Account
from nhipcau.api.api import api
from nhipcau.api.endpoints import ENDPOINTS, Endpoint
from nhipcau.outbox.models import Mail
from nhipcau.web.activities.calendar import BRANCH, feed_address
from nhipcau.web.checks import patterns
from nhipcau.web.declare import Level, access_of
from nhipcau.web.everywhere.sources import SOURCES
from nhipcau.web.reaching import digest
from tests.cast import NOW
from tests.rights.people import Visitor
from tests.rights.things import WORD, Thing

assert api is not None
# Pages that show more under another query than under none.
ASKED: Mapping[str, tuple[str, ...]] = {
    "documents:register": ("so=di", "so=don", "so=di&nam=2026", "chua=1"),
    "documents:find": (f"q={WORD}",),
    "documents:printed": ("so=di", "so=don"),
    "documents:printed_csv": ("so=di", "so=don"),
    "documents:printed_xlsx": ("so=don",),
    "documents:printed_pdf": ("so=don",),
    "activities:calendar": ("don-vi=nhanh", "thang=2026-03"),
    "org:directory": ("q=chim", "q=hai+long"),
    "org:tree": ("q=hai+long", "q=chim"),
    "tasks:find_units": ("tim=hai+long",),
    "announcements:find_units": ("tim=hai+long",),
    "activities:find_partners": ("tim=hai+long", "q=hai+long"),
}
FRAGMENTS = ("tasks:find_units", "announcements:find_units", "activities:find_partners")
# Asked as ways of their own; the log names ids to its auditors and no contents (tests/web/log).
_APART = ("everywhere", "notices", "log:index", "log:file", "log:sight")
LISTS, FILES, SEARCH, SUGGEST, OWN = "lists", "files", "search", "suggest", "page"
API, MAIL, FEED, NOTICES = "api", "mail", "feed", "notices"
WAYS = (OWN, LISTS, FILES, SEARCH, SUGGEST, API, MAIL, FEED, NOTICES)
_TAGS = re.compile(r"<(?!a |form |input |option |button |tr |li |div )[^>]+>")


def plain(body: bytes, kind: str) -> str:
    """What a person reads in the answer, addresses within pages included."""
    if kind.startswith(("text/html", "application/json", "text/csv", "text/calendar", "text/plain")):
        text = body.decode("utf-8", "replace").replace("\r\n ", "")
        return html.unescape(_TAGS.sub("", text)) if kind.startswith("text/html") else text
    if body.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(body)
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    if body.startswith(b"PK"):
        return "\n".join(_unzipped(body))
    return body.decode("utf-8", "replace")


def _unzipped(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as parcel:
        for name in parcel.namelist():
            yield html.unescape(re.sub(r"<[^>]+>", "", parcel.read(name).decode("utf-8", "replace")))


def standing_pages() -> list[str]:
    """Pages whose address takes no argument and that are read."""
    found = []
    for name, pattern in patterns():
        access = access_of(pattern.callback)
        if access is None or access.level is not Level.POST or pattern.pattern.converters:
            continue  # an account's own pages (password, devices) hold no things
        if "GET" in access.methods:
            found.append(name)
    return found


def _read(visitor: Visitor, url: str) -> tuple[str, str]:
    """(what it says, its media type); nothing unless the answer is the thing itself."""
    answer = visitor.browser.get(url)
    if answer.status_code != 200:
        return "", ""
    kind = answer.headers.get("Content-Type", "")
    return plain(answer.getvalue(), kind), kind


def standing(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """(way, text) of every page that takes no argument."""
    for name in standing_pages():
        if name in _APART:
            continue
        for query in ("", *ASKED.get(name, ())):
            text, kind = _read(visitor, f"{reverse(name)}?{query}")
            way = SUGGEST if name in FRAGMENTS else SEARCH if name == "documents:find" else LISTS
            yield (way if kind.startswith("text/html") else FILES), text


def _searched(visitor: Visitor) -> Iterator[tuple[str, str]]:
    for source in SOURCES:
        for words in (WORD, "hai long"):
            yield SEARCH, _read(visitor, f"{reverse('everywhere')}?q={words}&nhom={source.name}")[0]


def _reached(visitor: Visitor) -> Iterator[tuple[str, str]]:
    yield NOTICES, _read(visitor, reverse("notices"))[0]
    if visitor.account is None:
        return
    account = Account.objects.get(pk=visitor.account.pk)
    for url in (reverse("calendar", kwargs={"secret": account.calendar}), feed_address(account, BRANCH)):
        yield FEED, _read(visitor, url.removeprefix("http://localhost:8000"))[0]
    digest.write(account, at=NOW)
    yield (
        MAIL,
        "\n".join(Mail.objects.filter(key__startswith=f"digest:{account.uid}").values_list("body", flat=True)),
    )


def _asked(visitor: Visitor, things: Mapping[str, Thing]) -> Iterator[tuple[str, str]]:
    """Lists of the API, and the endpoints about one thing with each thing's uid."""
    for endpoint in readers():
        for path in addresses(endpoint, things.values()):
            answer = visitor.program.get(path)
            if answer.status_code == 200:
                yield API, plain(answer.getvalue(), answer.headers.get("Content-Type", ""))


def readers() -> list[Endpoint]:
    """The endpoints that answer a question."""
    return sorted((one for one in ENDPOINTS.values() if not one.writes), key=lambda one: one.path)


SAID = {"{direction}": "incoming", "{int:year}": "2026", "{slug:code}": "thang", "{str:period}": "2026-02"}
SAID |= {"{str:indicator}": "gifts", "{str:cell}": "gifts"}


def addresses(endpoint: Endpoint, things: Iterable[Thing]) -> list[str]:
    """Where an endpoint answers; none for one about a part of a thing, which its page already answers."""
    path, wanted = _filled(endpoint), holes(endpoint)
    if not wanted:
        return [path]
    if len(wanted) > 1:
        return []
    return [re.sub(r"\{\w+:\w+\}", thing.uid, path) for thing in things if thing.uid and thing.hole == wanted[0]]


def holes(endpoint: Endpoint) -> list[str]:
    """What an endpoint's address asks for."""
    return re.findall(r"\{\w+:(\w+)\}", _filled(endpoint))


def _filled(endpoint: Endpoint) -> str:
    path = endpoint.path
    for hole, filling in SAID.items():
        path = path.replace(hole, filling)
    return path


def told(visitor: Visitor, things: Mapping[str, Thing]) -> dict[str, set[str]]:
    """By way: the kinds of which that visitor is told there."""
    found: dict[str, set[str]] = {way: set() for way in WAYS}
    ways: tuple[Callable[[], Iterator[tuple[str, str]]], ...] = (
        lambda: standing(visitor),
        lambda: _searched(visitor),
        lambda: _reached(visitor),
        lambda: _asked(visitor, things),
    )
    for each in ways:
        for way, text in each():
            found[way] |= {name for name, thing in things.items() if thing.told_by(text)}
    for name, thing in things.items():
        if any(visitor.browser.get(url).status_code in (200, 302) for url in thing.pages if visitor.account):
            found[OWN].add(name)
    return found
