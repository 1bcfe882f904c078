"""A list as one likes to see it: kept under a name, a press away, opened at once if chosen; each post's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nhipcau.access.models import SavedView
from nhipcau.access.views_kept import MOST
from nhipcau.audit.models import Entry
from nhipcau.web.saved.listings import LISTINGS, filters, listing
from tests.cast import Cast

REFUSED = "Theo dõi tư tưởng công nhân"


@pytest.fixture
def volunteer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    return client


def keep(client: Client, page: str = "cay", query: str = "q=hai+au", name: str = "Hải Âu", **more: str) -> int:
    return client.post(reverse("saved:save"), {"trang": page, "loc": query, "ten": name, **more}).status_code


def change(client: Client, view: SavedView, **said: str) -> int:
    return client.post(reverse("saved:change", kwargs={"uid": view.uid}), said).status_code


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_view_stands_above_its_list_and_on_the_first_page(volunteer: Client) -> None:
    assert keep(volunteer) == 302
    for address in (reverse("org:tree"), reverse("home")):
        assert 'href="/to-chuc/cay/?q=hai+au"' in shown(volunteer, address)
    page = shown(volunteer, "/to-chuc/cay/?q=hai+au&page=3")
    assert 'href="/to-chuc/cay/?q=hai+au" aria-current="page"' in page
    assert "/to-chuc/cay/?q=" not in shown(volunteer, reverse("activities:list"))


@pytest.mark.parametrize("page", LISTINGS, ids=lambda page: page.name)
def test_of_every_list_only_its_own_filters_are_kept(page: object, cast: Cast) -> None:
    found = next(one for one in LISTINGS if one is page)
    known = "&".join(f"{name}=1" for name in found.known())
    assert found.known()
    assert filters(found, f"page=2&{known}&next=//example.org&csrf=x&la=1")[0] == known
    client = Client()
    client.force_login(cast.account(cast.commune_officer))
    assert "Lưu cách xem này" in shown(client, found.url)


def test_values_are_cut_and_cleaned(cast: Cast) -> None:
    query, words = filters(listing("so"), "q=" + "a" * 500 + "%00%0A&nam=2025&nam=2026")
    assert len(words) < 140 and "%00" not in query and query.startswith("nam=2026&")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"query": ""}, 422),
        ({"query": "page=4"}, 422),
        ({"name": "  "}, 422),
        ({"name": "x" * 61}, 422),
        ({"name": REFUSED}, 422),
        ({"query": f"q={REFUSED}"}, 422),
        ({"page": "khong-co"}, 404),
    ],
)
def test_what_is_no_view_is_refused(wrong: dict[str, str], status: int, volunteer: Client) -> None:
    assert keep(volunteer, **wrong) == status
    assert not SavedView.objects.exists()


def test_the_same_name_again_replaces_it_and_a_page_keeps_but_so_many(volunteer: Client) -> None:
    for number in range(MOST):
        assert keep(volunteer, name=f"Cách {number}") == 302
    assert keep(volunteer, name="Cách 0", query="q=may") == 302
    assert keep(volunteer, name="Một nữa") == 422
    assert keep(volunteer, name="Một nữa", page="danh-ba") == 302
    assert SavedView.objects.filter(page="cay").count() == MOST
    assert SavedView.objects.get(name="Cách 0").query == "q=may"


def test_a_list_opens_with_the_view_chosen_until_something_else_is_asked(volunteer: Client) -> None:
    keep(volunteer, **{"mac-dinh": "1"})
    assert volunteer.get(reverse("org:tree"))["Location"] == "/to-chuc/cay/?q=hai+au"
    assert 'href="/to-chuc/cay/?tat-ca=1" aria-current' in shown(volunteer, "/to-chuc/cay/?tat-ca=1")
    keep(volunteer, name="May", query="q=may", **{"mac-dinh": "1"})
    assert SavedView.objects.get(default=True).name == "May"
    change(volunteer, SavedView.objects.get(name="May"), viec="bo-mac-dinh")
    assert volunteer.get(reverse("org:tree")).status_code == 200


def test_it_is_renamed_and_deleted_and_logged_without_its_words(volunteer: Client) -> None:
    keep(volunteer)
    keep(volunteer, name="May")
    view = SavedView.objects.get(name="Hải Âu")
    assert change(volunteer, view, viec="doi-ten", ten="May") == 422
    assert change(volunteer, view, viec="doi-ten", ten=REFUSED) == 422
    assert change(volunteer, view, viec="doi-ten", ten="Công ty Hải Âu") == 302
    assert "Công ty Hải Âu" in shown(volunteer, reverse("saved:index"))
    assert change(volunteer, view, viec="xoa") == 302
    assert change(volunteer, view, viec="xoa") == 404
    logged = Entry.objects.filter(action__startswith="access.view_")
    assert list(logged.values_list("action", flat=True).order_by("pk")) == [
        "access.view_saved",
        "access.view_saved",
        "access.view_renamed",
        "access.view_deleted",
    ]
    assert not [one for one in logged if "Hải" in str(one.data)]


def test_another_post_neither_sees_nor_changes_it(volunteer: Client, cast: Cast) -> None:
    keep(volunteer, **{"mac-dinh": "1"})
    stranger = Client()
    stranger.force_login(cast.account(cast.stranger))
    assert stranger.get(reverse("org:tree")).status_code == 200
    for address in (reverse("org:tree"), reverse("home"), reverse("saved:index")):
        assert "q=hai+au" not in shown(stranger, address)
    for doing in ("doi-ten", "mac-dinh", "xoa"):
        assert change(stranger, SavedView.objects.get(), viec=doing, ten="x") == 404


def test_the_chips_cost_a_page_one_query_however_many(volunteer: Client) -> None:
    def asked() -> int:
        shown(volunteer, "/to-chuc/cay/?q=hai")
        with CaptureQueriesContext(connection) as seen:
            shown(volunteer, "/to-chuc/cay/?q=hai")
        assert len([one for one in seen if "savedview" in one["sql"]]) == 1
        return len(seen)

    few = asked()
    for number in range(5):
        keep(volunteer, name=f"Cách {number}")
    assert asked() == few


def test_the_pages_speak_english_too(volunteer: Client) -> None:
    assert "No saved views yet" in _english(volunteer, reverse("saved:index"))
    assert "Save this view" in _english(volunteer, reverse("org:tree"))


def _english(client: Client, address: str) -> str:
    client.post(reverse("language"), {"language": "en"})
    return shown(client, address)
