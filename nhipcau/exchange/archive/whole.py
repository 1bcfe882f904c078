"""That nothing is forgotten: for every table of the database the file it leaves in, or why it stays.

A test goes through all models; a new one that stands in neither list fails it.
"""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.core.said import Said

_REPORTS, _TEMPLATES = "reports/", "templates/"
LEAVES_IN: Mapping[str, str] = {
    "audit.entry": "log.jsonl",
    "audit.head": "manifest.json",
    "org.unitkind": "unit_kinds.csv",
    "org.unit": "units.csv",
    "org.unitname": "units.csv",
    "org.placement": "placements.csv",
    "org.person": "appointments.csv",
    "org.post": "posts.csv",
    "org.appointment": "appointments.csv",
    "org.handover": "handovers.csv",
    "org.delegation": "delegations.csv",
    "org.reorganisation": "reorganisations.csv",
    "org.succession": "successions.csv",
    "org.dayoverride": "working_days.csv",
    "documents.storedfile": "files/",
    "documents.document": "documents.csv",
    "documents.citation": "citations.csv",
    "documents.amendment": "amendments.csv",
    "documents.register": "books.csv",
    "documents.reservedblock": "reserved_blocks.csv",
    "documents.registerentry": "registers.csv",
    "documents.madecopy": "copies.csv",
    "tasks.announcement": "announcements.csv",
    "tasks.announcementfile": "announcement_files.csv",
    "tasks.correction": "announcement_corrections.csv",
    "tasks.receipt": "announcement_read.csv",
    "tasks.obligation": "obligations.csv",
    "tasks.task": "tasks.csv",
    "tasks.assignment": "assignments.csv",
    "tasks.assignmentevidence": "assignments.csv",
    "tasks.fanout": "fan_outs.csv",
    "tasks.handover": "passed_on.csv",
    "tasks.reminder": "reminders.csv",
    "tasks.extension": "extensions.csv",
    "tasks.instruction": "instructions.csv",
    "tasks.instructedunit": "instructed_units.csv",
    "tasks.handling": "handling.csv",
    "tasks.answer": "answering_letters.csv",
    "tasks.redirection": "given_back.csv",
    "tasks.questionnaire": "questions.csv",
    "tasks.question": "questions.csv",
    "tasks.answersheet": "answers.csv",
    "activities.activitytype": "activity_types.csv",
    "activities.activity": "activities.csv",
    "activities.activitychange": "activity_changes.csv",
    "activities.activitypartner": "activity_partners.csv",
    "activities.plannedactivity": "planned_activities.csv",
    "activities.activityevidence": "activities.csv",
    "campaigns.campaign": "campaigns.csv",
    "campaigns.campaigntype": "campaign_types.csv",
    "campaigns.campaigngoal": "campaign_goals.csv",
    "campaigns.campaignsession": "campaign_sessions.csv",
    "campaigns.campaignstep": "campaign_steps.csv",
    "campaigns.material": "materials.csv",
    "campaigns.materialversion": "materials.csv",
    "campaigns.quiz": "quizzes.csv",
    "campaigns.quizedition": "quiz_counts.csv",
    "campaigns.closingreport": "campaign_reports.csv",
    "campaigns.closingsource": "campaign_report_sources.csv",
    "reports.reporttemplate": _TEMPLATES,
    "reports.templateversion": _TEMPLATES,
    "reports.submission": _REPORTS,
    "reports.submissionsource": _REPORTS,
    "reports.submission_covers": _REPORTS,
    "reports.historyfile": "old_files.csv",
    "reports.returnreason": "report_returns.csv",
    "reports.submissionpaper": "report_papers.csv",
    "reports.seal": "seals.csv",
    "reports.staleflag": "changed_after.csv",
    "reports.issuedreport": "issued_reports.csv",
    "reports.signingdraft": "signing_drafts.csv",
    "reports.target": "plans.csv",
    "analytics.savedanalysis": "analyses.csv",
    "exchange.learnttable": "own_tables.csv",
}

_DERIVED = Said("tính lại được từ những gì mang đi", "worked out again from what leaves")
_SECRET = Said("việc đăng nhập và thư gửi đi, không phải hồ sơ", "sign-in and mail on its way, not records")
_MACHINE = Said("việc máy đang làm dở", "work of the machine under way")
_UNFINISHED = Said("chưa xong, của riêng người đang làm", "unfinished, of whoever is at it")
_PERSONAL = Said("của riêng từng tài khoản, không phải hồ sơ", "each account's own, not records")
_ADDRESSED = Said("gửi tới đâu, tính theo cây từng ngày", "to whom it goes, by the tree of the day")
_UNUSED = Said("của khung phần mềm, không dùng", "of the framework, not used")

STAYS: Mapping[str, Said] = {
    "outbox.job": _MACHINE,
    "outbox.mail": _SECRET,
    "org.closure": _DERIVED,
    "org.treeversion": _DERIVED,
    "org.reorganisationwork": _DERIVED,
    "access.account": _SECRET,
    "access.readnotice": _PERSONAL,
    "access.savedview": _PERSONAL,
    "documents.searchrow": _DERIVED,
    "documents.textprint": _DERIVED,
    "documents.scan": _UNFINISHED,
    "tasks.announcement_branches": _ADDRESSED,
    "tasks.announcement_kinds": _ADDRESSED,
    "tasks.addressedrole": _ADDRESSED,
    "tasks.unreached": _DERIVED,
    "tasks.instruction_tasks": _DERIVED,
    "activities.waitingphoto": _UNFINISHED,
    "campaigns.campaign_branches": _ADDRESSED,
    "reports.templatedraft": _UNFINISHED,
    "reports.draftmove": _UNFINISHED,
    "reports.unsettled": _DERIVED,
    "reports.totals": _DERIVED,
    "reports.nodetotal": _DERIVED,
    "reports.dirtymark": _DERIVED,
    "auth.permission": _UNUSED,
    "auth.group_permissions": _UNUSED,
    "auth.group": _UNUSED,
    "contenttypes.contenttype": _UNUSED,
    "sessions.session": _SECRET,
}
