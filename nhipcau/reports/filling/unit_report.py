"""The unit's own printed report: figures, words, a place to sign and seal, and a check code to ask about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import Cell, format_cell, unpack
from nhipcau.core.official import Block, Column, Heading, OfficialDocument, Paragraph, Signer, Table, roman
from nhipcau.core.periods import Period, parse_period
from nhipcau.documents.numbering import CODES
from nhipcau.documents.rights import reads_contents
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.queries import children_of, holder_of, name_of, names_of, parent_of, posts_with_role
from nhipcau.org.scope import Scope
from nhipcau.reports.design.beside import columns_beside
from nhipcau.reports.design.definition import Definition, Section, load
from nhipcau.reports.design.fields import Figures, fields_in, filled
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.models import IssuedReport, Seal, SealKind, Submission, SubmissionState
from nhipcau.reports.sealing.alongside import Alongside, from_sealed, of_unit
from nhipcau.reports.sealing.seals import add_up, contributors_of, standing_below, words_of
from nhipcau.reports.totals.around import findings_in
from nhipcau.reports.totals.consolidation import tree_day
from nhipcau.reports.totals.lumps import EXPLAINED
from nhipcau.reports.totals.suppression import veil_all

DRAFT = "BẢN NHÁP"
CODE_LENGTH = 12
SIGN_HERE = "(Ký tên, đóng dấu)"
WORDS_ARE_OWN = "Số trong lời văn là số của chính đơn vị; báo cáo tổng hợp phát hành in số của cả đơn vị cấp dưới."
OWN = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 4.2),
    Column("Đơn vị tính", 1.1, "center"),
    Column("Số lượng", 1.6, "right"),
)
OWN_AND_BRANCH = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 3.6),
    Column("Đơn vị tính", 1.1, "center"),
    Column("Của chính đơn vị", 1.5, "right"),
    Column("Cả đơn vị cấp dưới", 1.6, "right"),
)


@dataclass(frozen=True)
class Sheet:
    """What the print says: from the seal once the report was sent, from the draft before. `seal` None for a draft;
    `branch` None for a unit with nobody below; `alongside` the plans and the earlier figures of its own."""

    report: Submission
    definition: Definition
    period: Period
    seal: Seal | None
    own: Cells
    branch: Cells | None
    below: int
    narrative: Mapping[str, str]
    explanations: Mapping[str, str]
    alongside: Alongside

    @property
    def figures(self) -> Figures:
        """What the words say where they name a figure: the unit's own."""
        return self.alongside.figures(self.own)

    def veiled(self) -> Sheet:
        """As others than the unit itself may see it."""
        own = veil_all(self.definition, self.own)
        return replace(self, own=own, alongside=self.alongside.veiled(self.definition))


def unit_report(*, report: Submission, at: dt.datetime, viewer: Unit | None = None) -> OfficialDocument:
    """The report of one unit, to print and sign. Number and date are blank: the unit's own register gives them.

    Printed for the unit itself, or as far as `viewer` may see it: suppressed counts are the unit's own alone.

    A report that was never sent, or is being changed, is marked as a draft and has no check code.
    """
    sheet = _sheet(report)
    if viewer is not None and viewer.pk != report.unit_id:
        sheet = sheet.veiled()
    day = local_date(at)
    named, above = name_of(report.unit, day), parent_of(report.unit, day, report.version.template.axis)
    issue = sheet.definition.issue
    code = CODES.get(issue.doc_type)
    return OfficialDocument(
        issuer=named.name,
        parent_issuer=name_of(above, day).name if above else issue.parent_issuer or None,
        doc_type=issue.doc_type,
        subject=_subject(sheet),
        symbol=f"{code}-{named.symbol}" if code else named.symbol,
        place=named.place,
        addressees=(name_of(above, day).name,) if above else issue.addressees,
        body=tuple(_body(sheet, at)),
        recipients=("Như trên;", "Lưu: VT."),
        signer=_signer(report, day),
        check_code=check_code(sheet.seal) if sheet.seal else None,
    )


def check_code(seal: Seal) -> str:
    """The head of the seal's digest, as printed at the foot of the report."""
    return seal.digest[:CODE_LENGTH]


def sealed_as_it_stands(report: Submission) -> Seal | None:
    """The seal that says what the report says now; None while it is a draft."""
    changing = report.state in (SubmissionState.DRAFT, SubmissionState.READY)
    return None if changing else report.seal


