"""What is longer than anybody types is refused at its field, before it is judged; a file has other bounds."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.boundary import BoundaryRefused, guard
from nhipcau.boundary.guard import LONGEST
from nhipcau.core.errors import InvalidInput
from nhipcau.documents.models import RegisterEntry
from tests.cast import NOW, Cast
from tests.refusals import by_field
from tests.tasks.work import REFUSED
from tests.web.documents.test_registers_pages import OWN

WORDS = "Tập huấn an toàn vệ sinh lao động cho đoàn viên. "


def test_three_million_characters_are_refused_at_once_and_at_their_field() -> None:
    began = time.process_time()
    with pytest.raises(InvalidInput, match="quá dài") as refusal:
        guard({"title": "Tập huấn", "note": [WORDS * 60_000]}, "comment")
    assert time.process_time() - began < 0.5
    [(field, told)] = by_field(refusal.value).items()
    assert (field, told[0].partition(";")[0]) == ("note", "không quá 50000 ký tự, đã gửi 2940000")


def test_as_much_as_anybody_types_is_judged_to_its_end() -> None:
    text = (WORDS * 2_000)[: LONGEST - len(REFUSED) - 1] + " " + REFUSED
    with pytest.raises(BoundaryRefused):
        guard({"note": text}, "comment")


@pytest.mark.parametrize(("field", "kind"), [("tệp", "narrative"), ("text", "letter")])
def test_what_a_file_says_may_be_longer(field: str, kind: str) -> None:
    guard({field: WORDS * 1_100}, kind)


@pytest.mark.django_db
def test_a_page_says_it_at_the_field(cast: Cast, settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()
    client = Client()
    client.force_login(cast.account(cast.clerk))
    answer = client.post(reverse("documents:outgoing"), OWN | {"recipients": WORDS * 60_000})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["recipients"])
    assert not RegisterEntry.objects.exists()
