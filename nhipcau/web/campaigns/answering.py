"""The quiz on a phone: answered without an account, marked at once, and forgotten but for the totals.

No cookie is set and no token of a session asked for, since nobody's rights are used: each form brings a number of
its own, signed, by which a form sent twice is counted once. The number is drawn for the form, not for a person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from nhipcau.campaigns import queries
from nhipcau.campaigns.models import Campaign, QuizEdition
from nhipcau.campaigns.questions import Question, questions_of
from nhipcau.campaigns.tally import count_answers, open_edition
from nhipcau.core.text import whole
from nhipcau.web.campaigns.brake import Brake
from nhipcau.web.declare import FORM, public
from nhipcau.web.request import AnyRequest

STRETCH = 600  # seconds
MOST = 600  # from one address: a whole workshop answers behind one
_hands, _forms = Brake(MOST, STRETCH), Brake(1, STRETCH)
_signer = Signer(salt="nhipcau.quiz-form")


@dataclass(frozen=True)
class Asked:
    """A question as the page shows it: its place from 1, what was chosen, whether that is missing."""

    number: int
    question: Question
    chosen: int | None
    missing: bool = False

    @property
    def is_right(self) -> bool:
        return self.chosen == self.question.right

    @property
    def right_choice(self) -> str:
        return self.question.choices[self.question.right]


@public(methods=FORM)
@csrf_exempt
def quiz(request: AnyRequest, token: str, number: int) -> HttpResponse:
    """The questions; once answered, what is right and why."""
    campaign = queries.public_campaign(token)
    edition = open_edition(campaign, number)
    if request.method != "POST":
        return _form(request, campaign, edition, _asked(request, edition, sent=False))
    asked = _asked(request, edition, sent=True)
    form = _number(request.POST.get("phieu", ""))
    if form is None or request.POST.get("ban") != str(edition.number):
        return _form(request, campaign, edition, asked, _("Bài vừa có bản mới hoặc trang mở đã lâu; hãy gửi lại."))
    if any(one.missing for one in asked):
        return _form(request, campaign, edition, asked, _("Còn câu chưa chọn; hãy chọn rồi gửi lại."))
    at = request.moment.timestamp()
    if not _hands.allows(request.META.get("REMOTE_ADDR", ""), at):
        wait = _("Có quá nhiều bài gửi cùng lúc. Hãy đợi ít phút rồi bấm gửi lại; các câu đã chọn vẫn còn đây.")
        return _form(request, campaign, edition, asked, wait, status=429)
    if _forms.first(form, at):
        count_answers(edition, [one.chosen for one in asked if one.chosen is not None])
    return _marked(request, campaign, edition, asked)


def _asked(request: AnyRequest, edition: QuizEdition, *, sent: bool) -> list[Asked]:
    found = []
    for number, question in enumerate(questions_of(edition.questions), start=1):
        typed = request.POST.get(f"cau-{number}", "")
        chosen = whole(typed, len(question.choices) - 1)
        found.append(Asked(number, question, chosen, missing=sent and chosen is None))
    return found


def _number(signed: str) -> str | None:
    try:
        return _signer.unsign(signed)
    except BadSignature:
        return None


def _form(
    request: AnyRequest,
    campaign: Campaign,
    edition: QuizEdition,
    asked: list[Asked],
    fault: str = "",
    status: int = 422,
) -> HttpResponse:
    context = {
        "campaign": campaign,
        "edition": edition,
        "asked": asked,
        "fault": fault,
        "form_number": _signer.sign(secrets.token_hex(16)),
    }
    return _kept_nowhere(render(request, "web/campaigns/quiz.html", context, status=status if fault else 200))


def _marked(request: AnyRequest, campaign: Campaign, edition: QuizEdition, asked: list[Asked]) -> HttpResponse:
    right = sum(one.is_right for one in asked)
    context = {"campaign": campaign, "edition": edition, "asked": asked, "right": right}
    return _kept_nowhere(render(request, "web/campaigns/quiz_marked.html", context))


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"  # a shared phone shows nobody the last one's answers
    return response
