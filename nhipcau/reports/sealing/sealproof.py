"""Proof of the seals: every digest and chain, and every sealed total added up again from the seals below."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Max, QuerySet

from nhipcau.audit.models import Entry
from nhipcau.core.errors import InvalidInput
from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.org.models import UnitName
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.design.templates import by_key, definition_of
from nhipcau.reports.models import IssuedReport, Seal, SigningDraft
from nhipcau.reports.sealing.seals import add_up, changed_cells, contributors_of, digest, digest_of_contributors

CHUNK = 200
SEALING = '"seal":"'  # what an entry of the log that names a seal holds


class SealProof:
    """Sealed figures: edited, deleted, made anew, or no longer the sum of what went in."""

    name = "seals"
    label = "Số liệu đã chốt"

    def size(self) -> int:
        """Seals, and log entries that name one."""
        return Seal.objects.count() + _naming().count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Chain by chain, then the log's side, then the heads of the log that the seals keep."""
        order = ("unit", "version", "period", "place")
        seals = _whole_rows().order_by(*order).iterator(CHUNK)
        walk, heads, versions = _Walk(), _Heads(), by_key()
        while chunk := list(islice(seals, CHUNK)):
            logged = _logged(chunk)
            heads.add(chunk)
            for seal in chunk:
                seal.version = versions[seal.version_id]
                yield from walk.add(seal, logged=seal.digest in logged)
            step(len(chunk))
        acts = _naming().order_by("pk").iterator(CHUNK)
        while told := list(islice(acts, CHUNK)):
            yield from _gone(told)
            step(len(told))
        yield from heads.close()


def _differs(where: str, expected: str, found: str, message: str) -> Difference:
    return Difference(SealProof.name, where, expected, found, message)


def _whole_rows() -> QuerySet[Seal]:
    """Without the versions, whose whole definition would come with every row."""
    return Seal.objects.select_related("unit", "submission").defer("submission__payload")


def _naming() -> QuerySet[Entry]:
    return Entry.objects.filter(action__startswith="reports.", data__contains=SEALING)


def seal_in(act: Entry) -> str:
    """The digest of the seal that the entry names; "" where its data was damaged."""
    try:
        return str(json.loads(act.data).get("seal", ""))
    except (ValueError, AttributeError):
        return ""


def describe(seal: Seal) -> str:
    """ "Bản chốt số 1, kỳ 2026-Q1 của XA (quy)"."""
    named = UnitName.objects.filter(unit=seal.unit_id).order_by("-valid_from").first()
    code = named.code if named else "?"
    return f"Bản chốt số {seal.place}, kỳ {seal.period} của {code} ({seal.version.template.code})"


def _logged(seals: Sequence[Seal]) -> set[str]:
    """The digests that the log gives for these seals: under the report, the issued report or the draft."""
    objects = [f"submission:{seal.submission.uid}" for seal in seals]
    objects += [
        f"issued:{uid}" for uid in IssuedReport.objects.filter(seal__in=seals).values_list("uid", flat=True)
    ]
    drafts = SigningDraft.objects.filter(seal__in=seals).values_list("uid", flat=True)
    objects += [f"signing:{uid}" for uid in drafts]
    return {seal_in(act) for act in _naming().filter(object__in=objects).iterator(CHUNK)}


def _is_whole(seal: Seal) -> bool:
    return digest(seal, digest_of_contributors(contributors_of(seal))) == seal.digest


@dataclass
class _Walk:
    """Goes along the chains. What was touched is named once: not again in what was made from it."""

    last: Seal | None = None
    last_is_sound: bool = True

    def add(self, seal: Seal, *, logged: bool) -> Iterator[Difference]:
        """The next seal, in the order of the chains."""
        before = self.last if self.last and _same_chain(self.last, seal) else None
        yield from self._joined(before, seal)
        sound = True
        if not logged:
            sound = False
            said = "nhật ký không ghi bản chốt có mã này; đã bị làm lại hoặc thêm vào."
            yield _differs(f"seal:{seal.uid}", "có trong nhật ký", seal.digest[:16], f"{describe(seal)}: {said}")
        elif standing := _missing_below(seal):
            sound = False
            yield standing
        elif not _is_whole(seal) and not _touched_below(seal):
            sound = False
            yield _differs(
                f"seal:{seal.uid}",
                seal.digest[:16],
                digest(seal, digest_of_contributors(contributors_of(seal)))[:16],
                f"{describe(seal)} đã bị sửa: số liệu hoặc nội dung không khớp mã niêm phong.",
            )
        if sound:
            yield from _total(seal)
        self.last, self.last_is_sound = seal, sound

    def _joined(self, before: Seal | None, seal: Seal) -> Iterator[Difference]:
        expected = before.place + 1 if before else 1
        if seal.place != expected:
            yield _differs(
                f"seal:{seal.uid}",
                f"số {expected}",
                f"số {seal.place}",
                f"{describe(seal)}: trước đó thiếu bản chốt số {expected}"
                + ("." if seal.place == expected + 1 else f" đến {seal.place - 1}."),
            )
        elif seal.previous != (before.digest if before else "") and (before is None or self.last_is_sound):
            yield _differs(
                f"seal:{seal.uid}",
                (before.digest if before else "")[:16],
                seal.previous[:16],
                f"{describe(seal)} không nối vào bản chốt trước nó.",
            )


