"""Everything an issued report is made of, gathered once: figures, words, letters, gaps, what was carried over."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from nhipcau.core.errors import Conflict
from nhipcau.core.numbers import unpack
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.documents.models import Document
from nhipcau.org.models import Unit
from nhipcau.org.queries import lay_below, names_of
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.fields import Figures
from nhipcau.reports.design.figures import Cells, payload, with_formulas
from nhipcau.reports.filling.prefill import issued_letters
from nhipcau.reports.issuing.corrections import carried_into
from nhipcau.reports.models import IssuedReport, Seal, StaleFlag, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.sealing.alongside import Alongside, as_sealed, from_sealed, kept_hidden, of_branch
from nhipcau.reports.sealing.seals import words_of
from nhipcau.reports.totals.consolidation import Consolidated, Coverage, consolidate, span_of
from nhipcau.reports.totals.lumps import lumped_units
from nhipcau.reports.totals.owing import Owing
from nhipcau.reports.totals.published import hidden_at
from nhipcau.reports.totals.suppression import groups, veil


@dataclass(frozen=True)
class Parts:
    """What the printed report is made of. `narrative` is the prose with its fields, `seal` what its figures rest
    on, `missing` the names of units not in the figures, `hidden` the codes of figures that are not printed, small
    counts of people (see `totals.suppression`), `alongside` the plans and the earlier figures that are printed."""

    version: TemplateVersion
    definition: Definition
    period: Period
    unit: Unit
    node: Consolidated
    own: Submission
    narrative: Mapping[str, str]
    letters: Sequence[Document]
    missing: Sequence[str]
    carried: Sequence[StaleFlag]
    hidden: Sequence[str] = ()
    alongside: Alongside = field(default_factory=Alongside)
    seal: Seal | None = None

    @property
    def shown(self) -> Cells:
        """The figures as they are printed."""
        return veil(self.definition, self.node.cells, self.hidden)

    @property
    def figures(self) -> Figures:
        """What the prose says where it names a figure."""
        return self.alongside.figures(self.shown)

    @property
    def payload(self) -> bytes:
        """The figures as a packed vector."""
        return payload(self.version.cells, self.node.cells)

    @property
    def code(self) -> str:
        """What the check code is cut from."""
        return self.seal.digest if self.seal else hashlib.sha256(self.payload).hexdigest()


def gather(*, version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime) -> Parts:
    """The figures, words, letters and gaps of the report. Conflict if the unit's own part is not accepted."""
    definition = load(version.definition)
    accepted = Submission.objects.filter(
        unit=unit, version=version, period=period.key, state=SubmissionState.ACCEPTED
    )
    own = accepted.select_related("version__template", "unit__kind", "seal").first()
    if own is None:
        raise Conflict(
            Said(
                f"Báo cáo của chính đơn vị kỳ {period.label_vi} chưa được tiếp nhận; chưa phát hành được.",
                f"The unit's own report for {period.key} was not accepted yet, so nothing can be issued.",
            )
        )
    node = consolidate(version=version, period=period, unit=unit, at=at)
    first, last = period.first_day(definition.calendar), period.last_day(definition.calendar)
    types = [t for item in definition.entered() if item.source for t in item.source.letters]
    return Parts(
        version=version,
        definition=definition,
        period=period,
        unit=unit,
        node=node,
        own=own,
        narrative=own.narrative,
        letters=issued_letters(unit, types, first, last) if types else [],
        missing=missing_units(definition, version, period, unit),
        carried=carried_into(unit, version.template_id, period),
        hidden=_hidden(version, period, unit, node, at),
        alongside=_alongside(own, unit, at),
    )


def _hidden(version: TemplateVersion, period: Period, unit: Unit, node: Consolidated, at: dt.datetime) -> list[str]:
    """Suppressed figures that are small, or not those of an earlier edition: two papers would tell the difference,
    which may be one unit's."""
    definition = load(version.definition)
    found = groups(definition)
    hidden = set(hidden_at(version=version, period=period, unit=unit, at=at))
    earlier = IssuedReport.objects.filter(unit=unit, version=version, period=period.key) if found else []
    for edition in earlier:
        before = _complete(edition.seal, definition)
        hidden |= {group.code for group in found if group.of(before) != group.of(node.cells)}
    return sorted(hidden)


