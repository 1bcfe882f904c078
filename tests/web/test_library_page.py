"""The library of ready templates: seen by designers, taken as a draft."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from nhipcau.reports.models import TemplateDraft
from tests.cast import Cast


def test_a_designer_takes_one_as_a_draft(cast: Cast) -> None:
    designer = Client()
    designer.force_login(cast.account(cast.provincial_officer))
    assert "Báo cáo thống kê công đoàn cơ sở" in designer.get(reverse("design:library")).content.decode()
    answer = designer.post(reverse("design:library"), {"mau": "thong-ke-co-so"})
    draft = TemplateDraft.objects.get()
    assert (answer.status_code, draft.content["code"], draft.unit) == (302, "thong-ke-co-so", cast.province)
    assert designer.post(reverse("design:library"), {"mau": "khong-co"}).status_code == 404