def _same_chain(one: Seal, other: Seal) -> bool:
    return (one.unit_id, one.version_id, one.period) == (other.unit_id, other.version_id, other.period)


def _touched_below(seal: Seal) -> bool:
    """Whether the cause lies in a seal below, which is named itself. Asked only where something is wrong."""
    ids = contributors_of(seal).tolist()
    for start in range(0, len(ids), CHUNK):
        below = list(_whole_rows().filter(pk__in=ids[start : start + CHUNK]))
        logged = _logged(below)
        if any(one.digest not in logged or not _is_whole(one) for one in below):
            return True
    return False


def _missing_below(seal: Seal) -> Difference | None:
    ids = contributors_of(seal).tolist()
    if not ids:
        return None
    chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    standing = sum(Seal.objects.filter(pk__in=chunk).count() for chunk in chunks)
    if standing == len(ids):
        return None
    return _differs(
        f"seal:{seal.uid}",
        f"{len(ids)} bản chốt cấp dưới",
        str(standing),
        f"{describe(seal)} được cộng từ {len(ids)} bản chốt cấp dưới, nay chỉ còn {standing}.",
    )


def _total(seal: Seal) -> Iterator[Difference]:
    """The total again, from the seal's own figures and those of the seals below."""
    keys = seal.version.cells
    try:
        total = add_up(bytes(seal.own), contributors_of(seal), Rollup.of(definition_of(seal.version)))
        changed = changed_cells(keys, total, bytes(seal.live))
    except InvalidInput as error:
        yield _differs(f"seal:{seal.uid}", "đọc được", "hỏng", f"{describe(seal)}: {error.message}")
        return
    if changed and not _touched_below(seal):
        yield _differs(
            f"seal:{seal.uid}",
            said(changed, 0),
            said(changed, 1),
            f"{describe(seal)}: số tổng không bằng số của đơn vị cộng các bản chốt cấp dưới ở {cells(changed)}.",
        )


def cells(changed: Mapping[str, Sequence[object]]) -> str:
    """ "ô gifts" or "3 ô (gifts, money, …)"."""
    if len(changed) == 1:
        return f"ô {next(iter(changed))}"
    return f"{len(changed)} ô ({', '.join(islice(changed, 3))}{', …' if len(changed) > 3 else ''})"


def said(changed: Mapping[str, Sequence[object]], side: int) -> str:
    """The first few of the values on one side: "gifts 3; money …"."""
    pairs = ((key, values[side]) for key, values in islice(changed.items(), 3))
    return "; ".join(f"{key} {'…' if value is None else value}" for key, value in pairs)


def _gone(acts: Sequence[Entry]) -> Iterator[Difference]:
    """Seals that the log names and that no longer stand. One that was only changed stands under its digest."""
    named = {act.pk: seal_in(act) for act in acts}
    standing = set(Seal.objects.filter(digest__in=named.values()).values_list("digest", flat=True))
    for act in acts:
        if named[act.pk] and named[act.pk] not in standing:
            standing.add(named[act.pk])  # said once, however many entries name it
            yield _differs(
                act.object,
                named[act.pk][:16],
                "không có",
                f"Nhật ký ghi bản chốt {named[act.pk][:16]}… ({act.action}, {act.object}) lúc "
                f"{act.at:%d/%m/%Y %H:%M} UTC, nhưng bản chốt đó không còn: đã bị xóa hoặc làm lại.",
            )


@dataclass
class _Heads:
    """Each seal keeps the head of the log at its moment: a log made anew no longer has it."""

    reached: int = field(default_factory=lambda: Entry.objects.aggregate(last=Max("seq"))["last"] or 0)
    first: Seal | None = None
    count: int = 0

    def add(self, seals: Sequence[Seal]) -> None:
        """Compare the heads of some seals with the chain."""
        heads = {seal.pk: _head_in(seal) for seal in seals}
        seqs = {head[0] for head in heads.values() if head}
        chain = dict(Entry.objects.filter(seq__in=seqs).values_list("seq", "chain"))
        for seal in seals:
            head = heads[seal.pk]
            # An entry missing in the middle is a gap, which the log's own proof names.
            if head and (chain.get(head[0], head[1]) != head[1] or head[0] > self.reached):
                self.first = self.first or seal
                self.count += 1

    def close(self) -> Iterator[Difference]:
        """All of them at once: one forged log contradicts every seal since."""
        if self.first is not None:
            others = f" và {self.count - 1} bản chốt khác" if self.count > 1 else ""
            yield _differs(
                f"seal:{self.first.uid}",
                "đầu nhật ký lúc chốt",
                "không còn trong chuỗi",
                f"{describe(self.first)}{others}: đầu nhật ký ghi lúc chốt không còn trong nhật ký; nhật ký đã bị "
                "cắt hoặc làm lại.",
            )


def _head_in(seal: Seal) -> tuple[int, str] | None:
    try:
        seq, chain = json.loads(seal.content)["log"]
        return int(seq), str(chain)
    except (ValueError, KeyError, TypeError):
        return None