def _alongside(own: Submission, unit: Unit, at: dt.datetime) -> Alongside:
    """Plans and earlier figures of the branch, those left out that papers already issued printed otherwise."""
    version, period, definition = own.version, parse_period(own.period), load(own.version.definition)
    found = of_branch(version, period, unit, own.narrative.values(), at)
    if not found.earlier or not groups(definition):
        return found
    named = {one.period: name for name, one in found.earlier.items()}
    same = IssuedReport.objects.filter(unit=unit, version__template=version.template_id)
    editions = same.filter(period__in=[period.key, *named]).select_related("seal__version")
    return kept_hidden(definition, found, [_printed_of(one.seal, named.get(one.period)) for one in editions])


def _printed_of(seal: Seal, frame: str | None) -> dict[str, Cells]:
    """What an issued report printed of the earlier periods; one of an earlier period is itself one of them."""
    if frame is None:
        return {name: one.cells for name, one in alongside_of(seal).earlier.items()}
    definition, hidden = load(seal.version.definition), words_of(seal)["printed"].get("hidden", ())
    return {frame: veil(definition, _complete(seal, definition), hidden)}


def alongside_of(seal: Seal) -> Alongside:
    """What was printed beside the sealed figures, whatever changed since."""
    return from_sealed(words_of(seal)["printed"])


def _complete(seal: Seal, definition: Definition) -> Cells:
    cells = dict(zip(seal.version.cells, unpack(bytes(seal.live), len(seal.version.cells)), strict=True))
    return with_formulas(definition, cells)


def printed(parts: Parts) -> dict[str, Any]:
    """What the report says beside its figures, to be sealed with them; `from_seal` reads it back."""
    return {
        "coverage": parts.node.coverage_json(),
        "missing": list(parts.missing),
        "letters": [str(letter.uid) for letter in parts.letters],
        "carried": [str(flag.uid) for flag in parts.carried],
        **({"hidden": list(parts.hidden)} if parts.hidden else {}),
        **as_sealed(parts.alongside),
    }


def from_seal(seal: Seal, narrative: Mapping[str, str] | None = None) -> Parts:
    """The report as it was sealed for issue, whatever has changed since; `narrative` replaces the sealed prose."""
    words, definition, period = words_of(seal), load(seal.version.definition), parse_period(seal.period)
    sealed = words["printed"]
    letters = {str(one.uid): one for one in Document.objects.filter(uid__in=sealed["letters"])}
    flags = StaleFlag.objects.filter(uid__in=sealed["carried"]).select_related("seal", "cause__unit")
    carried = {str(one.uid): one for one in flags}
    return Parts(
        version=seal.version,
        definition=definition,
        period=period,
        unit=seal.unit,
        node=Consolidated(
            unit_id=seal.unit_id,
            depth=0,
            cells=_complete(seal, definition),
            coverage=Coverage(**sealed["coverage"]),
            at=seal.at,
        ),
        own=seal.submission,
        narrative=words["narrative"] if narrative is None else narrative,
        letters=[letters[uid] for uid in sealed["letters"]],
        missing=sealed["missing"],
        carried=[carried[uid] for uid in sealed["carried"]],
        hidden=sealed.get("hidden", ()),
        alongside=from_sealed(sealed),
        seal=seal,
    )


def missing_units(definition: Definition, version: TemplateVersion, period: Period, unit: Unit) -> list[str]:
    """Names of the units of the branch that owe this report and are not in its figures, whether they did not send
    it or nobody accepted it, in Vietnamese order."""
    span = span_of(definition, period)
    counted = Submission.objects.filter(
        unit=OuterRef("pk"),
        version__template=version.template_id,
        period=period.key,
        state=SubmissionState.ACCEPTED,
    )
    branch = Q(pk=unit.pk) | lay_below("pk", unit, span, version.template.axis)
    owing = Unit.objects.filter(branch, Owing.of(definition, version, period).filter())
    owing = owing.filter(~Exists(counted))  # asked unit by unit: of a small branch not for all the nation's
    owing = owing.exclude(pk__in=[lump.unit_id for lump in lumped_units(version, period)])
    names = names_of(owing.values_list("pk", flat=True), span.last)
    return [name.name for name in sorted(names.values(), key=lambda name: name.sort_key)]
