"""The permission table: every page, and what each visitor is answered. Nothing is served that does not stand here.

Visitors are "signed_out" or the name of a post of the cast (tests/cast.py). A page about one object must say that
the stranger is answered 404. An area adds its rows here; `kwargs` may create what the address needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.cast import Cast
from tests.web.documents import rows as letters
from tests.web.org import places as decisions
from tests.web.reports import places
from tests.web.tasks import places as notes

SIGN_IN = 302  # signed out: sent to the sign-in page (the test checks the address)

Kwargs = Callable[[Cast], Mapping[str, object]]


def nothing(cast: Cast) -> Mapping[str, object]:
    """The address takes no argument."""
    return {}


@dataclass(frozen=True)
class Row:
    """One page: who gets which status. `data` is posted, or asked for as a query with GET."""

    name: str
    expect: Mapping[str, int]
    kwargs: Kwargs = nothing
    method: str = "get"
    data: Mapping[str, str] = field(default_factory=dict)


def seen(**others: int) -> Mapping[str, int]:
    """A page about one object: it does not exist for the stranger."""
    return {"signed_out": SIGN_IN, "stranger": 404, **others}


TABLE: tuple[Row, ...] = (
    Row("home", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("sign_in", {"signed_out": 200, "local_volunteer": 302}),
    Row("sign_out", {"signed_out": SIGN_IN, "local_volunteer": 302}, method="post"),
    Row("act_as", {"signed_out": SIGN_IN, "local_volunteer": 404}, method="post", data={"post": "không có"}),
    Row("language", {"signed_out": 302, "local_volunteer": 302}, method="post", data={"language": "en"}),
    Row("scene", {"signed_out": 404, "local_volunteer": 404}, method="post", data={"scene": "7/2025"}),
    Row("mail_choices", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200}),
    Row("calendar_address", {"signed_out": SIGN_IN, "stranger": 302}, method="post", data={"viec": "moi"}),
    Row("calendar", {"signed_out": 404, "stranger": 404, "clerk": 404}, lambda cast: {"secret": "khong-co"}),
    Row("styleguide", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200}),
    Row("styleguide_save", {"signed_out": SIGN_IN, "stranger": 200}, method="post", data={"edits": "1"}),
    Row("money_words", {"signed_out": SIGN_IN, "stranger": 200}, data={"so": "72.000.000"}),
    # Letters and tasks
    Row("documents:register", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("documents:find", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200}, data={"q": "an toàn"}),
    Row("documents:unresolved", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200}),
    Row("documents:citation", seen(clerk=200, commune_officer=404), letters.in_register),
    Row("documents:lineage", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.in_register),
    Row("documents:upload", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:outgoing", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:printed", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("documents:printed_pdf", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:printed_csv", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:printed_xlsx", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:petition", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:petition_line", seen(clerk=200, commune_officer=404), letters.petition),
    Row("documents:petition_void", seen(clerk=200, commune_officer=404), letters.petition),
    Row("documents:books", {"signed_out": SIGN_IN, "provincial_officer": 200, "clerk": 200}),
    Row("documents:close", seen(clerk=200, commune_officer=404), letters.begun, data={"so": "den"}),
    Row("documents:reserve", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:block", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.block),
    Row("documents:block_end", seen(clerk=200, commune_officer=404), letters.block),
    Row("documents:discard", seen(clerk=200, commune_officer=404), letters.waiting),
    Row("documents:line", seen(clerk=200, commune_officer=404), letters.in_register),
    Row("documents:document", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.in_register),
    Row("documents:today", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("documents:acknowledge_all", {"signed_out": SIGN_IN, "stranger": 302, "clerk": 302}, method="post"),
    Row("documents:acknowledge", seen(clerk=302, commune_officer=404), letters.in_register, "post"),
    Row("documents:amend", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.in_register),
    Row("documents:copy", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.in_register),
    Row("documents:copy_paper", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.copy_sheet),
    Row("documents:original", seen(clerk=200, local_volunteer=404), letters.in_register),
    Row("documents:searchable", seen(clerk=404, local_volunteer=404), letters.in_register),
    Row("documents:scan", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.scan),
    Row("documents:scan_again", seen(clerk=302, provincial_officer=302, commune_officer=404), letters.scan, "post"),
    Row("documents:scan_drop", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.scan),
    Row("documents:page_picture", seen(clerk=200, local_volunteer=404), letters.printed),
    Row("documents:confirm", seen(clerk=200, provincial_officer=200, commune_officer=404), letters.waiting),
    Row("documents:void", seen(clerk=200, commune_officer=404), letters.in_register),
    Row("tasks:index", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("tasks:assign", seen(provincial_officer=200, clerk=200, commune_officer=404), letters.in_register),
    Row("tasks:obligation_add", seen(clerk=200, commune_officer=404), letters.in_register),
    Row("tasks:obligation_edit", seen(clerk=200, commune_officer=404), letters.obligation),
    Row("tasks:obligation_drop", seen(clerk=200, commune_officer=404), letters.obligation),
    Row("tasks:status", seen(provincial_officer=200, commune_officer=200, local_volunteer=200), letters.task),
    Row("tasks:remind", seen(commune_officer=302, provincial_officer=403), letters.task, "post"),
    Row("tasks:assignment", seen(local_volunteer=200, commune_officer=200), letters.at_local),
    Row("tasks:acknowledge", seen(local_volunteer=302, commune_officer=403), letters.at_local, "post"),
    Row("tasks:pass_on", seen(commune_officer=200, local_volunteer=404), letters.at_commune),
    Row("tasks:complete", seen(local_volunteer=200, commune_officer=200), letters.at_local),
    Row("tasks:ask_extension", seen(local_volunteer=200, provincial_officer=200), letters.at_local),
    Row("tasks:answer_extension", seen(provincial_officer=200, commune_officer=404), notes.extension),
    Row("tasks:reopen", seen(commune_officer=200, local_volunteer=200), letters.at_local),
    Row("tasks:instruct", seen(provincial_officer=200, clerk=200, commune_officer=404), letters.in_register),
    Row("tasks:find_units", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}, data={"tim": "an hải"}),
    Row("tasks:slip", seen(clerk=200, provincial_officer=200, commune_officer=404), notes.instructed),
    Row("tasks:slip_pdf", seen(clerk=200, commune_officer=404), notes.instructed),
    Row("tasks:withdraw", seen(clerk=200, commune_officer=404), notes.instruction),
    Row("tasks:link_answer", seen(clerk=200, commune_officer=404), notes.instructed),
    Row("tasks:unlink_answer", seen(clerk=302, commune_officer=404), notes.answered, "post"),
    Row("tasks:name_handler", seen(local_volunteer=200, commune_officer=200), letters.at_local),
    Row("tasks:propose", seen(local_volunteer=200, commune_officer=200), letters.at_local),
    Row("tasks:followup", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("tasks:followup_csv", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("tasks:followup_xlsx", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("tasks:followup_pdf", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("tasks:evidence", seen(local_volunteer=200, commune_officer=200), letters.paper),
    # Activities and reports
    Row("activities:list", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("activities:record", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("activities:find_partners", {"signed_out": SIGN_IN, "stranger": 200, "provincial_officer": 200}),
    Row("activities:read_amount", {"signed_out": SIGN_IN, "stranger": 404}),
    Row("activities:detail", seen(local_volunteer=200, commune_officer=200, clerk=200), places.activity),
    Row("activities:withdraw", seen(local_volunteer=422, commune_officer=422), places.activity, "post"),
    Row("activities:paper", seen(local_volunteer=200, commune_officer=200), places.paper),
    Row("reports:mine", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("reports:open", {"signed_out": SIGN_IN, "stranger": 422, "clerk": 403}, method="post"),
    Row("reports:report", seen(local_volunteer=200, commune_officer=404), places.own_draft),
    Row("reports:report", seen(local_volunteer=200, commune_officer=200, clerk=200), places.waiting),
    Row("reports:sources", seen(local_volunteer=200, commune_officer=404), places.own_cell),
    Row(
        "reports:covers", {**seen(commune_officer=200, provincial_officer=404), "clerk": 403}, places.commune_draft
    ),
    Row("reports:enter", {**seen(commune_officer=200, local_volunteer=404), "clerk": 403}, places.not_reported),
    Row("reports:confirm_entered", seen(local_volunteer=302, commune_officer=403), places.entered, "post"),
    Row("reports:print", seen(local_volunteer=200, commune_officer=200), places.print_file),
    Row("reports:attach_signed", seen(local_volunteer=302, commune_officer=403), places.waiting, "post"),
    Row("reports:paper", seen(local_volunteer=200, commune_officer=200), places.entered_paper),
    Row("reports:excel", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 403}),
    Row("reports:excel", {"signed_out": SIGN_IN, "stranger": 422, "clerk": 403}, method="post"),
    Row("reports:form_file", {**seen(local_volunteer=200, commune_officer=200), "clerk": 403}, places.not_reported),
    Row("reports:branch_file", {**seen(commune_officer=200, local_volunteer=404), "clerk": 403}, places.branch),
    Row("reports:check", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("reports:check", seen(local_volunteer=404), data={"ma": "0123456789ab"}),
    Row("reports:queue", {"signed_out": SIGN_IN, "stranger": 200, "commune_officer": 200, "clerk": 403}),
    Row("reports:accept_clean", {"signed_out": SIGN_IN, "stranger": 302, "clerk": 403}, method="post"),
    Row("reports:review", {**seen(commune_officer=200, provincial_officer=302), "clerk": 403}, places.waiting),
    Row("reports:changed", {"signed_out": SIGN_IN, "stranger": 200, "commune_officer": 200, "clerk": 200}),
    Row("reports:answer", seen(provincial_officer=302, commune_officer=404), places.changed, "post", places.KEEP),
    Row("reports:consolidated_start", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200}),
    Row("reports:over_time", seen(commune_officer=200, clerk=200, local_volunteer=404), places.branch),
    Row("reports:consolidated", seen(commune_officer=200, clerk=200, local_volunteer=404), places.branch),
    Row("reports:consolidated_csv", seen(commune_officer=200, local_volunteer=404), places.branch),
    Row("reports:drill", seen(commune_officer=200, local_volunteer=404), places.figure),
    Row("reports:drill_pdf", seen(commune_officer=200, local_volunteer=404), places.figure),
    Row("reports:why", seen(commune_officer=200, local_volunteer=404), places.figure),
    Row("reports:issue", seen(clerk=200, provincial_officer=200, commune_officer=404), places.to_issue),
    Row("reports:draft_file", seen(clerk=200, provincial_officer=200, commune_officer=404), places.draft_file),
    Row("reports:signing", seen(clerk=200, provincial_officer=200, commune_officer=404), places.signing),
    Row("reports:signing", seen(clerk=422, commune_officer=404), places.signing, "post"),
    Row("reports:signing_file", seen(clerk=200, commune_officer=404), places.signing_file),
    Row("reports:signed_copy", seen(clerk=404, commune_officer=404), places.issued),
    Row("reports:issued", seen(clerk=200, provincial_officer=200, commune_officer=404), places.issued),
    Row("analytics:start", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("analytics:table", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("analytics:export", {"signed_out": SIGN_IN, "stranger": 422, "clerk": 422}, method="post"),
    Row("analytics:save", {"signed_out": SIGN_IN, "stranger": 422, "clerk": 422}, method="post"),
    Row("analytics:opened", seen(provincial_officer=302, clerk=302, commune_officer=404), places.analysis),
    Row("analytics:delete", seen(provincial_officer=302, commune_officer=404), places.analysis, "post"),
    Row("reports:issued_file", seen(clerk=200, commune_officer=404), places.issued_file),
    # Decisions on the organisation
    Row("org:events", {"signed_out": SIGN_IN, "stranger": 200, "clerk": 200}),
    Row("org:enter", {"signed_out": SIGN_IN, "stranger": 403, "clerk": 403, "provincial_officer": 403}),
    Row("org:event", seen(clerk=200, provincial_officer=200, local_volunteer=200), decisions.event),
    Row("org:undo", seen(clerk=403, provincial_officer=403), decisions.event, "post"),
    Row("org:book", seen(clerk=200, provincial_officer=200), decisions.book),
)
