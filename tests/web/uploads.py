"""Every page to which a file is sent, and what a page's forms send. The permission table's test keeps it whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.urls import resolve

from nhipcau.campaigns.closing import number_report, write_report
from nhipcau.campaigns.models import ClosingReport
from nhipcau.org.models import Role
from nhipcau.reports.issuing.signing import number
from tests.cast import NOW, TODAY, Cast
from tests.web.campaigns import places as campaigns
from tests.web.documents import rows as letters
from tests.web.permissions import Kwargs, nothing
from tests.web.reports import places, scenes
from tests.web.tasks import places as notes


@dataclass
class Form:
    """A form of a page: where it goes, what it sends, which of its fields take files."""

    action: str
    data: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = True
            self.found.append(Form(given.get("action", "")))
        elif self.open and given.get("name") and tag in {"input", "button"}:
            if given.get("type") == "file":
                self.found[-1].files.append(given["name"])
            elif given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.found[-1].data[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag != "form"


def taking_files(page: str, url: str) -> Iterator[tuple[str, Form]]:
    """The forms of a page that take a file, by the name of the page they are sent to."""
    for form in _Forms(page).found if 'type="file"' in page else ():
        if form.files:
            form.action = urljoin(url, form.action)
            yield resolve(form.action.partition("?")[0]).view_name, form


@dataclass(frozen=True)
class Place:
    """A page with a field for a file, and who sees it."""

    shown_on: str
    who: str
    kwargs: Kwargs = nothing
    query: str = ""


def _numbered(cast: Cast) -> Mapping[str, object]:
    draft = scenes.out_for_signature(cast)
    number(draft=draft, signed_on=TODAY, actor=cast.clerk, at=NOW)
    return {"uid": draft.uid}


def _closed(cast: Cast) -> Mapping[str, object]:
    place = campaigns.reported(cast)
    report = ClosingReport.objects.get()
    words = {"danh_gia": "Hoàn thành mục tiêu.", "kho_khan": "", "kien_nghi": ""}
    officer = cast.provincial_officer
    report = write_report(
        report=report, narrative=words, authority="TM. BAN THƯỜNG VỤ", signer=officer, actor=officer, at=NOW
    )
    number_report(report=report, signed_on=TODAY, actor=cast.clerk, at=NOW)
    return place


def _administered(cast: Cast) -> Mapping[str, object]:
    cast.clerk.roles = [*cast.clerk.roles, Role.ADMINISTRATOR]
    cast.clerk.save()
    return {}


def _published(cast: Cast) -> Mapping[str, object]:
    scenes.publish()
    return {}


UPLOADS: Mapping[str, tuple[Place, ...]] = {
    "documents:upload": (Place("documents:upload", "clerk"),),
    "documents:outgoing": (Place("documents:outgoing", "clerk"),),
    "tasks:pass_on": (Place("tasks:pass_on", "commune_officer", letters.at_commune),),
    "tasks:complete": (Place("tasks:complete", "local_volunteer", letters.at_local),),
    "questions:answer": (Place("questions:answer", "local_volunteer", notes.questions),),
    "announcements:tell": (Place("announcements:tell", "clerk"),),
    "activities:record": (Place("activities:record", "local_volunteer", _published, "loai=doi_thoai"),),
    "activities:correct": (Place("activities:correct", "local_volunteer", places.activity),),
    "activities:photos": (Place("activities:photos", "local_volunteer", places.activity),),
    "campaigns:material_add": (
        Place("campaigns:material_add", "provincial_officer", campaigns.opened, "loai=tep"),
    ),
    "campaigns:report_signed": (Place("campaigns:report", "clerk", _closed),),
    "org:enter": (Place("org:enter", "clerk", _administered),),
    "reports:attach_signed": (Place("reports:report", "local_volunteer", places.waiting),),
    "reports:enter": (Place("reports:enter", "commune_officer", places.not_reported),),
    "reports:compare": (Place("reports:compare", "commune_officer", places.own_branch),),
    "reports:own_table": (Place("reports:own_table", "commune_officer", places.own_branch),),
    "reports:excel": (Place("reports:excel", "local_volunteer"),),
    "reports:signing": (
        Place("reports:signing", "clerk", places.signing),
        Place("reports:signing", "clerk", _numbered),
    ),
    "plans:upload": (Place("plans:give", "commune_officer", places.plans),),
    "design:upload": (Place("design:index", "provincial_officer"),),
    "design:survey": (Place("design:survey", "provincial_officer"),),
}
