"""`issue`: the report of a period as an official document, in one step or by way of signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, read_bytes, say
from nhipcau.cli.reports import locate, period_option
from nhipcau.core.errors import NotFound
from nhipcau.core.periods import Period

if TYPE_CHECKING:
    from nhipcau.org.models import Unit
    from nhipcau.reports.models import IssuedReport, SigningDraft, TemplateVersion

CHANGED = "Số liệu của đơn vị góp vào báo cáo đã thay đổi sau khi phát hành."
DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True)
class Case:
    """What a call is about: the report, its newest edition issued, and whether that is stale."""

    version: TemplateVersion
    period: Period
    unit: Unit
    issued: IssuedReport | None
    stale: bool
    reason: str
    as_sealed: bool

    def post(self, role: Any) -> Any:
        """The unit's first post with that role."""
        from nhipcau.core.clock import local_date
        from nhipcau.org.queries import posts_with_role

        posts = posts_with_role(self.unit, role, local_date(now()))
        if not posts:
            raise NotFound(f"Đơn vị chưa có chức danh nào giữ vai «{role.label}»; hãy lập chức danh trước.")
        return posts[0]

    def draft(self) -> SigningDraft:
        """The draft that is out for signature; NotFound if there is none."""
        from nhipcau.reports.issuing.drafts import active_draft

        edition = self.issued.edition + 1 if self.issued else 0
        found = active_draft(self.version, self.period, self.unit, edition)
        if found is None:
            raise NotFound("Chưa có bản trình ký nào đang mở; hãy chạy lại với --draft để mở.")
        return found


@click.command()
@click.argument("template_code", metavar="TEMPLATE")
@period_option
@click.option("--unit", help="Mã hoặc uid của đơn vị (mặc định: gốc của cây).")
@click.option("--out", required=True, type=click.Path(file_okay=False), help="Thư mục ghi .docx và .pdf.")
@click.option("--draft", is_flag=True, help="Mở bản trình ký: số liệu chốt, số và ngày để trống.")
@click.option("--read-back", metavar="FILE", help="Nhận lời văn lãnh đạo đã sửa trong bản trình ký .docx.")
@click.option("--signed-on", type=DAY, metavar="DATE", help="Đã ký ngày này (2026-04-06): cấp số và ngày.")
@click.option("--signed", metavar="FILE", help="Bản đã ký, đóng dấu (.pdf, .jpg, .png): phát hành.")
@click.option("--sure", is_flag=True, help="Bản đã ký đúng là báo cáo này, dù không đọc thấy số trong tệp.")
@click.option("--reason", default="", help="Lý do điều chỉnh, nếu số liệu đã phát hành thay đổi.")
@click.option("--as-sealed", is_flag=True, help="Giữ số liệu bản trình ký đã chốt dù có đơn vị vừa sửa.")
@click.option("--json", "as_json", is_flag=True)
def issue(
    template_code: str,
    period: str,
    unit: str | None,
    out: str,
    draft: bool,
    read_back: str | None,
    signed_on: dt.datetime | None,
    signed: str | None,
    sure: bool,
    reason: str,
    as_sealed: bool,
    as_json: bool,
) -> None:
    """Phát hành báo cáo tổng hợp: lấy số, dàn trang, ghi .docx và PDF. Chạy lại trả về đúng văn bản cũ; khi số
    liệu thay đổi sau phát hành thì ra bản điều chỉnh có số mới."""
    steps = [name for name, given in (("--draft", draft), ("--read-back", read_back)) if given]
    if len(steps) > 1 or (steps and (signed or signed_on)):
        raise click.UsageError("Mỗi lần chạy một bước: --draft, --read-back, hoặc --signed-on và --signed.")
    open_instance()
    from nhipcau.audit.actions import seal

    case = _case(template_code, period, unit, reason, as_sealed=as_sealed)
    stem = f"du-thao-{template_code}-{period}"
    if draft and case.issued is not None and not case.stale:
        result = _unnumbered(case, case.issued, out, stem)
    elif draft:
        result = _shown(_opened(case), out, stem, "Bản trình ký")
    elif read_back is not None:
        result = _shown(_read_back(case, read_back), out, stem, "Bản trình ký")
    elif signed_on is not None or signed is not None:
        result = _signed(case, signed_on.date() if signed_on else None, signed, out, sure=sure)
    else:
        result = _issued(_in_one_step(case), out)
    seal(at=now())
    if as_json:
        emit(result)


def _case(code: str, period: str, unit: str | None, reason: str, *, as_sealed: bool) -> Case:
    from nhipcau.reports.issuing.editions import latest_issued
    from nhipcau.reports.sealing.staleness import open_flags, settle

    version, parsed, top = locate(code, period, unit)
    settle(at=now())
    issued = latest_issued(version, parsed, top)
    stale = issued is not None and open_flags(issued.seal).exists()
    return Case(version, parsed, top, issued, stale, reason or CHANGED, as_sealed)


def _opened(case: Case) -> SigningDraft:
    from nhipcau.org.models import Role
    from nhipcau.reports.issuing.signing import open_for_signature

    return open_for_signature(
        version=case.version,
        period=case.period,
        unit=case.unit,
        signer=case.post(Role.APPROVER),
        actor=case.post(Role.CLERK),
        at=now(),
        restates=case.issued if case.stale else None,
        reason=case.reason,
    )


