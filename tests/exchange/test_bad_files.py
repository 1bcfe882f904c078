"""Whatever is sent as a spreadsheet, wherever: a clear sentence in both languages, and nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import translation

from nhipcau.audit.models import Entry
from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.exchange.own.history import import_history
from nhipcau.exchange.own.table import read_raw
from nhipcau.exchange.xlsform import read_xlsform
from nhipcau.exchange.xlsx.parcels import opened
from nhipcau.exchange.xlsx.reading import read_forms
from nhipcau.org.event_file import read_event
from nhipcau.outbox.bounces import Bounce, take_bounce
from nhipcau.reports.models import Submission, Target, TemplateDraft, TemplateVersion
from nhipcau.reports.planning.table import import_targets
from nhipcau.web.words import spoken
from tests import plans
from tests.cast import NOW, Cast
from tests.exchange.bad_files import BAD, GOOD, UNREAD
from tests.quarterly import LATER, PERIOD

NAME = "số liệu.xlsx"
Door = Callable[[bytes], object]
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def forms(data: bytes) -> None:
    """As the page of filled forms does."""
    (read,) = read_forms(list(opened(NAME, data)), lambda stamp: pytest.fail(f"a stamp: {stamp}"))
    raise UnreadableFile(read.refused)


DOORS: dict[str, Door] = {
    "own table": lambda data: read_raw(data, NAME),
    "filled form": forms,
    "XLSForm": lambda data: read_xlsform(data, name=NAME, day=NOW.date()),
    "decision": read_event,
}


def sentences(refusal: InvalidInput) -> tuple[str, str]:
    """What a reader of either language is told."""
    with translation.override("en"):
        return str(refusal.message), spoken(refusal.message)


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("door", DOORS)
def test_every_bad_file_is_refused_in_plain_words(door: str, kind: str) -> None:
    data, said = BAD[kind]
    with pytest.raises(InvalidInput) as refusal:
        DOORS[door](data)
    told, in_english = sentences(refusal.value)
    assert re.search(said, told), told
    assert told.endswith((".", "?")) or refusal.value.faults
    assert in_english != told
    assert not _VIETNAMESE.search(re.sub("[“«].*?[”»]", "", in_english)), in_english


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return plans.publish()


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_of_plans_gives_none(cast: Cast, version: TemplateVersion, kind: str) -> None:
    data, said = BAD[kind]
    logged = Entry.objects.count()
    with pytest.raises(InvalidInput, match=said) as refusal:
        import_targets(version=version, period=PERIOD, data=data, actor=cast.commune_officer, at=LATER)
    assert sentences(refusal.value)[1] != refusal.value.message
    assert (Target.objects.count(), Entry.objects.count()) == (0, logged)


@pytest.mark.parametrize("kind", UNREAD)
def test_a_plan_without_a_result_is_named_not_passed_over(cast: Cast, version: TemplateVersion, kind: str) -> None:
    data, where = UNREAD[kind]
    with pytest.raises(InvalidInput) as refusal:
        import_targets(version=version, period=PERIOD, data=data, actor=cast.commune_officer, at=LATER)
    assert [one.where for one in refusal.value.faults] == [where]
    assert not Target.objects.exists()


def test_the_same_file_unharmed_is_taken(cast: Cast, version: TemplateVersion) -> None:
    given = import_targets(version=version, period=PERIOD, data=GOOD, actor=cast.commune_officer, at=LATER)
    assert given == Target.objects.count() == 2


@pytest.mark.parametrize("cell", ["=1+2", "+3", "@SUM(1)", "=cmd|' /C calc'!A0", "-3", "\t=3"])
def test_a_formula_typed_as_text_is_no_figure(cast: Cast, version: TemplateVersion, cell: str) -> None:
    for row in (f'A1,"{cell}"', f'"{cell}",3'):
        data = f"Mã đơn vị,Số suất quà\n{row}\n".encode()
        with pytest.raises(InvalidInput):
            import_targets(version=version, period=PERIOD, data=data, actor=cast.commune_officer, at=LATER)
        with pytest.raises(InvalidInput):
            import_history(
                data=data, name="so.csv", code="quy", actor=cast.provincial_officer, at=LATER, period=PERIOD
            )
    assert not (Target.objects.exists() or Submission.objects.exists() or TemplateDraft.objects.exists())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BAD)
def test_whatever_lies_in_the_mailbox_is_left_alone(kind: str) -> None:
    assert take_bounce(data=BAD[kind][0], at=LATER) is Bounce.OTHER
    assert not Entry.objects.exists()
