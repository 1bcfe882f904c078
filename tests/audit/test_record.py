"""Writing the log."""

from __future__ import annotations

import pytest
from django.db import transaction

from nhipcau.audit.actions import digest, record
from nhipcau.audit.models import Entry
from nhipcau.audit.screen import screen
from nhipcau.boundary import BoundaryRefused
from tests.cast import NOW, SETUP

REFUSED = "Danh sách đoàn viên theo đạo, ghi rõ tôn giáo"


@pytest.mark.django_db
def test_an_entry_carries_the_digest_of_its_own_content() -> None:
    with transaction.atomic():
        entry = record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW, data={"created": 3})
    again = Entry.objects.get(pk=entry.pk)
    expected = digest(at=again.at, actor=again.actor, action=again.action, obj=again.object, data=again.data)
    assert again.digest == expected == entry.digest


@pytest.mark.django_db
def test_an_unknown_action_is_refused() -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="chưa có trong danh mục"):
        record(actor=SETUP, action="org.imporded", obj="org:tree", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="giao dịch"):
        record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW)


@pytest.mark.django_db
def test_an_entry_cannot_be_changed_or_deleted() -> None:
    with transaction.atomic():
        entry = record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_logged_with_rule_and_field_and_without_the_text() -> None:
    with pytest.raises(BoundaryRefused):
        screen({"label": REFUSED}, "template", actor=SETUP, at=NOW)
    entry = Entry.objects.get(action="boundary.refused")
    assert '"field":"label"' in entry.data
    assert "tôn giáo" not in entry.data
