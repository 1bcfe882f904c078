"""Ten invented years of reorganisations, and a slow reference that knows nothing of the product's own code.

The reference keeps, for every day on which something changed, who lies under whom; figures travel as parcels, one
event after the other, split with fractions. Everything else is worked out by walking.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

START = dt.date(2016, 1, 1)
TERRITORY, SECTOR = "territory", "sector"
FIGURES = ("gifts", "money")
Tree = dict[str, str]  # child → superior, "" above a top
Figures = dict[str, int]  # by indicator


@dataclass
class Happened:
    """One event as the reference sees it: shares by unit and indicator ("" = any), and who was left to whom."""

    day: dt.date
    shares: dict[str, dict[str, list[tuple[str, Fraction]]]] = field(default_factory=dict)
    fallen: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """The federation by its codes, day by day."""

    chance: random.Random
    trees: dict[str, list[tuple[dt.date, Tree]]] = field(default_factory=dict)
    events: list[Happened] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        communes = {f"C{n}": "T" for n in range(6)}
        locals_ = {f"L{n}": f"C{n % 6}" for n in range(24)}
        self.trees[TERRITORY] = [(START, {"T": "", **communes, **locals_})]
        self.trees[SECTOR] = [(START, {})]
        self.count = 30

    def tree(self, day: dt.date, axis: str = TERRITORY) -> Tree:
        """Who lies under whom on that day."""
        return next((tree for since, tree in reversed(self.trees[axis]) if since <= day), {})

    def now(self, axis: str = TERRITORY) -> Tree:
        return self.trees[axis][-1][1]

    def new(self, letter: str) -> str:
        """A code that nobody has had."""
        self.count += 1
        return f"{letter}{self.count}"

    def file(self) -> str:
        """The first tree as a file of the import."""
        kinds = {"T": "province", "C": "commune", "L": "local"}
        rows = [f"{code},Công đoàn {code},{kinds[code[0]]},{up},{START}" for code, up in self.now().items()]
        return "\n".join(["code,name,kind,parent,from", *rows])

    # What happens ------------------------------------------------------------------------------------------

    def happen(self, number: int, day: dt.date) -> str:
        """One to three things on one day, as a file; the reference changes along."""
        self.rows = [f"event,{number}/QĐ,Sắp xếp {number},,,{day}"]
        self.event = Happened(day)
        self.eve, self.next = dict(self.now()), dict(self.now())
        self.sector = dict(self.now(SECTOR))
        self.used: set[str] = set()
        if not self.sector:
            self._found_sectors()
        ending = [self._merge, self._unite, self._divide]
        others = [
            self._split, self._split, self._transfer, self._transfer, self._rename, self._dissolve, self._stop,
            self._found, self._to_sector,
        ]  # fmt: skip
        chosen = self.chance.choices([*ending, *others], k=self.chance.randint(1, 3))
        for act in sorted(chosen, key=others.__contains__):  # nothing goes under a commune that ends the same day
            act()
        if len(self.rows) == 1:
            self._found()
        self.trees[TERRITORY].append((day, self.next))
        self.trees[SECTOR].append((day, self.sector))
        self.events.append(self.event)
        return "\n".join(self.rows)

    def _pick(self, letter: str, least: int, among: int = 1) -> list[str]:
        free = [code for code in self.eve if code[0] == letter and code in self.next and code not in self.used]
        if len(free) < least:
            return []
        chosen = self.chance.sample(free, among)
        self.used |= set(chosen)
        return chosen

    def _communes(self) -> list[str]:
        return [code for code in self.next if code[0] == "C"]

    def _end(self, code: str) -> None:
        self.next.pop(code, None)
        self.sector.pop(code, None)

    def _follow(self, code: str, heir: str) -> None:
        for child, above in list(self.next.items()):
            if above == code:
                self.next[child] = heir

    def _merge(self) -> None:
        for gone, heir in zip(*[iter(self._pick("C", 4, 2))] * 2, strict=True):
            self.rows.append(f"sap-nhap,{gone},,,,,,,,,,{heir}")
            self._follow(gone, heir)
            self._end(gone)
            self.event.shares[gone] = {"": [(heir, Fraction(1))]}

    def _unite(self) -> None:
        chosen = self._pick("C", 5, 2)
        if not chosen:
            return
        heir = self.new("C")
        self.rows.append(f"thanh-lap,{heir},Công đoàn {heir},commune,T")
        self.next[heir] = "T"
        for gone in chosen:
            self.rows.append(f"hop-nhat,{gone},,,,,,,,,,{heir}")
            self._follow(gone, heir)
            self._end(gone)
            self.event.shares[gone] = {"": [(heir, Fraction(1))]}

    def _divide(self) -> None:
        for gone in self._pick("C", 3):
            heirs = [self.new("C") for _ in range(2)]
            parts = [self.chance.randint(1, 5) for _ in heirs]
            for heir, part in zip(heirs, parts, strict=True):
                self.rows.append(f"thanh-lap,{heir},Công đoàn {heir},commune,T")
                self.rows.append(f"chia,{gone},,,,,,,,,,{heir},{part}")
                self.next[heir] = "T"
            for child, above in list(self.next.items()):
                if above == gone:
                    self.next[child] = self.chance.choice(heirs)
                    self.rows.append(f"chuyen-giao,{child},,,{self.next[child]}")
                    self.used.add(child)
            self._end(gone)
            whole = sum(parts)
            self.event.shares[gone] = {"": [(h, Fraction(p, whole)) for h, p in zip(heirs, parts, strict=True)]}

    def _split(self) -> None:
        for stays in self._pick(self.chance.choice("CL"), 2):
            heir = self.new(stays[0])
            kind, above = ("commune", "T") if stays[0] == "C" else ("local", self.next[stays])
            self.rows.append(f"thanh-lap,{heir},Công đoàn {heir},{kind},{above}")
            self.next[heir] = above
            share = Fraction(self.chance.randint(0, 3), 4)
            self.rows.append(f"tach,{stays},,,,,,,,,,{heir},{share if share.denominator > 1 else ''}")
            share = share if share.denominator > 1 else Fraction(0)
            self.event.shares[stays] = {"": [(stays, 1 - share), (heir, share)]}
            if self.chance.random() < 0.4:
                own = Fraction(self.chance.randint(1, 6), 7)
                self.rows.append(f"tach,{stays},,,,,,,,,,{heir},{own.numerator}/{own.denominator},gifts")
                self.event.shares[stays]["gifts"] = [(stays, 1 - own), (heir, own)]

    def _transfer(self) -> None:
        for code in self._pick("L", 2):
            others = [one for one in self._communes() if one != self.next[code]]
            if others and self.next[code] in self.eve:
                self.next[code] = self.chance.choice(others)
                self.rows.append(f"chuyen-giao,{code},,,{self.next[code]}")

    def _rename(self) -> None:
        for code in self._pick("L", 2):
            self.rows.append(f"doi-ten,{code},Công đoàn {code} mới {self.event.day:%j}")

    def _dissolve(self) -> None:
        for code in self._pick("L", 12):
            self.rows.append(f"giai-the,{code}")
            self.event.fallen[code] = self.eve[code]
            self._end(code)

    def _stop(self) -> None:
        for code, heir in zip(*[iter(self._pick("L", 12, 2))] * 2, strict=True):
            self.rows.append(f"cham-dut,{code},,,,,,,,,,{heir}")
            self.event.shares[code] = {"": [(heir, Fraction(1))]}
            self._end(code)

    def _found(self) -> None:
        code, above = self.new("L"), self.chance.choice(self._communes())
        self.rows.append(f"thanh-lap,{code},Công đoàn {code},local,{above}")
        self.next[code] = above

    def _found_sectors(self) -> None:
        self.rows += ["thanh-lap,N,Công đoàn ngành N,sector,,,,,,,sector",
                      "thanh-lap,S1,Công đoàn ngành S1,sector,N,,,,,,sector",
                      "thanh-lap,S2,Công đoàn ngành S2,sector,N,,,,,,sector"]  # fmt: skip
        self.sector = {"N": "", "S1": "N", "S2": "N"}

    def _to_sector(self) -> None:
        for code in self._pick("L", 2):
            above = self.chance.choice([s for s in ("S1", "S2") if s != self.sector.get(code)])
            self.rows.append(f"chuyen-giao,{code},,,{above},,,,,,sector")
            self.sector[code] = above

    # What follows for figures ------------------------------------------------------------------------------

    def as_then(self, first: dt.date, last: dt.date) -> Tree:
        """Everybody who stood on a day of the period, at the last place there."""
        found: Tree = {}
        for since, tree in self.trees[TERRITORY]:
            if since <= last:
                if since <= first:
                    found = dict(tree)
                else:
                    found |= tree
        return found

    def left_on(self, code: str, first: dt.date, last: dt.date) -> dt.date:
        """The first day whose events concern the unit's report for that period."""
        for since, tree in self.trees[TERRITORY]:
            if first < since <= last and code not in tree and code in self.as_then(first, last):
                gone_before = any(code in t for s, t in self.trees[TERRITORY] if s < since)
                if gone_before:
                    return since
        return last + dt.timedelta(days=1)

    def carried(self, code: str, figures: Figures, since: dt.date, day: dt.date) -> Iterator[tuple[str, Figures]]:
        """Where a report's figures stand on that day."""
        parcels = [(code, dict(figures))]
        for event in self.events:
            if since <= event.day <= day:
                parcels = [one for holder, values in parcels for one in _pass(event, holder, values)]
        yield from parcels


