"""A first visit fits a slow line, and pages travel compressed."""

from __future__ import annotations

import gzip
from http import HTTPStatus

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.web.weight import FIRST_VISIT, assets, hindrances, travels


def test_the_first_visit_fits_a_slow_line(cast: Cast) -> None:
    volunteer = Client()
    door = volunteer.get(reverse("sign_in")).content.decode()
    volunteer.force_login(cast.account(cast.local_volunteer))
    home = volunteer.get(reverse("home")).content.decode()
    assert travels(door + home, assets(door) | assets(home)) <= FIRST_VISIT


def test_a_page_travels_compressed_and_at_varying_lengths(cast: Cast) -> None:
    volunteer = Client(headers={"accept-encoding": "gzip"})
    volunteer.force_login(cast.account(cast.local_volunteer))
    pages = [volunteer.get(reverse("home")) for _ in range(8)]
    assert {page["Content-Encoding"] for page in pages} == {"gzip"}
    assert b"</html>" in gzip.decompress(pages[0].content)
    assert len({len(page.content) for page in pages}) > 1, "a fixed length tells what stands beside a secret"


def test_a_styles_copy_is_compressed_and_kept_for_good() -> None:
    answer = Client(headers={"accept-encoding": "gzip"}).get(f"{settings.STATIC_URL}css/base.css")
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]


def test_a_blocking_script_and_a_style_in_the_page_are_found() -> None:
    page = '<script src="/x.js"></script><script defer src="/y.js"></script><p style="color:red">onclick=</p>'
    assert hindrances(page) == ['<script src="/x.js">', " style="]
