"""What pages do for a post and the API does not yet, with the reason: a test holds that none is forgotten.

Pages that act for no post (sign-in, password, display) are the account's own; tokens belong to posts.
"""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.core.said import Said

BROWSER = Said("việc của chính trang: hiển thị, danh sách chọn, trợ giúp", "the pages' own: display, lists, help")
PAPER = Said("bản in hoặc tệp của những gì API trả dạng dữ liệu", "paper or file of what the API answers as data")
LOOKUP = Said("mảnh trang giúp gõ; API nhận thẳng giá trị", "a fragment that helps typing; the API takes the value")
EYES = Said("cần mắt người đối chiếu trước khi ghi", "a person has to look at it before it is written")
TRUST = Said(
    "phân công, ủy quyền, mã truy cập, sắp xếp tổ chức, nhật ký: không giao cho chương trình",
    "appointing, delegating, tokens, reorganising, the log: not for programs",
)
LATER = Said("chưa làm", "not made yet")


def _in(area: str, names: str) -> tuple[str, ...]:
    """The names of one area's pages."""
    return tuple(f"{area}:{name}" for name in names.split())


NOT_YET: Mapping[Said, tuple[str, ...]] = {
    BROWSER: (
        "styleguide",
        "styleguide_save",
        "notices_read",
        "mail_choices",
        "mail_again",
        "calendar_address",
        "help:start",
        "help:dismiss",
        *_in("saved", "index save change"),
        *_in("reports", "overview_start consolidated_start"),
        *_in("documents", "page_picture"),
        *_in("activities", "thumbnail"),
        "plans:start",
        "campaigns:choose",
        "analytics:start",
    ),
    PAPER: (
        *_in("documents", "printed printed_pdf printed_csv printed_xlsx copy_paper searchable"),
        *_in("tasks", "heat_csv heat_xlsx slip_pdf followup_csv followup_xlsx followup_pdf status_file"),
        *_in("questions", "results_file"),
        *_in("campaigns", "poster poster_pdf code report_file results_csv results_xlsx"),
        *_in("reports", "brief brief_pdf overview_map overview_figures print form_file branch_file draft_file"),
        *_in("reports", "signing_file"),
        *_in("org", "directory_pdf directory_xlsx minutes book"),
        *_in("design", "draft_file file"),
        *_in("analytics", "export"),
        "plans:csv",
    ),
    LOOKUP: (
        "money_words",
        *_in("announcements", "find_units"),
        *_in("questions", "read_amount"),
        *_in("tasks", "find_units"),
        *_in("activities", "find_partners read_amount"),
        "reports:check",
    ),
    EYES: (
        *_in("documents", "confirm amend unresolved citation scan scan_again scan_drop petition petition_line"),
        *_in("documents", "petition_void"),
        *_in("activities", "photos waiting_photo"),
        *_in("reports", "signing signed_copy excel own_table"),
        "plans:upload",
    ),
    TRUST: (
        "tokens",
        "token_revoke",
        *_in("log", "index file sight own_sight"),
        *_in("org", "delegations delegate end_delegation posts post_create post reissue days_off days_off_drop"),
        *_in("org", "vacancies appoint events enter event undo"),
    ),
    LATER: (
        "notices",
        *_in("announcements", "not_read remind correct withdraw"),
        *_in("documents", "outgoing books close reserve block block_end today acknowledge_all acknowledge"),
        *_in("documents", "lineage copy discard line void"),
        *_in("questions", "make drop report results answer save"),
        *_in("tasks", "fan_out fan_out_progress fan_out_cancel heat obligation_add instruct slip link_answer"),
        *_in("tasks", "unlink_answer withdraw followup obligation_edit obligation_drop stop_recurring"),
        *_in("tasks", "remind answer_give_back give_back name_handler propose"),
        *_in("activities", "batch plan planned calendar feed answer"),
        *_in("campaigns", "create start edit goals measures open extend cancel close material_add"),
        *_in("campaigns", "material_revise material_withdraw quiz_add quiz question question_drop quiz_open"),
        *_in("campaigns", "quiz_close report report_draft report_number report_back report_signed report_sources"),
        "plans:give",
        *_in("reports", "changed answer overview overview_who why issue issued issued_file enter compare covers"),
        *_in("reports", "confirm_entered attach_signed paper"),
        *_in("analytics", "table save opened delete"),
        *_in("design", "index library survey begin upload draft undo drop preview publish single section list"),
        *_in("design", "withdraw compare"),
        "org:changes",
    ),
}
