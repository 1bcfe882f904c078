"""After any change of the tree the closure is what the places say, whatever was changed and in whatever order."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.org import closure_changes, closures
from nhipcau.org.models import Closure, Placement, Unit, UnitKind
from nhipcau.org.soundness import rebuild_closure
from nhipcau.org.tree import CycleError
from nhipcau.org.verifying import TreeProof

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST = dt.date(2020, 1, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


class History:
    """A tree that changes at random: the places alone, as an action would write them."""

    def __init__(self, seed: int, size: int = 14) -> None:
        self.random = Random(seed)
        kind = UnitKind.objects.get(code="local")
        self.units = Unit.objects.bulk_create([Unit(kind=kind) for _ in range(size)])
        self.place(self.units[0], None, 0)
        for number, unit in enumerate(self.units[1:], start=1):
            self.place(unit, self.units[self.random.randrange(number)], 0)
        rebuild_closure({})

    def place(self, unit: Unit, parent: Unit | None, since: int) -> None:
        Placement.objects.create(child=unit, parent=parent, valid_from=day(since))

    def below(self, unit: Unit, when: int) -> set[int]:
        found, wave = {unit.pk}, {unit.pk}
        while wave:
            wave = set(Placement.objects.at(day(when)).filter(parent__in=wave).values_list("child", flat=True))
            found |= wave
        return found

    def leave(self, unit: Unit, when: int) -> None:
        places = Placement.objects.filter(child=unit, valid_to=None)
        places.filter(valid_from__gte=day(when)).delete()
        places.update(valid_to=day(when))

    def move(self, when: int) -> set[int]:
        """Some units go under others, several at once, some within the branch that moves itself."""
        changed: set[int] = set()
        for unit in self.random.sample(self.units[1:], self.random.randint(1, 4)):
            standing = Placement.objects.at(day(when)).filter(child=unit, valid_to=None).exists()
            below = self.below(unit, when)
            free = (
                set(Placement.objects.at(day(when)).filter(valid_to=None).values_list("child", flat=True)) - below
            )
            if standing and free:
                self.leave(unit, when)
                self.place(unit, Unit.objects.get(pk=self.random.choice(sorted(free))), when)
                changed.add(unit.pk)
        return changed

    def end(self, when: int) -> set[int]:
        """A whole branch ends that day."""
        unit = self.random.choice(self.units[1:])
        gone = self.below(unit, when)
        for pk in gone:
            self.leave(Unit.objects.get(pk=pk), when)
        return gone

    def begin(self, when: int) -> set[int]:
        """A new unit takes over one that stands."""
        new = Unit.objects.create(kind=self.units[0].kind)
        self.units.append(new)
        self.place(new, self.units[0], when)
        return {new.pk}


@pytest.mark.parametrize("seed", range(12))
def test_a_random_history_leaves_the_closure_that_the_places_say(seed: int) -> None:
    history = History(seed)
    for step in range(1, 15):
        change = history.random.choice([history.move, history.move, history.move, history.end, history.begin])
        changed = change(step * 10 if history.random.random() < 0.8 else step * 10 - 10)
        rebuild_closure({}, changed if history.random.random() < 0.5 else None)
        assert list(TreeProof().findings(lambda _: None)) == []


def test_a_unit_that_leaves_the_branch_later_is_under_the_new_superior_until_then() -> None:
    history = History(99, size=4)
    top, branch, leaf, other = history.units
    for unit, parent in ((branch, top), (leaf, branch), (other, top)):
        Placement.objects.filter(child=unit).update(parent=parent)
    history.leave(leaf, 50)
    history.place(leaf, top, 50)
    rebuild_closure({})
    history.leave(branch, 30)
    history.place(branch, other, 30)
    rebuild_closure({})
    assert list(TreeProof().findings(lambda _: None)) == []
    assert Closure.objects.at(day(40)).filter(ancestor=other, descendant=leaf).exists()
    assert not Closure.objects.at(day(60)).filter(ancestor=other, descendant=leaf).exists()


def test_only_the_rows_of_the_branch_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(3, size=40)
    before = dict(Closure.objects.values_list("pk", "valid_to"))
    mover = history.units[20]
    below = history.below(mover, 5)
    monkeypatch.setattr(closure_changes, "derive_all", lambda: pytest.fail("derived everything"))
    history.leave(mover, 5)
    history.place(mover, history.units[0], 5)
    rebuild_closure({})
    touched = Closure.objects.exclude(pk__in=[pk for pk, end in before.items() if end is None]).union(
        Closure.objects.filter(pk__in=before, valid_to=day(5))
    )
    assert {row.descendant_id for row in touched} <= below


def test_what_was_taken_back_is_as_it_was() -> None:
    history = History(7)
    mover = history.units[5]
    stood = Placement.objects.get(child=mover)
    history.leave(mover, 9)
    history.place(mover, history.units[0], 9)
    rebuild_closure({})
    Placement.objects.filter(child=mover, valid_from=day(9)).delete()
    Placement.objects.filter(pk=stood.pk).update(valid_to=None)
    rebuild_closure({})
    assert list(TreeProof().findings(lambda _: None)) == []


def test_a_cycle_is_named_whichever_way_it_is_derived() -> None:
    history = History(1)
    unit = history.units[1]
    lower = next(pk for pk in history.below(unit, 1) | {history.units[2].pk} if pk != unit.pk)
    Placement.objects.filter(child=lower).update(parent=unit)
    rebuild_closure({})
    history.leave(unit, 9)
    history.place(unit, Unit.objects.get(pk=lower), 9)
    with pytest.raises(InvalidInput, match="vòng") as refusal:
        rebuild_closure({unit.pk: "A", lower: "B"}, {unit.pk})
    assert {"A", "B"} <= set(refusal.value.faults[0].where.split(" → "))
    with pytest.raises(CycleError):
        closures.derive_all()
