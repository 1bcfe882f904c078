"""The main job, stage by stage, through the same actions as the pages. Each stage returns what it counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib.resources import files as resources
from typing import Protocol, TypeVar

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import ActivityType
from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import format_cell
from nhipcau.demo import figures, letters
from nhipcau.demo.dates import PERIOD, moment
from nhipcau.demo.federation import PROVINCE, as_csv, units
from nhipcau.demo.instruction import Departments, instruct_directive, set_up_departments
from nhipcau.demo.people import CLERK, DEPARTMENT, SETUP, appoint_leaders, create_posts, open_accounts
from nhipcau.demo.planning import give_plans
from nhipcau.documents.actions import confirm, proposed, receive, register_outgoing
from nhipcau.documents.models import Document
from nhipcau.org.actions import import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Unit, UnitName
from nhipcau.org.queries import children_of
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, save_draft
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back, submit
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.models import IssuedReport, Submission, TemplateVersion
from nhipcau.reports.sealing.seals import contributors_of, words_of
from nhipcau.tasks.actions import acknowledge, assign, assign_all, complete, reissue, remind
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Obligation

T = TypeVar("T")
Counts = dict[str, int]

SILENT_DISTRICT = "H09"


_LED = "Đã triển khai đến các công đoàn cơ sở và theo dõi đến khi xong."
_DONE = {
    "local": ("Đã tổ chức một buổi tuyên truyền tại nơi làm việc.", moment(6, 22)),
    "district": (_LED, moment(6, 25)),
    "sector": (_LED, moment(6, 25)),
    "industrial_zones": (_LED, moment(6, 25)),
    "province": ("Đã ban hành kế hoạch của Liên đoàn Lao động tỉnh.", moment(5, 21, 16)),
}


class Progress(Protocol):
    """Goes through the items and shows how far it is."""

    def __call__(self, items: Iterable[T], label: str, length: int, /) -> Iterable[T]: ...


class Story:
    """Holds what one stage makes and the next one needs."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.units: dict[str, Unit] = {}
        self.codes: dict[int, str] = {}
        self.posts: dict[tuple[str, str], Post] = {}
        self.departments: Departments
        self.version: TemplateVersion
        self.directive: Document
        self.issued: IssuedReport
        self.restated: IssuedReport

    def found(self) -> Counts:
        """The tree from a CSV file, posts, accounts, the template with its activity types, outgoing letters."""
        at = moment(1, 2)
        import_tree(rows=read_rows(as_csv()), actor=SETUP, at=at)
        named = UnitName.objects.filter(valid_to=None).select_related("unit__kind")
        self.units = {name.code: name.unit for name in named}
        self.codes = {unit.pk: code for code, unit in self.units.items()}
        self.posts = create_posts(self.units, at)
        open_accounts(self.posts, at)
        self.departments = set_up_departments(self.posts[PROVINCE, DEPARTMENT], at)
        appoint_leaders(self.posts, [unit.code for unit in units() if unit.parent == PROVINCE], at)
        template = resources("nhipcau.demo").joinpath("half_year.yaml").read_bytes()
        self.version = import_template(data=template, actor=SETUP, at=at).version
        for doc_type, (month, day), subject in letters.OUTGOING:
            register_outgoing(
                unit=self.units[PROVINCE],
                doc_type=doc_type,
                subject=subject,
                dated=dt.date(2018, month, day),
                recipients=("Công đoàn cấp trên trực tiếp cơ sở", "Lưu: VT, CSPL"),
                actor=self.posts[PROVINCE, CLERK],
                at=moment(month, day, 15),
            )
        planned = give_plans(self.version, self.posts, at)
        counted = {"units": len(self.units), "posts": len(self.posts), "letters_out": len(letters.OUTGOING)}
        return counted | {"plans": planned}

    def receive_directive(self) -> Counts:
        """The clerk receives the .docx; the reader reads it; the clerk confirms what it found."""
        clerk, at = self.posts[PROVINCE, CLERK], moment(5, 14)
        self.directive = receive(
            unit=self.units[PROVINCE],
            data=letters.directive(),
            name=letters.DIRECTIVE_NAME,
            received_on=at.date(),
            actor=clerk,
            at=at,
        )
        entry = confirm(document=self.directive, fields=proposed(self.directive), actor=clerk, at=moment(5, 14, 10))
        self.directive.refresh_from_db()
        return {
            "incoming_number": entry.number,
            "obligations": self.directive.obligations.count(),
            "citations": self.directive.citations.count(),
        }

    def cascade(self) -> Counts:
        """Province → districts and sectors → local unions; one district is silent and is reminded."""
        own, below = self._by_addressee()
        leader = self.posts[PROVINCE, DEPARTMENT]
        instruct_directive(self.directive, self.posts[PROVINCE, "board"], self.departments)
        for obligation in own:
            units = {self.units[PROVINCE]: AssignmentRole.LEAD}
            task = assign(obligation=obligation, units=units, actor=leader, at=moment(5, 15))
            acknowledge(assignment=task.assignments.get(), actor=leader, at=moment(5, 15))
        tasks = assign_all(document=self.directive, obligations=below, actor=leader, at=moment(5, 15))
        received = Assignment.objects.filter(task__in=tasks).exclude(unit=self.units[SILENT_DISTRICT])
        passed = 0
        chosen = list(received.select_related("unit", "task__obligation"))
        for assignment in self.progress(chosen, "chuyển tiếp", len(chosen)):
            post = self._post_of(assignment.unit)
            acknowledge(assignment=assignment, actor=post, at=moment(5, 16))
            if "Công đoàn cơ sở" in assignment.task.title:
                passed += self._pass_on(assignment, post)
        reminded = remind(at=moment(5, 21, 7))
        return {
            "tasks": len(own) + len(tasks),
            "acknowledged": len(chosen),
            "passed_on": passed,
            "reminders": reminded,
        }

    def _by_addressee(self) -> tuple[list[Obligation], list[Obligation]]:
        """What the directive asks of the province itself, and what of the units below."""
        own: list[Obligation] = []
        below: list[Obligation] = []
        for obligation in self.directive.obligations.all():
            (own if "Liên đoàn Lao động tỉnh" in obligation.text else below).append(obligation)
        return own, below

    def _pass_on(self, assignment: Assignment, post: Post) -> int:
        children = dict.fromkeys(children_of(assignment.unit, moment(5, 17).date()), AssignmentRole.LEAD)
        task = reissue(assignment=assignment, units=children, actor=post, at=moment(5, 17))
        for one in task.assignments.select_related("unit"):
            acknowledge(assignment=one, actor=self._post_of(one.unit), at=moment(5, 18))
        return len(children)

    def record_activities(self) -> Counts:
        """Every unit logs what it did, on the day; local unions report their part of the task done."""
        kinds = {kind.code: kind for kind in ActivityType.objects.all()}
        rows = figures.activities()
        for row in self.progress(rows, "hoạt động", len(rows)):
            given = ActivityInput(
                held_on=row.on,
                values=row.values,
                facets=row.facets,
                title=row.title,
                partner_bodies=row.partners,
                partner_units=[self.units[code] for code in row.partner_units],
            )
            at = dt.datetime.combine(row.on, dt.time(16, 0), tzinfo=VN)
            log_activity(
                unit=self.units[row.unit],
                kind=kinds[row.kind],
                given=given,
                actor=self.posts[row.unit, "board"],
                at=at,
            )
        return {"activities": len(rows), "tasks_done": self._complete_tasks()}

    def _complete_tasks(self) -> int:
        """Local unions first, then the level above them, then the province's own plan; the silent stay open."""
        silent = [self.units[code].pk for code in (*figures.SILENT_LOCALS, SILENT_DISTRICT)]
        owed = Assignment.objects.exclude(state=AssignmentState.DONE).exclude(unit__in=silent)
        owed = owed.exclude(unit=self.units[PROVINCE]) | owed.filter(task__due__lt=moment(6, 1).date())
        mine = list(owed.select_related("unit__kind").order_by("-unit__kind__rank", "pk"))
        for assignment in self.progress(mine, "báo hoàn thành", len(mine)):
            note, at = _DONE[assignment.unit.kind.code]
            complete(assignment=assignment, note=note, actor=self._post_of(assignment.unit), at=at)
        return len(mine)

    def report(self) -> Counts:
        """Local unions, then the level above, then the province; one report is faulty, one is late."""
        counts = {"submitted": 0, "accepted": 0, "returned": 0, "slips_caught": 0}
        reporting = [unit for unit in reversed(units()) if unit.code not in figures.SILENT_LOCALS]
        for unit in self.progress(reporting, "báo cáo", len(reporting)):
            code, parent = unit.code, unit.parent
            at = moment(7, 10, 8) if code == figures.LATE_LOCAL else moment(7, 4 if parent else 6)
            report = self._draft(code, at)
            if code == figures.FAULTY_LOCAL:
                report = self._typed_in_millions(report, at, counts)
                report = self._returned_once(report, parent, at, counts)
            report = self._send(report, at)
            counts["submitted"] += 1
            if parent:
                accept(submission=report, actor=self.posts[parent, "board"], at=at + dt.timedelta(hours=2))
            counts["accepted"] += 1
        return counts

    def _draft(self, code: str, at: dt.datetime) -> Submission:
        unit = self.units[code]
        draft = open_draft(unit=unit, version=self.version, period=PERIOD, actor=self._reporter(code), at=at)
        words = _narrative(code)
        if not words:
            return draft
        changes = DraftChanges(edits=draft.edits, narrative=words)
        return save_draft(submission=draft, changes=changes, actor=self._reporter(code), at=at)

    def _typed_in_millions(self, draft: Submission, at: dt.datetime, counts: Counts) -> Submission:
        """The slip of the real report: an amount written out in đồng and called triệu. The cell stops it."""
        actor, right = self._reporter(figures.FAULTY_LOCAL), {"children_money": "1.200.000"}
        wrong = DraftChanges(edits=draft.edits, figures={"children_money": "1.200.000 triệu đồng"})
        try:
            draft = save_draft(submission=draft, changes=wrong, actor=actor, at=at)
        except InvalidInput:
            counts["slips_caught"] += 1
        return save_draft(
            submission=draft, changes=DraftChanges(edits=draft.edits, figures=right), actor=actor, at=at
        )

    def _returned_once(self, report: Submission, parent: str, at: dt.datetime, counts: Counts) -> Submission:
        """A figure differs from the unit's own register; the level above returns it with a reason at the cell."""
        actor = self._reporter(figures.FAULTY_LOCAL)
        recorded = format_cell(cells_of(report)["training_attended"], 0)
        wrong = DraftChanges(edits=report.edits, figures={"training_attended": "5"})
        sent = self._send(save_draft(submission=report, changes=wrong, actor=actor, at=at), at)
        reasons = {"training_attended": f"Sổ hoạt động ghi {recorded} lượt người, báo cáo ghi 5; xin kiểm tra lại."}
        above = self.posts[parent, "board"]
        back = send_back(submission=sent, reason="", by_cell=reasons, actor=above, at=at + dt.timedelta(hours=1))
        counts["returned"] += 1
        mended = DraftChanges(edits=back.edits, figures={"training_attended": recorded})
        return save_draft(submission=back, changes=mended, actor=actor, at=at + dt.timedelta(hours=1))

    def _send(self, draft: Submission, at: dt.datetime) -> Submission:
        code = self._code(draft.unit)
        ready = mark_ready(submission=draft, actor=self._reporter(code), at=at)
        return submit(submission=ready, actor=self.posts[code, "board"], at=at)

    def issue(self) -> Counts:
        """The province issues the consolidated report."""
        self.issued = issue_report(
            version=self.version,
            period=PERIOD,
            unit=self.units[PROVINCE],
            signer=self.posts[PROVINCE, "board"],
            actor=self.posts[PROVINCE, CLERK],
            at=moment(7, 12, 8),
        )
        behind = 1 + len(contributors_of(self.issued.seal))
        return {"contributors": behind, **words_of(self.issued.seal)["printed"]["coverage"]}

    def _reporter(self, code: str) -> Post:
        return self.posts[code, DEPARTMENT if code == PROVINCE else "board"]

    def _code(self, unit: Unit) -> str:
        return self.codes[unit.pk]

    def _post_of(self, unit: Unit) -> Post:
        return self.posts[self._code(unit), "board"]


def _narrative(code: str) -> dict[str, str]:
    """A few words from the level above local unions; the province's own words go into the issued report."""
    if code == PROVINCE:
        return {
            "danh_gia": (
                "Trong 6 tháng đầu năm 2018, các cấp công đoàn trong tỉnh đã tặng {{month_gifts}} quà Tháng Công "
                "nhân trị giá {{month_money}}, tổ chức {{dialogues}} đối thoại tại nơi làm việc "
                "({{dialogues.phan_tram_ke_hoach}}) và {{training_sessions}} tuyên truyền phòng, chống ma túy với "
                "{{training_attended}} dự ({{training_sessions.phan_tram_ke_hoach}}).\n"
                "Nguồn lực được ưu tiên cho đoàn viên có hoàn cảnh khó khăn và con của đoàn viên nghèo."
            ),
            "kien_nghi": "Đề nghị Tổng Liên đoàn hỗ trợ tài liệu tuyên truyền bằng hình ảnh cho ca làm việc đêm.",
        }
    if code.startswith("H") and "." not in code:
        return {"danh_gia": "Các công đoàn cơ sở đã tổ chức đủ các buổi tuyên truyền theo kế hoạch."}
    return {}