def _unnumbered(case: Case, issued: IssuedReport, out: str, stem: str) -> dict[str, Any]:
    """Nothing is left to sign: the report as issued with its number left blank, to read or to take over from."""
    from nhipcau.org.models import Role
    from nhipcau.press.docx import to_docx
    from nhipcau.press.pdf import to_pdf
    from nhipcau.reports.issuing.editions import Edition, document_of
    from nhipcau.reports.issuing.gathering import from_seal

    edition = Edition(issued.restates, issued.reason)
    printed = document_of(from_seal(issued.seal), case.post(Role.APPROVER), edition, None, None)
    written = _write(out, stem, to_docx(printed), to_pdf(printed))
    number = issued.document.number
    say(f"Báo cáo đã phát hành số {number}; đây là bản để trống số, không mở trình ký: {', '.join(written)}")
    return {"number": None, "files": written, "edition": issued.edition, "state": "issued"}


def _read_back(case: Case, file: str) -> SigningDraft:
    """The prose that changed goes to stderr: + for what came in, - for what went out."""
    from nhipcau.org.models import Role
    from nhipcau.reports.issuing.signing import read_back

    draft = case.draft()
    found = read_back(
        draft=draft, data=read_bytes(file), name=Path(file).name, actor=case.post(Role.CLERK), at=now()
    )
    for change in found.changes:
        say(f"{change.title}:")
        before, after = change.before.split("\n"), change.after.split("\n")
        for line in (*(f"- {one}" for one in before if one not in after), *(f"+ {a}" for a in after)):
            if line[2:] and not (line.startswith("+") and line[2:] in before):
                say(f"  {line}")
    for note in found.notes:
        say(note)
    if not found.changes:
        say("Lời văn không có gì khác bản trình ký.")
    draft.refresh_from_db()
    return draft


def _signed(case: Case, day: dt.date | None, file: str | None, out: str, *, sure: bool) -> dict[str, Any]:
    from nhipcau.org.models import Role
    from nhipcau.reports.issuing.signing import attach_signed, number
    from nhipcau.reports.models import SigningState

    if case.issued is not None and not case.stale:
        return _issued(case.issued, out)
    draft, clerk = case.draft(), case.post(Role.CLERK)
    if day is None and draft.state == SigningState.OUT:
        raise click.UsageError("Bản trình ký chưa có số: thêm --signed-on NGÀY-KÝ (ví dụ 2026-04-06).")
    data = read_bytes(file) if file is not None else None
    if day is not None:
        draft = number(draft=draft, signed_on=day, actor=clerk, at=now(), as_sealed=case.as_sealed)
    if data is None or file is None:
        stem = draft.document.number.replace("/", "-") if draft.document else ""
        return _shown(draft, out, stem, "Đã cấp số, chưa phát hành; gửi bản đã ký bằng --signed")
    done = attach_signed(draft=draft, data=data, name=Path(file).name, actor=clerk, at=now(), sure=sure)
    return _issued(done, out)


def _in_one_step(case: Case) -> IssuedReport:
    from nhipcau.org.models import Role
    from nhipcau.reports.issuing.drafts import draft_behind
    from nhipcau.reports.issuing.editions import issue_report, restate_issue

    clerk, signer = case.post(Role.CLERK), case.post(Role.APPROVER)
    if case.issued is not None and case.stale:
        done = restate_issue(
            issued=case.issued,
            reason=case.reason,
            signer=signer,
            actor=clerk,
            at=now(),
            as_sealed=case.as_sealed,
        )
    else:
        done = issue_report(
            version=case.version,
            period=case.period,
            unit=case.unit,
            signer=signer,
            actor=clerk,
            at=now(),
            as_sealed=case.as_sealed,
        )
    if case.issued != done and draft_behind(done.document):
        say("Phát hành tiếp từ bản trình ký đang mở: số liệu và lời văn theo bản đó.")
    return done


def _shown(draft: SigningDraft, out: str, stem: str, said: str) -> dict[str, Any]:
    """The draft's files as they stand, and what is said about them."""
    from nhipcau.documents.storing import files
    from nhipcau.press.pdf import to_pdf
    from nhipcau.reports.issuing.drafts import changed_below
    from nhipcau.reports.issuing.signing import paper

    letter = draft.document
    docx = files.read(letter.original if letter is not None and letter.original else draft.docx)
    written = _write(out, stem, docx, to_pdf(paper(draft)))
    changed = len({flag.cause.unit_id for flag in changed_below(draft)})
    if changed:
        say(f"Từ lúc mở bản trình ký, số liệu của {changed} đơn vị đã thay đổi (xem trang Trình ký).")
    number = letter.number if letter is not None else None
    say(f"{said}{f' (số {number})' if number else ''}: {', '.join(written)}")
    return {"number": number, "files": written, "draft": str(draft.uid), "state": str(draft.state)}


def _issued(done: IssuedReport, out: str) -> dict[str, Any]:
    from nhipcau.documents.storing import files

    number = done.document.number
    written = _write(out, number.replace("/", "-"), files.read(done.docx), files.read(done.pdf))
    say(f"Đã phát hành số {number}: {', '.join(written)}")
    return {"number": number, "files": written, "edition": done.edition, "state": "issued"}


def _write(out: str, stem: str, docx: bytes, pdf: bytes) -> list[str]:
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for suffix, data in ((".docx", docx), (".pdf", pdf)):
        path = folder / f"{stem}{suffix}"
        partial = path.with_suffix(f"{suffix}.part")
        partial.write_bytes(data)
        partial.replace(path)
        written.append(str(path))
    return written
