"""The main navigation: one row per area, shown to the posts whose roles can use it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.rights import OFFICERS
from nhipcau.org.models import Role
from nhipcau.org.scope import Scope


@dataclass(frozen=True)
class Item:
    """An entry: wording, URL name, and the roles that see it (none = every post)."""

    label: object
    url_name: str
    roles: tuple[Role, ...] = ()


# The order is the order of a working day; an area adds its row here.
ITEMS: tuple[Item, ...] = (
    Item(_("Việc cần xử lý"), "home"),
    Item(_("Văn bản"), "documents:register", OFFICERS),
    Item(_("Giao việc"), "tasks:index", OFFICERS),
    Item(_("Thông báo"), "announcements:list"),
    Item(_("Hoạt động"), "activities:list", OFFICERS),
    Item(_("Chiến dịch"), "campaigns:list", OFFICERS),
    Item(_("Báo cáo"), "reports:mine", OFFICERS),
    Item(_("Phân tích"), "analytics:start", OFFICERS),
    Item(_("Tổ chức"), "org:directory"),
    Item(_("Biểu mẫu"), "design:index", (Role.DESIGNER,)),
    Item(_("Nhật ký"), "log:index", (Role.AUDITOR,)),
)


@dataclass(frozen=True)
class Link:
    """An entry as the page shows it."""

    label: object
    url: str
    current: bool


def links(scope: Scope, path: str) -> list[Link]:
    """The entries for that post; the longest matching address is the current one."""
    shown = [item for item in ITEMS if not item.roles or scope.post.has_role(*item.roles)]
    urls = [reverse(item.url_name) for item in shown]
    here = max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    return [Link(item.label, url, url == here) for item, url in zip(shown, urls, strict=True)]