def _sheet(report: Submission) -> Sheet:
    definition, period = load(report.version.definition), parse_period(report.period)
    keys, seal = report.version.cells, sealed_as_it_stands(report)
    own = bytes(seal.own) if seal else bytes(report.payload)
    below = contributors_of(seal) if seal else standing_below(report.version, period, report.unit)
    live = bytes(seal.live) if seal else add_up(own, below, Rollup.of(definition))
    words = words_of(seal) if seal else {"narrative": report.narrative, "explanations": report.explanations}
    axis = report.version.template.axis
    has_below = len(below) or children_of(report.unit, tree_day(definition, period), axis).exists()
    return Sheet(
        report=report,
        definition=definition,
        period=period,
        seal=seal,
        own=_complete(definition, keys, own),
        branch=veil_all(definition, _complete(definition, keys, live)) if has_below else None,
        below=len(below),
        narrative=words["narrative"],
        explanations=words["explanations"],
        alongside=alongside_own(report),
    )


def alongside_own(report: Submission) -> Alongside:
    """Plans and earlier figures of the unit's own: as sealed once the report was sent."""
    seal = sealed_as_it_stands(report)
    return from_sealed(words_of(seal)["printed"]) if seal else of_unit(report)


def _complete(definition: Definition, keys: list[str], packed: bytes) -> dict[str, Cell]:
    return with_formulas(definition, dict(zip(keys, unpack(packed, len(keys)), strict=True)))


def _subject(sheet: Sheet) -> str:
    subject = sheet.definition.issue.subject.replace("{period}", sheet.period.label_vi)
    subject = subject or f"{sheet.definition.name} {sheet.period.label_vi}"
    if sheet.report.revision > 1:
        subject += f" (bản thứ {sheet.report.revision})"
    return subject if sheet.seal else f"{subject}\n{DRAFT}"


def _body(sheet: Sheet, at: dt.datetime) -> Iterator[Block]:
    number = map(roman, count(1))
    if not sheet.seal:
        yield Paragraph(f"{DRAFT}: báo cáo chưa gửi, số liệu còn có thể thay đổi; không dùng để ký.", italic=True)
    for block in sheet.definition.narrative:
        text = filled(sheet.definition, sheet.narrative.get(block.code, ""), sheet.figures).strip()
        if text:
            yield Heading(f"{next(number)}. {block.title.upper()}")
            yield from (Paragraph(line.strip()) for line in text.splitlines() if line.strip())
    yield Heading(f"{next(number)}. SỐ LIỆU")
    for place, section in enumerate(sheet.definition.sections, start=1):
        yield Heading(f"{place}. {section.title}", level=2)
        yield _figures(sheet, section)
    explained = list(_explained(sheet))
    if explained:
        yield Heading(f"{next(number)}. GIẢI TRÌNH")
        yield from explained
    yield Heading(f"{next(number)}. VỀ BÁO CÁO NÀY")
    yield from (Paragraph(line) for line in _about(sheet, at))


def _figures(sheet: Sheet, section: Section) -> Table:
    """The figures, with their plans where the section asks for them. A plan is for the whole branch, so that where
    there is one, its per cent is that of the branch."""
    columns = list(OWN if sheet.branch is None else OWN_AND_BRANCH)
    sides = [sheet.own] if sheet.branch is None else [sheet.own, sheet.branch]
    rows = [
        [number, item.label, item.unit, *(format_cell(side[item.code], item.decimals) for side in sides)]
        for number, item in section.numbered()
    ]
    for column, texts in columns_beside(section, sheet.alongside.plans, sides[-1]):
        columns.append(column)
        rows = [[*row, text] for row, text in zip(rows, texts, strict=True)]
    return Table(tuple(columns), tuple(map(tuple, rows)))


def _explained(sheet: Sheet) -> Iterator[Paragraph]:
    for finding in findings_in([(sheet.report, sheet.own, sheet.narrative)])[0]:
        text = sheet.explanations.get(finding.rule, "").strip()
        if text:
            yield Paragraph(f"{finding.message} Đơn vị giải thích: {text}")
    if sheet.explanations.get(EXPLAINED):
        yield Paragraph(f"Đơn vị trong số gộp thay đổi mà số liệu không giảm: {sheet.explanations[EXPLAINED]}")


