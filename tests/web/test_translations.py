"""The English catalogue says everything the Vietnamese pages say, and nothing that they no longer say."""

from __future__ import annotations

import re

import polib

from tests.web.messages import PACKAGE, every_message, in_choices, in_templates, missing

CATALOGUE = polib.pofile(str(PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w*)\}")


def test_the_finder_sees_templates_and_choices() -> None:
    assert "Tới nội dung chính" in set(in_templates())
    assert "đã tiếp nhận" in set(in_choices())


def test_every_message_has_an_english_entry() -> None:
    assert missing() == [], "run python -m tests.web.messages for what to add to the catalogue"


def test_no_entry_is_left_over() -> None:
    assert sorted({entry.msgid for entry in CATALOGUE} - every_message()) == []


def test_every_entry_keeps_the_placeholders_of_its_message() -> None:
    def held(text: str) -> list[tuple[str, str]]:
        return sorted(PLACEHOLDER.findall(text))

    assert len(CATALOGUE) > 1000
    assert [entry.msgid for entry in CATALOGUE if held(entry.msgid) != held(entry.msgstr)] == []
