"""The list pages whose filters can be kept, as a table; only what a page's own filter knows is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from nhipcau.core.errors import NotFound
from nhipcau.core.text import nfc

LONGEST = 120  # letters of one value


@dataclass(frozen=True)
class Listing:
    """A page with filters: those of its `form` (dotted name), and the parameters it reads besides."""

    name: str
    label: Promise
    url_name: str
    params: tuple[str, ...] = ()
    form: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def known(self) -> tuple[str, ...]:
        """The parameters that are filters; the page one has leafed to is none."""
        fields = import_string(self.form).base_fields if self.form else ()
        return (*fields, *self.params)


# The tree's day is no filter: it stands in each address of that page, and a view is to show the tree of later days.
LISTINGS: tuple[Listing, ...] = (
    Listing("so", _("Sổ văn bản"), "documents:register", ("so", "nam", "quyen", "q")),
    Listing("theo-doi", _("Sổ theo dõi"), "tasks:followup", ("loc",), form="nhipcau.web.tasks.noteforms.RangeForm"),
    Listing("giao-viec", _("Giao việc"), "tasks:index", ("loc",)),
    Listing("thong-bao", _("Thông báo"), "announcements:list", ("loai",)),
    Listing("tinh-hinh", _("Tình hình cả nhánh"), "tasks:heat", ("don-vi", "theo")),
    Listing("hoat-dong", _("Sổ hoạt động"), "activities:list", form="nhipcau.web.activities.views.Filter"),
    Listing("danh-ba", _("Danh bạ"), "org:directory", ("q", "ca-nhanh")),
    Listing("cay", _("Cây tổ chức"), "org:tree", ("q", "don-vi")),
)


def listing(name: str) -> Listing:
    """The page of that name, or NotFound."""
    found = next((one for one in LISTINGS if one.name == name), None)
    if found is None:
        raise NotFound("Không có trang danh sách này.")
    return found


def filters(page: Listing, address: str) -> tuple[str, str]:
    """What of an address ("a=1&b=2") the page's filter knows: as it is kept, and the words in it."""
    kept = list(_known(page, QueryDict(address[:4_000])))
    return urlencode(kept), " · ".join(value for _name, value in kept)


def _known(page: Listing, asked: QueryDict) -> Iterator[tuple[str, str]]:
    for name in page.known():
        value = "".join(char for char in nfc(asked.get(name, "")) if char.isprintable()).strip()[:LONGEST]
        if value:
            yield name, value
