"""Số gộp: a unit reports its branch as one figure, and no unit is ever counted twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from nhipcau.core.errors import Conflict, InvalidInput, NhipCauError, NotAllowed
from nhipcau.org.models import Unit
from nhipcau.reports.filling.drafting import open_draft
from nhipcau.reports.filling.lumping import candidates, set_covers
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back
from nhipcau.reports.issuing.gathering import gather
from nhipcau.reports.issuing.layout import coverage_sentences
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import Coverage, consolidate_every_node
from nhipcau.reports.totals.gaps import gaps_of
from nhipcau.reports.totals.lineage import trace
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER, PERIOD


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def lump_draft(cast: Cast, version: TemplateVersion, gifts: str, *units: Unit, note: str = "") -> Submission:
    """The commune's draft over those units."""
    report = quarterly.draft(cast.commune_officer, version, gifts=gifts, money="0")
    return set_covers(submission=report, units=units, note=note, actor=cast.commune_officer, at=LATER)


def lump(cast: Cast, version: TemplateVersion, gifts: str, *units: Unit) -> Submission:
    """Sent to the province and accepted there."""
    sent = quarterly.send_draft(lump_draft(cast, version, gifts, *units), cast.commune_officer, LATER)
    return accept(submission=sent, actor=cast.provincial_officer, at=LATER)


def nodes(cast: Cast, version: TemplateVersion) -> dict[int, Coverage]:
    """Coverage by unit id."""
    every = consolidate_every_node(version=version, period=PERIOD, unit=cast.province, at=LATER)
    return {node.unit_id: node.coverage for node in every}


def test_a_covered_unit_is_in_at_every_node(cast: Cast, version: TemplateVersion) -> None:
    lump(cast, version, "9", cast.local, cast.other_local)
    found = nodes(cast, version)
    assert found[cast.province.pk] == Coverage(6, 3, 3, 0, 3, 455, lumped=2)
    assert found[cast.commune.pk] == Coverage(3, 3, 3, 0, 0, 455, lumped=2)
    assert found[cast.commune.pk].complete
    assert found[cast.local.pk] == Coverage(1, 1, 1, 0, 0, 0, lumped=1, elsewhere=1)
    assert not found[cast.local.pk].complete
    gaps = gaps_of(version, PERIOD, cast.province)
    assert {(name.unit_id, owner.unit_id) for name, owner in gaps.lumped} == {
        (cast.local.pk, cast.commune.pk),
        (cast.other_local.pk, cast.commune.pk),
    }
    assert not {cast.local.pk, cast.other_local.pk} & {name.unit_id for name in gaps.missing}


