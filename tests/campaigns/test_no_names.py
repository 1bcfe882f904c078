"""Nobody who attends, is helped or answers has a place in a campaign: not in its tables, not in what comes out."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field

from nhipcau.access.models import Account
from nhipcau.campaigns.models import QuizEdition
from nhipcau.org.models import Person

# Every text that a campaign keeps, and what it is for. A new one is added here with a reason, or is a mistake.
TEXTS = {
    "campaign.name": "what the campaign is called",
    "campaign.purpose": "what it is for",
    "campaign.token": "its public address",
    "campaign.client_key": "the form's own key",
    "campaign.axis": "a closed choice",
    "campaign.state": "a closed choice",
    "campaigntype.sessions": "the code of a measure",
    "campaigntype.reached": "the code of a measure",
    "campaigngoal.count": "the key of a count",
    "campaignstep.kind": "a closed choice",
    "campaignstep.reason": "why it was extended or called off",
    "material.kind": "a closed choice",
    "material.withdrawn_reason": "why it is read no more",
    "materialversion.title": "what it is called",
    "materialversion.text": "what is read",
    "materialversion.name": "the file's name",
    "materialversion.changed": "what is new in it",
    "closingreport.digest": "of its figures",
    "closingreport.authority": "on whose behalf it is signed",
    "closingreport.signed_name": "the signed copy's file name",
    "closingreport.state": "a closed choice",
    "quiz.title": "what it is called",
    "quiz.state": "a closed choice",
}


def fields() -> list[Field[object, object]]:
    models = list(apps.get_app_config("campaigns").get_models())
    return [field for model in models for field in model._meta.get_fields() if isinstance(field, Field)]


def test_no_table_points_at_a_person_or_an_account() -> None:
    assert [str(field) for field in fields() if field.related_model in (Person, Account)] == []


def test_every_text_that_is_kept_has_its_purpose() -> None:
    kinds = ("CharField", "TextField", "SlugField", "EmailField")
    found = {
        f"{field.model._meta.model_name}.{field.name}" for field in fields() if field.get_internal_type() in kinds
    }
    assert found == set(TEXTS)


def test_a_wording_of_a_quiz_holds_counts_and_nothing_of_a_taker() -> None:
    kept = {field.name for field in QuizEdition._meta.get_fields()}
    assert kept == {"id", "quiz", "number", "questions", "takers", "counts", "waiting", "waiting_counts"}
