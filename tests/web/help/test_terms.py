"""Words of the trade: one list, shown in the glossary, on the pages that say them, and in the search."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from nhipcau.web.checks import patterns
from nhipcau.web.terms import all_terms, by_key, terms_of
from tests.cast import Cast
from tests.web.browsing import inspect, violations
from tests.web.window import Window, window


@pytest.fixture
def volunteer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    return client


def test_every_word_is_explained_once_in_both_languages_and_stands_on_pages_there_are() -> None:
    pages = {name for name, _ in patterns()}
    assert len(by_key()) == len(all_terms()) >= 30
    for term in all_terms():
        assert term.word.en != term.word
        assert len(term.meaning.en) > 30 < len(term.meaning)
        assert set(term.where) <= pages, term.key
        assert term.where


def test_the_glossary_finds_a_word_without_its_marks_and_in_english(volunteer: Client) -> None:
    def answer(text: str) -> str:
        return volunteer.get(reverse("help:terms"), {"q": text}).content.decode()

    assert 'id="do-phu"' in answer("do phu")
    assert 'id="do-phu"' in answer("coverage")
    assert 'id="so-gop"' not in answer("coverage")
    assert "Không có từ này" in answer("khong-he-co")
    assert all(f'id="{term.key}"' in answer("") for term in all_terms())


def test_a_page_explains_the_words_it_says(volunteer: Client) -> None:
    page = volunteer.get(reverse("reports:mine")).content.decode()
    assert {"ky-bao-cao", "da-gui"} == {term.key for term in terms_of("reports:mine")}
    assert "Năm công đoàn có thể bắt đầu từ tháng 12 năm trước." in page
    assert "Từ ngữ trên trang này" not in volunteer.get(reverse("styleguide")).content.decode()


def test_the_search_finds_a_word_and_says_what_it_means(volunteer: Client) -> None:
    page = volunteer.get(reverse("everywhere"), {"q": "but phe"}).content.decode()
    assert f'href="{by_key()["but-phe"].url}"' in page


def test_on_an_english_page_the_words_are_english(volunteer: Client) -> None:
    volunteer.post(reverse("language"), {"language": "en"})
    page = volunteer.get(reverse("reports:mine")).content.decode()
    assert "Words on this page" in page
    assert by_key()["ky-bao-cao"].meaning.en in page.replace("&#x27;", "'")


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Window]:
    with window(browser) as made:
        yield made


@pytest.mark.e2e
@pytest.mark.needs_program("chromium")
def test_a_word_opens_and_closes_by_keyboard(volunteer: Client, shown: Window) -> None:
    shown.open(reverse("reports:mine"), volunteer)
    word = shown.page.get_by_role("button", name="Kỳ báo cáo")
    word.press("Enter")
    told = shown.page.locator("[popover]:popover-open")
    expect(told).to_contain_text("Tháng, quý")
    assert violations(shown.page) == []
    inspect(shown.page, "tu-ngu-mo")
    shown.page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    for name in ("help:start", "help:terms"):
        shown.open(reverse(name), volunteer)
        inspect(shown.page, name.replace(":", "-"))