def _pass(event: Happened, holder: str, values: Figures) -> Iterator[tuple[str, Figures]]:
    while holder in event.fallen:
        holder = event.fallen[holder]
    if holder not in event.shares:
        yield holder, values
        return
    shares = event.shares[holder]
    parts: dict[str, Figures] = {}
    for name, value in values.items():
        own = shares.get(name, shares[""])
        for heir, piece in zip([heir for heir, _ in own], _pieces(value, [part for _, part in own]), strict=True):
            parts.setdefault(heir, dict.fromkeys(values, 0))[name] = piece
    yield from parts.items()


def _pieces(value: int, parts: list[Fraction]) -> list[int]:
    """Largest remainder, written out."""
    exact = [value * part / sum(parts) for part in parts]
    pieces = [one.numerator // one.denominator for one in exact]
    order = sorted(range(len(parts)), key=lambda i: (-(exact[i] - pieces[i]), i))
    for place in order[: value - sum(pieces)]:
        pieces[place] += 1
    return pieces


def total(tree: Tree, top: str, at: Mapping[str, Figures], name: str) -> int:
    """What stands at the unit and below it, walking up from every unit."""
    found = 0
    for code, figures in at.items():
        here = code
        while here and here != top:
            here = tree.get(here, "")
        found += figures.get(name, 0) if here == top else 0
    return found
