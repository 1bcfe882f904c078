"""The table of rights: of each kind of thing of the commune, who is told of it on each way out, and nobody else.

Visitors by how they stand to the commune (see `people`); a way that is not named tells nobody. `former`, whose post
ended a moment ago, `signed_out` and the other commune's `sibling` and `cousin` stand in no row but of what is
everybody's. The assistant `delegate` holds one role lent; his own post's token reads no contents, so that no API
stands for him.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.rights.people import ABOVE, AUDITOR, BELOW, DELEGATE, KEEPER, OWN
from tests.rights.ways import API, FEED, FILES, LISTS, MAIL, NOTICES, SEARCH, SUGGEST
from tests.rights.ways import OWN as PAGE

Row = Mapping[str, tuple[str, ...]]
ONE = (OWN,)
HERE = (OWN, DELEGATE)
UNDER = (BELOW,)
DOWN = (OWN, BELOW, DELEGATE)
UP = (OWN, ABOVE, DELEGATE)
LINE = (OWN, ABOVE, BELOW, DELEGATE)
OFFICE = (OWN, ABOVE, DELEGATE, KEEPER, AUDITOR)
ALL = (OWN, ABOVE, BELOW, DELEGATE, KEEPER, AUDITOR)
# By a token of the post itself: the assistant's own reads no contents.
UPPER = (OWN, ABOVE)
LINED = (OWN, ABOVE, BELOW)

TABLE: Mapping[str, Row] = {
    "letter": {PAGE: LINE, LISTS: HERE, FILES: HERE, SEARCH: UP, API: LINED},
    "waiting_letter": {PAGE: HERE, LISTS: ONE, SEARCH: HERE, API: ONE, MAIL: ONE},
    "sent_letter": {PAGE: UP, LISTS: HERE, FILES: HERE, SEARCH: UP, API: UPPER},
    "scan": {PAGE: ONE, LISTS: ONE},
    "petition": {PAGE: ONE, LISTS: ONE, FILES: ONE},
    "block": {PAGE: ONE, LISTS: ONE},
    "obligation": {PAGE: UP, SEARCH: HERE, API: LINED},
    "task": {PAGE: LINE, LISTS: LINE, FILES: LINE, SEARCH: LINE, API: LINED, NOTICES: UNDER},
    "assignment": {
        PAGE: LINE,
        LISTS: LINE,
        FILES: LINE,
        SEARCH: LINE,
        API: LINED,
        MAIL: DOWN,
        FEED: DOWN,
        NOTICES: DOWN,
    },
    "given_back": {
        PAGE: HERE,
        LISTS: LINE,
        FILES: LINE,
        SEARCH: LINE,
        API: LINED,
        MAIL: DOWN,
        FEED: DOWN,
        NOTICES: DOWN,
    },
    "questionnaire": {PAGE: LINE},
    "whole_branch": {PAGE: UP, LISTS: HERE, SEARCH: HERE, API: LINED},
    "instruction": {PAGE: UP, LISTS: UP, FILES: UP, SEARCH: HERE, API: UPPER, MAIL: HERE},
    "announcement": {PAGE: LINE, LISTS: UNDER, SEARCH: DOWN, API: LINED, MAIL: UNDER, NOTICES: UNDER},
    "activity": {PAGE: UP, LISTS: UP, SEARCH: HERE, API: UPPER, MAIL: HERE, FEED: UPPER},
    "waiting_photo": {PAGE: HERE},
    "planned": {PAGE: UP, LISTS: HERE, FEED: UPPER},
    "campaign": {PAGE: LINE, LISTS: LINE, SEARCH: LINE, API: LINED, NOTICES: UNDER},
    "material": {PAGE: LINE, API: LINED},
    "drafted_campaign": {PAGE: HERE, LISTS: HERE, SEARCH: HERE, API: ONE},
    "closing_report": {PAGE: HERE},
    "draft": {PAGE: HERE, LISTS: HERE, API: ONE, FEED: HERE},
    "report": {PAGE: UP, LISTS: HERE, API: UPPER, NOTICES: HERE},
    "total": {PAGE: UP, LISTS: UP, API: UPPER},
    "signing": {PAGE: HERE, LISTS: HERE},
    "issued": {PAGE: UP},
    "target": {PAGE: HERE},
    "analysis": {PAGE: HERE, LISTS: HERE},
    "template_draft": {PAGE: ONE, LISTS: ONE},
    "unit": {PAGE: OFFICE, LISTS: OFFICE, SEARCH: OFFICE, SUGGEST: OFFICE, API: OFFICE},
    "post": {PAGE: (OWN, ABOVE, KEEPER), LISTS: ALL, FILES: ALL, SEARCH: ALL, API: ALL},
    "delegation": {LISTS: UP},
}

# Models with an address, by the kind above that each one is.
WHOLE: Mapping[str, str] = {
    "Document": "letter",
    "Scan": "scan",
    "ReservedBlock": "block",
    "Obligation": "obligation",
    "Task": "task",
    "Assignment": "assignment",
    "Redirection": "given_back",
    "Questionnaire": "questionnaire",
    "FanOut": "whole_branch",
    "Instruction": "instruction",
    "Announcement": "announcement",
    "Activity": "activity",
    "WaitingPhoto": "waiting_photo",
    "PlannedActivity": "planned",
    "Campaign": "campaign",
    "Material": "material",
    "ClosingReport": "closing_report",
    "Submission": "report",
    "SigningDraft": "signing",
    "IssuedReport": "issued",
    "SavedAnalysis": "analysis",
    "TemplateDraft": "template_draft",
    "Unit": "unit",
    "Post": "post",
    "Delegation": "delegation",
}
# Models that are reached through a kind above and have no page of their own.
PARTS: Mapping[str, str] = {
    "Extension": "assignment",
    "StoredFile": "task",
    "Seal": "signing",
    "StaleFlag": "signing",
}
# Models whose rows are nobody's but one account's or one post's, or the operator's: by the file that holds it.
ELSEWHERE: Mapping[str, str] = {
    "Account": "tests/access/test_accounts.py",
    "Person": "tests/access/test_accounts.py",
    "Device": "tests/access/test_devices.py",
    "Identity": "tests/web/test_single_sign_on.py",
    "ApiToken": "tests/web/test_tokens.py",
    "SavedView": "tests/web/permissions.py",
    "Handover": "tests/web/permissions.py",
    "Reorganisation": "tests/web/permissions.py",
    "HistoryFile": "tests/exchange/test_history.py",
}
# Addresses that open without signing in, and why.
OPEN: Mapping[str, str] = {
    "sign_in": "the door",
    "use_code": "the door",
    "mfa_authenticate": "the door",
    "passkey_sign_in": "the door",
    "single_sign_on": "the door",
    "openid_connect_callback": "the door",
    "language": "how a page is shown",
    "scene": "the clock of a demonstration",
    "manifest": "the program on a telephone",
    "worker": "the program on a telephone",
    "waiting": "the program on a telephone",
    "ticket": "the program on a telephone",
    "calendar": "a secret address of one account, asked in the table as a feed",
    "activities:feed": "a secret address of one account, asked in the table as a feed",
    "campaign_front": "a poster's address: what the campaign shows to everybody",
    "campaign_quiz": "a poster's address: what the campaign shows to everybody",
    "campaign_reading": "a poster's address: what the campaign shows to everybody",
}
