"""The English catalogue says everything the Vietnamese pages say, and nothing that they no longer say."""

from __future__ import annotations

import re

import polib
import pytest

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


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:30])
def test_an_entry_keeps_the_placeholders_of_its_message(entry: polib.POEntry) -> None:
    assert sorted(PLACEHOLDER.findall(entry.msgid)) == sorted(PLACEHOLDER.findall(entry.msgstr))
