"""Proof of the drafts that went out for signature: their words, state and signed copy are what the log says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from nhipcau.audit.models import Entry
from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.reports.issuing.signing import digest_of_words
from nhipcau.reports.models import IssuedReport, SigningDraft, SigningState

CHUNK = 200
# The last of these steps in the log says which states a draft can be in; issuing is logged with the report.
STATES = {
    "reports.signing_opened": (SigningState.OUT, SigningState.ISSUED),
    "reports.read_back": (SigningState.OUT, SigningState.ISSUED),
    "reports.numbered": (SigningState.NUMBERED, SigningState.ISSUED),
    "reports.copy_attached": (SigningState.ISSUED,),
    "reports.signing_withdrawn": (SigningState.WITHDRAWN,),
}


class SigningProof:
    """Every draft, against the last step that the log has of it."""

    name = "signing"
    label = "Bản trình ký"

    def size(self) -> int:
        """How many drafts there are."""
        return SigningDraft.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """In the order they were opened, some hundred at a time."""
        rows = SigningDraft.objects.select_related("document").order_by("pk").iterator(CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            last = _last_steps(chunk)
            copies = _copies(chunk)
            for draft in chunk:
                yield from _draft(draft, last.get(_where(draft)), copies)
            step(len(chunk))


def _where(draft: SigningDraft) -> str:
    return f"signing:{draft.uid}"


def _last_steps(drafts: list[SigningDraft]) -> dict[str, Entry]:
    acts = Entry.objects.filter(object__in=[_where(draft) for draft in drafts], action__in=STATES)
    return {act.object: act for act in acts.order_by("pk")}


def _copies(drafts: list[SigningDraft]) -> dict[int, str]:
    """SHA-256 of the signed copy by letter."""
    issued = IssuedReport.objects.filter(document__in=[draft.document_id for draft in drafts])
    return {
        one.document_id: one.signed_copy.sha256 for one in issued.select_related("signed_copy") if one.signed_copy
    }


def _draft(draft: SigningDraft, act: Entry | None, copies: dict[int, str]) -> Iterator[Difference]:
    name = f"Bản trình ký kỳ {draft.period}" + (f", số {draft.document.number}" if draft.document else "")
    if act is None:
        yield _differs(draft, "có trong nhật ký", "không có", f"{name}: nhật ký không ghi lần mở bản này.")
        return
    if draft.state not in STATES[act.action]:
        yield _differs(
            draft,
            " | ".join(STATES[act.action]),
            draft.state,
            f"{name} mang trạng thái «{draft.get_state_display()}», nhật ký ghi khác: đã bị sửa.",
        )
    told, words = _told(act), digest_of_words(draft.narrative)
    if told.get("words") != words:
        yield _differs(draft, str(told.get("words"))[:16], words[:16], f"{name}: lời văn khác với nhật ký.")
    copy = copies.get(draft.document_id or 0, "")
    if act.action == "reports.copy_attached" and told.get("file") != copy:
        yield _differs(draft, str(told.get("file"))[:16], copy[:16], f"{name}: bản đã ký, đóng dấu đã bị thay.")


def _told(act: Entry) -> dict[str, object]:
    try:
        data = json.loads(act.data)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _differs(draft: SigningDraft, expected: str, found: str, message: str) -> Difference:
    return Difference(SigningProof.name, _where(draft), expected, found, message)