def test_a_lump_sent_and_not_yet_accepted_is_received(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send_draft(lump_draft(cast, version, "9", cast.local), cast.commune_officer, LATER)
    assert nodes(cast, version)[cast.commune.pk] == Coverage(3, 2, 0, 0, 1, 0, lumped=1)


def test_a_lump_above_a_middle_unit_is_not_in_the_middle_units_figure(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.provincial_officer, version, gifts="5")
    covered = set_covers(submission=report, units=[cast.local], actor=cast.provincial_officer, at=LATER)
    quarterly.send_draft(covered, cast.provincial_officer, LATER)
    found = nodes(cast, version)
    assert (found[cast.province.pk].members, found[cast.province.pk].elsewhere) == (420, 0)
    assert (found[cast.commune.pk].members, found[cast.commune.pk].elsewhere) == (0, 1)


def test_the_issued_report_and_the_lineage_say_so(cast: Cast, version: TemplateVersion) -> None:
    lump(cast, version, "9", cast.local, cast.other_local)
    quarterly.send(cast.provincial_officer, version)
    parts = gather(version=version, period=PERIOD, unit=cast.province, at=LATER)
    assert any("2 đơn vị không báo cáo riêng" in line for line in coverage_sentences(parts.node, parts.missing))
    assert all("May Hải Âu" not in name for name in parts.missing)
    (leaf,) = trace(version=version, indicator="gifts", period=PERIOD, unit=cast.province, at=LATER).leaves
    assert (leaf.unit, leaf.value, leaf.covers) == (cast.commune, 9, 2)


def test_a_covered_unit_is_told_which_lump_it_is_in(cast: Cast, version: TemplateVersion) -> None:
    early = quarterly.draft(cast.local_volunteer, version, gifts="3", money="900.000")
    lump(cast, version, "9", cast.local)
    with pytest.raises(Conflict, match="số gộp của «Công đoàn xã An Hải»"):
        mark_ready(submission=early, actor=cast.local_volunteer, at=LATER)
    early.delete()
    with pytest.raises(Conflict, match="đề nghị «Công đoàn xã An Hải» lập bản điều chỉnh"):
        open_draft(unit=cast.local, version=version, period=PERIOD, actor=cast.local_volunteer, at=LATER)
    with pytest.raises(Conflict, match="số gộp"):
        entered = EnteredReport("telephone", "Điện thoại", {"gifts": "1"})
        enter_for(
            unit=cast.local, version=version, period=PERIOD, entered=entered, actor=cast.commune_officer, at=LATER
        )


def test_the_superior_takes_a_unit_out_by_a_correction(cast: Cast, version: TemplateVersion) -> None:
    lump(cast, version, "9", cast.local, cast.other_local)
    correction = quarterly.draft(cast.commune_officer, version)
    assert set(correction.covers.all()) == {cast.local, cast.other_local}
    lump(cast, version, "6", cast.other_local)
    assert nodes(cast, version)[cast.commune.pk] == Coverage(3, 2, 2, 0, 1, 35, lumped=1)
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    assert nodes(cast, version)[cast.commune.pk] == Coverage(3, 3, 3, 0, 0, 455, lumped=1)


def test_taking_a_unit_out_without_a_lower_figure_asks_why(cast: Cast, version: TemplateVersion) -> None:
    lump(cast, version, "9", cast.local)
    correction = lump_draft(cast, version, "9")
    with pytest.raises(InvalidInput) as refusal:
        mark_ready(submission=correction, actor=cast.commune_officer, at=LATER)
    assert "chưa số liệu nào giảm" in refusal.value.faults[0].message
    explained = lump_draft(cast, version, "9", note="Đơn vị không phát sinh.")
    assert mark_ready(submission=explained, actor=cast.commune_officer, at=LATER).state == SubmissionState.READY


def test_a_unit_that_reported_or_is_elsewhere_cannot_be_covered(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.local_volunteer, version, gifts="3")
    for unit, why in ((cast.local, "đã có báo cáo riêng"), (cast.sibling_local, "không phải đơn vị cấp dưới")):
        with pytest.raises(InvalidInput) as refusal:
            lump_draft(cast, version, "9", unit)
        assert why in refusal.value.faults[0].message
    draft = quarterly.draft(cast.commune_officer, version)
    shown = {row.unit: (row.chosen, bool(row.refusal)) for row in candidates(draft, LATER)}
    assert shown == {cast.local: (False, True), cast.other_local: (False, False)}


def test_two_lumps_never_hold_the_same_unit(cast: Cast, version: TemplateVersion) -> None:
    own = quarterly.draft(cast.provincial_officer, version, gifts="5")
    own = set_covers(submission=own, units=[cast.local], actor=cast.provincial_officer, at=LATER)
    lump(cast, version, "9", cast.local)
    with pytest.raises(Conflict, match="số gộp của đơn vị khác: «Công đoàn cơ sở Công ty May Hải Âu»"):
        quarterly.send_draft(own, cast.provincial_officer, LATER)


def test_only_the_reporting_unit_chooses_and_only_before_sending(cast: Cast, version: TemplateVersion) -> None:
    draft = quarterly.draft(cast.commune_officer, version)
    with pytest.raises(NotAllowed):
        set_covers(submission=draft, units=[cast.local], actor=cast.provincial_officer, at=LATER)
    sent = quarterly.send(cast.commune_officer, version)
    with pytest.raises(Conflict):
        set_covers(submission=sent, units=[cast.local], actor=cast.commune_officer, at=LATER)


State = frozenset[tuple[int, int, str, tuple[int, ...]]]


def test_no_order_of_steps_counts_a_unit_twice(cast: Cast, version: TemplateVersion) -> None:
    """Every state that any order of the steps leads to is visited; in each, the union counts once or not at all."""
    seen: set[State] = set()
    met: set[str] = set()
    steps = _steps(cast, version)

    def explore() -> None:
        for name, step in steps.items():
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        step()
                except NhipCauError:
                    continue
                met.add(name)
                now = _state()
                if now not in seen:
                    seen.add(now)
                    _once(cast, version)
                    explore()
                transaction.set_rollback(True)

    explore()
    assert met == set(steps)
    assert len(seen) > 20


def _steps(cast: Cast, version: TemplateVersion) -> dict[str, Callable[[], object]]:
    def of(unit: Unit) -> Submission:
        return Submission.objects.filter(unit=unit).order_by("-revision")[0] if _has(unit) else _none()

    def lump_sent(*units: Unit) -> Callable[[], object]:
        def send() -> object:
            _no_more(cast.commune, 2)
            draft = lump_draft(cast, version, str(6 + 3 * len(units)), *units)
            return quarterly.send_draft(draft, cast.commune_officer, LATER)

        return send

    def lump_returned() -> object:
        _no_more(cast.commune, 1)
        back = of(cast.commune)
        return send_back(submission=back, reason="Xem", by_cell={}, actor=cast.provincial_officer, at=LATER)

    def own_sent() -> object:
        _no_more(cast.local, 1)
        return quarterly.send(cast.local_volunteer, version, gifts="3", money="0")

    return {
        "lump": lump_sent(cast.local),
        "lump without it": lump_sent(),
        "own": own_sent,
        "accept lump": lambda: accept(submission=of(cast.commune), actor=cast.provincial_officer, at=LATER),
        "accept own": lambda: accept(submission=of(cast.local), actor=cast.commune_officer, at=LATER),
        "return lump": lump_returned,
    }


def _has(unit: Unit) -> bool:
    return Submission.objects.filter(unit=unit).exists()


def _none() -> Submission:
    raise Conflict("chưa có báo cáo")


def _no_more(unit: Unit, revisions: int) -> None:
    """A few revisions are as good as many."""
    if Submission.objects.filter(unit=unit, state=SubmissionState.ACCEPTED, revision__gte=revisions).exists():
        _none()


def _state() -> State:
    reports = Submission.objects.order_by("pk")
    return frozenset(
        (r.unit_id, r.revision, r.state, tuple(r.covers.order_by("pk").values_list("pk", flat=True)))
        for r in reports
    )


def _once(cast: Cast, version: TemplateVersion) -> None:
    """The union's three gifts are in the total once where it is counted, and the commune's own six beside them."""
    accepted = Submission.objects.filter(state=SubmissionState.ACCEPTED)
    alone = accepted.filter(unit=cast.local).exists()
    lumps = accepted.filter(covers=cast.local).count()
    assert alone + lumps <= 1
    top = consolidate_every_node(version=version, period=PERIOD, unit=cast.province, at=LATER, depth=0)[0]
    commune = accepted.filter(unit=cast.commune).exists()
    assert top.cells["gifts"].value == 6 * commune + 3 * (alone + lumps)
    assert top.coverage.accepted == commune + alone + lumps
