"""The further tables of the archive: each is one query within the scope and the columns that leave with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from nhipcau.activities import models as activities
from nhipcau.activities.queries import visible_activities
from nhipcau.analytics.queries import visible_analyses
from nhipcau.campaigns import models as campaigns
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.core.said import Said
from nhipcau.documents import models as documents
from nhipcau.documents.queries import visible_documents
from nhipcau.exchange.archive.parts import CHUNK, Row, Table, moment, plain
from nhipcau.exchange.models import LearntTable
from nhipcau.org import models as org
from nhipcau.org.decisions import visible_events
from nhipcau.org.delegating import visible_delegations
from nhipcau.org.scope import Scope
from nhipcau.reports import models as reports
from nhipcau.reports.issuing.drafts import visible_drafts
from nhipcau.reports.queries import visible_submissions, visible_templates
from nhipcau.tasks import models as tasks
from nhipcau.tasks.announcements.models import Announcement, AnnouncementFile, Correction, Receipt
from nhipcau.tasks.announcements.queries import addressed_to
from nhipcau.tasks.models.questions import AnswerSheet, Question
from nhipcau.tasks.queries import visible_assignments, visible_tasks
from nhipcau.tasks.slips import visible_instructions

Rows = Callable[[Scope], QuerySet[Any]]


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, list | dict):
        return plain(value)
    return value


def _table(path: str, vi: str, en: str, rows: Rows, *columns: str) -> Table:
    """`columns`: a field, or `name=field` where the column is called otherwise."""
    pairs = [column.split("=") for column in columns]

    def made(scope: Scope) -> Iterator[Row]:
        listed = rows(scope).order_by("pk").values_list(*(pair[-1] for pair in pairs))
        for row in listed.iterator(CHUNK):
            yield [_cell(value) for value in row]

    return Table(path, Said(vi, en), [pair[0] for pair in pairs], made)


def _below(model: Any, path: str = "unit") -> Rows:
    """Rows of the own unit and those below."""
    return lambda scope: model.objects.filter(scope.own_or_below(path))


def _under(model: Any, path: str, visible: Rows) -> Rows:
    """Rows that belong to something visible."""
    return lambda scope: model.objects.filter(**{f"{path}__in": visible(scope).order_by().values("pk")})


def _told(scope: Scope) -> QuerySet[Announcement]:
    """Told by the own unit or one below, or told to it."""
    to = addressed_to(scope).order_by().values("pk")
    return Announcement.objects.filter(Q(pk__in=to) | scope.own_or_below("unit"))


def announcement_files(scope: Scope) -> QuerySet[AnnouncementFile]:
    """The papers of those."""
    return AnnouncementFile.objects.filter(announcement__in=_told(scope).order_by().values("pk"))


def material_versions(scope: Scope) -> QuerySet[campaigns.MaterialVersion]:
    """Of visible campaigns; what was taken from the readers goes only to its holder and those above."""
    seen = visible_campaigns(scope).order_by().values("pk")
    read = Q(material__withdrawn_reason="") | scope.own_or_below("material__campaign__unit")
    return campaigns.MaterialVersion.objects.filter(read, material__campaign__in=seen)


def _events(scope: Scope) -> QuerySet[org.Reorganisation]:
    return org.Reorganisation.objects.filter(pk__in=[one.pk for one in visible_events(scope)])


def _successions(scope: Scope) -> QuerySet[org.Succession]:
    """Not what one decision says of units out of sight."""
    return org.Succession.objects.filter(scope.own_or_below("predecessor") | scope.own_or_below("successor"))


def _all(model: Any) -> Rows:
    """The same for everybody: kinds, types, days off."""
    return lambda _scope: model.objects.all()


def _closed(scope: Scope) -> QuerySet[campaigns.ClosingReport]:
    return campaigns.ClosingReport.objects.filter(scope.own_or_below("campaign__unit"))


_CITING = _under(documents.Citation, "document", visible_documents)
_ANSWERED = _under(AnswerSheet, "assignment", visible_assignments)
_HELD = _below(campaigns.Quiz, "campaign__unit")

FURTHER: tuple[Table, ...] = (
    _table("unit_kinds.csv", "Loại đơn vị.", "Kinds of unit.", _all(org.UnitKind),
           "code", "label", "label_en", "rank", "internal"),
    _table("appointments.csv", "Ai giữ chức danh nào, từ ngày, đến trước ngày.",
           "Who held which post, from a day up to another.", _below(org.Appointment, "post__unit"),
           "post=post__uid", "holder=person__name", "from=valid_from", "to=valid_to"),
    _table("delegations.csv", "Ủy quyền khi vắng.", "Delegations.", visible_delegations,
           "delegation=uid", "giver=giver__uid", "taker=taker__uid", "roles", "starts_at", "ends_at", "ended_at"),
    _table("handovers.csv", "Nội dung biên bản bàn giao.", "What minutes of handing over list.",
           _below(org.Handover, "appointment__post__unit"),
           "handover=uid", "post=appointment__post__uid", "contents", "made_at"),
    _table("reorganisations.csv", "Quyết định về tổ chức.", "Decisions on the tree.",
           _events, "reorganisation=uid", "decision", "title", "day", "at"),
    _table("successions.csv", "Đơn vị nào kế thừa đơn vị nào; phần là số nguyên.",
           "Which unit took over from which; weights are whole numbers.", _successions,
           "reorganisation=event__uid", "predecessor=predecessor__uid", "successor=successor__uid", "weight",
           "indicator"),
    _table("working_days.csv", "Ngày làm bù, nghỉ thêm.", "Swap days.", _all(org.DayOverride),
           "day", "working", "note"),
    _table("citations.csv", "Văn bản viện dẫn văn bản nào.", "Which letter cites which.", _CITING,
           "document=document__uid", "symbol", "dated", "issuer", "target=target__uid", "kind", "waived"),
    _table("amendments.csv", "Văn bản thay thế, thu hồi, đính chính.", "Letters that replace, recall, correct.",
           _under(documents.Amendment, "target", visible_documents),
           "by=by__uid", "target=target__uid", "kind", "note", "decided_at"),
    _table("copies.csv", "Bản sao y, sao lục, trích sao.", "Certified copies.",
           _under(documents.MadeCopy, "document", visible_documents),
           "document=document__uid", "source=source__uid", "form", "excerpt"),
    _table("books.csv", "Các sổ đăng ký.", "The registers.", _below(documents.Register),
           "unit=unit__uid", "direction", "series", "name", "year", "next_number", "closed_at"),
    _table("reserved_blocks.csv", "Khoảng số giữ để ghi tay.", "Numbers reserved for hand numbering.",
           _below(documents.ReservedBlock, "register__unit"),
           "block=uid", "unit=register__unit__uid", "direction=register__direction", "year=register__year",
           "first", "last", "reason", "reserved_at", "ended_at"),
    _table("obligations.csv", "Yêu cầu trong văn bản.", "What letters ask.",
           _under(tasks.Obligation, "document", visible_documents),
           "obligation=uid", "document=document__uid", "position", "text", "responsible", "scope",
           "deadline=deadline_phrase", "report=report_code", "period=report_period"),
    _table("instructions.csv", "Bút phê.", "Leaders' notes on letters.", visible_instructions,
           "instruction=uid", "document=document__uid", "text", "signed_on", "created_at", "withdrawn_at",
           "withdrawn_reason"),
    _table("instructed_units.csv", "Bút phê giao ai.", "To whom notes hand a letter.",
           _under(tasks.InstructedUnit, "instruction", visible_instructions),
           "instruction=instruction__uid", "unit=unit__uid", "role", "due"),
    _table("handling.csv", "Đề xuất xử lý tại đơn vị.", "How units handle what they were given.",
           _under(tasks.Handling, "assignment", visible_assignments),
           "assignment=assignment__uid", "handler", "due", "named_on", "proposal", "proposed_on"),
    _table("answering_letters.csv", "Văn bản trả lời.", "Letters that answer letters.",
           _under(tasks.Answer, "document", visible_documents), "document=document__uid", "letter=letter__uid",
           "linked_at"),
    _table("fan_outs.csv", "Giao thẳng cả nhánh.", "Work handed to whole branches at once.",
           _under(tasks.FanOut, "task", visible_tasks),
           "fan_out=uid", "task=task__uid", "kinds", "role", "expected", "given", "state", "asked_at", "ended_at"),
    _table("passed_on.csv", "Việc chuyển sang đơn vị kế thừa.", "Work that went to a successor.",
           _under(tasks.Handover, "assignment", visible_assignments),
           "assignment=assignment__uid", "before=before__uid", "after=after__uid", "at"),
    _table("extensions.csv", "Xin thêm thời gian.", "Requests for more time.",
           _under(tasks.Extension, "assignment", visible_assignments),
           "extension=uid", "assignment=assignment__uid", "until", "reason", "asked_at", "state", "granted",
           "answer", "answered_at"),
    _table("given_back.csv", "Việc báo không phải của mình.", "Work given back as somebody else's.",
           _under(tasks.Redirection, "assignment", visible_assignments),
           "redirection=uid", "assignment=assignment__uid", "reason", "asked_at", "state", "answer", "answered_at"),
    _table("reminders.csv", "Lời nhắc đã gửi.", "Reminders sent.",
           _under(tasks.Reminder, "assignment", visible_assignments),
           "assignment=assignment__uid", "rung", "day", "sent_at"),
    _table("questions.csv", "Câu hỏi kèm yêu cầu của văn bản.", "Questions of letters' duties.",
           _under(Question, "questionnaire__obligation__document", visible_documents),
           "obligation=questionnaire__obligation__uid", "position", "kind", "label", "measure", "options",
           "required"),
    _table("answers.csv", "Câu trả lời đã gửi, theo vị trí câu hỏi.", "Answers sent, by the question's position.",
           lambda scope: _ANSWERED(scope).exclude(sent_at=None),
           "assignment=assignment__uid", "obligation=assignment__task__obligation__uid",
           "unit=assignment__unit__uid", "values", "sent_at"),
    _table("announcements.csv", "Thông báo.", "Announcements.", _told,
           "announcement=uid", "unit=unit__uid", "title", "text", "valid_until", "posted_at", "reminded_at",
           "withdrawn_at", "withdrawn_reason"),
    _table("announcement_files.csv", "Tệp của thông báo.", "Papers of announcements.", announcement_files,
           "announcement=announcement__uid", "name", "sha256=file__sha256"),
    _table("announcement_corrections.csv", "Đính chính thông báo.", "Corrections of announcements.",
           _under(Correction, "announcement", _told),
           "announcement=announcement__uid", "note", "title_before", "text_before", "at"),
    _table("announcement_read.csv", "Đơn vị nào đã mở thông báo; không giữ ai, lúc nào.",
           "Which units opened an announcement; who and when is not kept.",
           _below(Receipt, "announcement__unit"), "announcement=announcement__uid", "unit=unit__uid"),
    _table("activity_types.csv", "Loại hoạt động.", "Types of activity.", _all(activities.ActivityType),
           "code", "label", "label_en", "measures", "facets"),
    _table("activity_changes.csv", "Hoạt động đã sửa: trước đó ghi gì, vì sao.",
           "Corrected activities: what stood before, and why.",
           _under(activities.ActivityChange, "activity", visible_activities),
           "activity=activity__uid", "number", "before", "reason", "at"),
    _table("activity_partners.csv", "Bên phối hợp và câu trả lời.", "Partners and what they said.",
           _under(activities.ActivityPartner, "activity", visible_activities),
           "activity=activity__uid", "unit=unit__uid", "heir=heir__uid", "outside", "answer", "note"),
    _table("planned_activities.csv", "Hoạt động dự kiến.", "Planned activities.",
           _below(activities.PlannedActivity),
           "plan=uid", "unit=unit__uid", "type=type__code", "day", "title", "place", "activity=activity__uid",
           "dropped_reason"),
    _table("campaign_types.csv", "Hoạt động nào tính cho chiến dịch.", "What counts in a campaign.",
           _under(campaigns.CampaignType, "campaign", visible_campaigns),
           "campaign=campaign__uid", "type=type__code", "sessions", "reached"),
    _table("campaign_goals.csv", "Mục tiêu của chiến dịch.", "Goals of campaigns.",
           _below(campaigns.CampaignGoal, "campaign__unit"),
           "campaign=campaign__uid", "unit=unit__uid", "count", "value", "of_members"),
    _table("campaign_steps.csv", "Mở, gia hạn, đóng, hủy chiến dịch.", "How campaigns went on.",
           _below(campaigns.CampaignStep, "campaign__unit"),
           "campaign=campaign__uid", "kind", "reason", "last_day", "at"),
    _table("materials.csv", "Tài liệu chiến dịch, mỗi bản một dòng.", "Materials, a row for each version.",
           material_versions, "material=material__uid", "campaign=material__campaign__uid", "number", "title",
           "text", "changed", "at", "name", "sha256=file__sha256", "withdrawn_reason=material__withdrawn_reason"),
    _table("quizzes.csv", "Bài trắc nghiệm.", "Quizzes.", _HELD,
           "campaign=campaign__uid", "number", "title", "questions", "state"),
    _table("quiz_counts.csv", "Mỗi câu chọn bao nhiêu, từ mười lượt, theo chục.",
           "How often each choice was taken, from ten takers on, in tens.",
           _below(campaigns.QuizEdition, "quiz__campaign__unit"),
           "campaign=quiz__campaign__uid", "quiz=quiz__number", "edition=number", "questions", "takers", "counts"),
    _table("campaign_reports.csv", "Báo cáo kết thúc chiến dịch.", "Closing reports.", _closed,
           "report=uid", "campaign=campaign__uid", "figures", "digest", "narrative", "state",
           "document=document__uid", "pdf=pdf__sha256", "signed_copy=signed_copy__sha256"),
    _table("campaign_report_sources.csv", "Báo cáo ấy tính những hoạt động nào.", "What they count.",
           _below(campaigns.ClosingSource, "report__campaign__unit"),
           "report=report__uid", "activity=activity__uid", "values"),
    _table("plans.csv", "Kế hoạch giao: số nguyên đã nhân theo số thập phân.",
           "What units are asked to reach: integers scaled by their decimals.", _below(reports.Target),
           "unit=unit__uid", "template=template__code", "period", "indicator", "value", "decimals", "given_at"),
    _table("report_returns.csv", "Lý do trả lại báo cáo.", "Why reports were returned.",
           _under(reports.ReturnReason, "submission", visible_submissions),
           "report=submission__uid", "cell", "reason", "at"),
    _table("report_papers.csv", "Giấy tờ của báo cáo.", "Papers of reports.",
           _under(reports.SubmissionPaper, "submission", visible_submissions),
           "report=submission__uid", "kind", "name", "sha256=file__sha256", "added_at"),
    _table("seals.csv", "Lần chốt số liệu và chuỗi mã.", "Seals and their chain.", _below(reports.Seal),
           "seal=uid", "unit=unit__uid", "template=version__template__code", "period", "kind",
           "report=submission__uid", "previous", "digest", "at"),
    _table("changed_after.csv", "Số liệu thay đổi sau khi chốt, phát hành.", "Figures changed after sealing.",
           _below(reports.StaleFlag, "seal__unit"),
           "flag=uid", "seal=seal__uid", "raised_at", "answer", "reason", "answered_at"),
    _table("issued_reports.csv", "Báo cáo đã phát hành.", "Issued reports.", _below(reports.IssuedReport),
           "issued=uid", "unit=unit__uid", "template=version__template__code", "period", "edition", "reason",
           "document=document__uid", "seal=seal__digest", "docx=docx__sha256", "pdf=pdf__sha256",
           "signed_copy=signed_copy__sha256", "issued_at"),
    _table("signing_drafts.csv", "Bản trình ký.", "Reports out for signature.", visible_drafts,
           "draft=uid", "unit=unit__uid", "template=version__template__code", "period", "edition", "state",
           "reason", "narrative", "created_at"),
    _table("old_files.csv", "Tệp số liệu cũ đã nhập.", "Files of old figures taken in.",
           _under(reports.HistoryFile, "template", visible_templates),
           "file=uid", "template=template__code", "name", "sha256", "imported_at"),
    _table("analyses.csv", "Câu hỏi phân tích đã lưu.", "Saved questions of analysis.", visible_analyses,
           "analysis=uid", "unit=unit__uid", "title", "question", "saved_at"),
    _table("own_tables.csv", "Cột nào của bảng tính đơn vị là chỉ tiêu nào.",
           "Which column of the unit's own spreadsheet is which figure.", _below(LearntTable),
           "unit=unit__uid", "template=template__code", "headings"),
)  # fmt: skip
