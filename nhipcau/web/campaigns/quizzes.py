"""Writing a quiz, opening it, reading its totals."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.campaigns import queries
from nhipcau.campaigns.models import CampaignState, Quiz
from nhipcau.campaigns.questions import MOST, Question, questions_of
from nhipcau.campaigns.quizzes import close_quiz, create_quiz, drop_question, open_quiz, put_question
from nhipcau.campaigns.tally import STEP
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.text import whole
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import EditForm


class TitleForm(PageForm):
    """What the quiz is called."""

    title = forms.CharField(
        label=gettext_lazy("Tên bài trắc nghiệm"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Mười câu về an toàn điện."),
    )


class QuestionForm(EditForm):
    """One question of knowledge, its answers, which one is right and why."""

    text = forms.CharField(label=gettext_lazy("Câu hỏi"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    right = forms.ChoiceField(label=gettext_lazy("Phương án đúng"), widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=gettext_lazy("Vì sao đúng"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Người làm bài đọc được ngay sau khi gửi."),
    )
    source = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Luật, điều, tài liệu; chỉ ghi khi chắc chắn."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST + 1):
            label = _("Phương án %(n)s") % {"n": number}
            self.fields[f"choice_{number}"] = forms.CharField(label=label, max_length=250, required=number <= 2)
        options = [(str(n), _("Phương án %(n)s") % {"n": n + 1}) for n in range(MOST)]
        self.fields["right"].choices = options  # type: ignore[attr-defined]
        self.order_fields(["text", *(f"choice_{n}" for n in range(1, MOST + 1)), "right", "explanation", "source"])

    def question(self) -> Question:
        """What the domain takes; only after `is_valid`. Empty answers at the end fall away."""
        data = self.cleaned_data
        given = [data[f"choice_{number}"] for number in range(1, MOST + 1)]
        while given and not given[-1]:
            given.pop()
        return Question(
            text=" ".join(data["text"].split()),
            choices=tuple(given),
            right=int(data["right"]),
            explanation=" ".join(data["explanation"].split()),
            source=data["source"],
        )


@dataclass(frozen=True)
class Counted:
    """A question with how often each answer was taken."""

    number: int
    question: Question
    rows: list[tuple[str, int, bool]]


@page(methods=FORM)
def add(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """A new quiz of the campaign."""
    campaign = queries.get_own_campaign(request.scope, uid)
    form = TitleForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = create_quiz(
                campaign=campaign, title=form.cleaned_data["title"], actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            return redirect("campaigns:quiz", uid=uid, number=made.number)
    context = {"campaign": campaign, "form": form}
    return render(request, "web/campaigns/quiz_add.html", context, status=422 if form.errors else 200)


@page()
def quiz(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """The questions, the address, and the totals in whole tens."""
    campaign = queries.get_campaign_for(request.scope, uid)
    found = queries.get_quiz(campaign, number)
    own = campaign.unit_id == request.scope.unit.pk
    newest = found.editions.first()
    if not own and newest is None:
        raise NotFound("Không có bài trắc nghiệm này trong chiến dịch.")
    context = {
        "campaign": campaign,
        "quiz": found,
        "questions": list(enumerate(questions_of(found.questions), start=1)) if own else [],
        "may_edit": own and campaign.state in (CampaignState.DRAFT, CampaignState.OPEN),
        "may_open": own and campaign.state == CampaignState.OPEN and _differs(found),
        "edition": newest,
        "counted": _counted(found),
        "step": STEP,
        "address": _address(found) if found.state == "open" else "",
    }
    return render(request, "web/campaigns/quiz_page.html", context)


@page(methods=FORM)
def question(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Write one question: a new one, or the one at `?cau=`."""
    campaign = queries.get_own_campaign(request.scope, uid)
    found = queries.get_quiz(campaign, number)
    place = _place(request, found)
    form = QuestionForm(request.POST or None, initial=_initial(found, place))
    if form.is_bound and form.is_valid():
        try:
            put_question(
                quiz=found, place=place, question=form.question(), actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lưu câu hỏi."))
            return redirect("campaigns:quiz", uid=uid, number=number)
    context = {"campaign": campaign, "quiz": found, "form": form, "place": place}
    return render(request, "web/campaigns/question.html", context, status=422 if form.errors else 200)


@page(methods=POST)
def drop(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Leave out the question at `?cau=`."""
    found = queries.get_quiz(queries.get_own_campaign(request.scope, uid), number)
    place = _place(request, found)
    if place is None:
        raise NotFound("Không có câu hỏi này.")
    drop_question(quiz=found, place=place, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã bỏ câu hỏi."))
    return redirect("campaigns:quiz", uid=uid, number=number)


@page(methods=POST)
def open_(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Open what is written to whoever has the address."""
    found = queries.get_quiz(queries.get_own_campaign(request.scope, uid), number)
    open_quiz(quiz=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã mở bài trắc nghiệm; ai có địa chỉ hoặc mã QR đều làm được."))
    return redirect("campaigns:quiz", uid=uid, number=number)


@page(methods=POST)
def close(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Nobody answers any more."""
    found = queries.get_quiz(queries.get_own_campaign(request.scope, uid), number)
    close_quiz(quiz=found, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã đóng bài trắc nghiệm."))
    return redirect("campaigns:quiz", uid=uid, number=number)


def _differs(found: Quiz) -> bool:
    """Whether opening it would change anything."""
    newest = found.editions.first()
    return bool(found.questions) and (
        newest is None or found.state != "open" or newest.questions != found.questions
    )


def _address(found: Quiz) -> str:
    path = reverse("campaign_quiz", kwargs={"token": found.campaign.token, "number": found.number})
    return settings.SITE_URL + path


def _counted(found: Quiz) -> list[Counted]:
    """The newest wording with totals, once ten have answered it."""
    newest = found.editions.first()
    if newest is None or newest.takers < STEP:
        return []
    pairs = zip(questions_of(newest.questions), newest.counts, strict=True)
    return [Counted(number, one, _rows(one, row)) for number, (one, row) in enumerate(pairs, start=1)]


def _rows(one: Question, times: list[int]) -> list[tuple[str, int, bool]]:
    """(answer, how often, whether it is the right one)."""
    return [(choice, times[place], place == one.right) for place, choice in enumerate(one.choices)]


def _place(request: PageRequest, found: Quiz) -> int | None:
    asked = request.GET.get("cau", "")
    if not asked:
        return None
    number = whole(asked, len(found.questions))
    if not number:
        raise NotFound("Không có câu hỏi này.")
    return number - 1


def _initial(found: Quiz, place: int | None) -> dict[str, object]:
    if place is None:
        return {}
    one = questions_of(found.questions)[place]
    choices = {f"choice_{number}": text for number, text in enumerate(one.choices, start=1)}
    plain = {"text": one.text, "right": str(one.right), "explanation": one.explanation, "source": one.source}
    return {**choices, **plain}