def _about(sheet: Sheet, at: dt.datetime) -> Iterator[str]:
    """When it was sent and by whom it was entered, whom it covers, what the branch is added up from."""
    report, day = sheet.report, local_date(at)
    if sheet.seal:
        state = "" if report.state == SubmissionState.SUBMITTED else f"; {report.get_state_display()}"
        yield f"Bản thứ {report.revision}, số liệu chốt lúc {_moment(sheet.seal.at)}{state}."
    if report.is_history:
        yield f"Số liệu cũ, không có nguồn chi tiết: {report.entry_note}."
    elif report.entered_by_unit:
        above = name_of(report.entered_by_unit, day).name
        said = f"đơn vị đã xác nhận lúc {_moment(report.confirmed_at)}" if report.confirmed_at else "chưa xác nhận"
        yield f"{above} nhập thay từ {report.get_entry_source_display()} ({report.entry_note}); {said}."
    covered = names_of(report.covers.values_list("pk", flat=True), day).values()
    if covered:
        listed = "; ".join(name.name for name in sorted(covered, key=lambda name: name.sort_key))
        yield f"Số gộp: số liệu của chính đơn vị gồm cả {len(covered)} đơn vị không báo cáo riêng: {listed}."
    if sheet.branch is not None:
        yield f"Số «cả đơn vị cấp dưới» cộng thêm {sheet.below} báo cáo cấp dưới đã được tiếp nhận."
        if next(fields_in(sheet.definition, sheet.narrative.values()), None):
            yield WORDS_ARE_OWN
    yield "Dấu «…» là chưa có số liệu, «x» là không áp dụng, 0 là có và bằng không."


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(VN):%H:%M ngày %d/%m/%Y}"


def _signer(report: Submission, day: dt.date) -> Signer:
    """The unit's own approver: who sent it, or who would; nobody's name where another unit entered it."""
    post = report.submitted_by if report.submitted_by and report.submitted_by.unit_id == report.unit_id else None
    post = post or next(iter(posts_with_role(report.unit, Role.APPROVER, day)), None)
    if post is None:
        return Signer(title="THỦ TRƯỞNG ĐƠN VỊ", note=SIGN_HERE)
    return Signer(title=post.title, name=_holder(post, day), note=SIGN_HERE)


def _holder(post: Post, day: dt.date) -> str | None:
    holder = holder_of(post, day)
    return holder.person.name if holder else None


@dataclass(frozen=True)
class Checked:
    """What stands behind a check code. `replaced_by`: the seal, or the issued edition, that holds in its place."""

    seal: Seal
    report: Submission
    issued: IssuedReport | None
    replaced_by: Seal | None
    restated_by: IssuedReport | None

    @property
    def holds(self) -> bool:
        """Whether the figures on that paper are the accepted or issued ones today."""
        if self.issued is not None:
            return self.restated_by is None
        sent = self.seal.kind != SealKind.ISSUED  # else a draft that is out for signature
        return sent and self.replaced_by is None and self.report.state == SubmissionState.ACCEPTED


def find_by_code(scope: Scope, text: str) -> Checked:
    """What the paper with that check code is, within the post's own sight; NotFound says the same for a wrong code
    as for one out of sight."""
    code = re.sub(r"[\s.-]", "", text.split("·", maxsplit=1)[0]).lower()
    found = None
    if re.fullmatch(rf"[0-9a-f]{{{CODE_LENGTH}}}", code) and reads_contents(scope):
        seals = Seal.objects.filter(scope.own_or_below("unit"), digest__startswith=code)
        related = ("submission__seal", "submission__version__template", "unit", "version__template")
        found = seals.select_related(*related).order_by("pk").first()
    if found is None:
        raise NotFound("Không thấy bản in nào mang mã này trong phạm vi của bạn; hãy gõ đủ 12 ký tự ở cuối trang.")
    issued = IssuedReport.objects.filter(seal=found).select_related("document").first()
    newer = IssuedReport.objects.filter(restates=issued).select_related("document").first() if issued else None
    replaced = _replaced_by(found) if found.kind != SealKind.ISSUED else None
    return Checked(found, found.submission, issued, replaced, newer)


def _replaced_by(seal: Seal) -> Seal | None:
    """What the unit sent in its place: the same revision sent again, or the revision accepted since."""
    report = seal.submission
    if report.state == SubmissionState.SUPERSEDED:
        same = Submission.objects.filter(unit=report.unit_id, version__template=report.version.template_id)
        accepted = same.filter(period=report.period, state=SubmissionState.ACCEPTED)
        newer = accepted.select_related("seal__submission").first()
        return newer.seal if newer else None
    return report.seal if report.seal_id != seal.pk else None
