"""Which pages are opened, by whom, and what their addresses name."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.bench.office import LEVELS

ABOVE = LEVELS[:-1]
BELOW = LEVELS[1:]


@dataclass(frozen=True)
class Page:
    """`place`: what of `Office.places` its address names; "letter@" is the visitor's own letter."""

    name: str
    levels: tuple[str, ...] = LEVELS
    place: str = ""
    query: str = ""


BARE = Page("change_password")
PAGES = (
    Page("home"),
    # Letters
    Page("documents:register"),
    Page("documents:find"),
    Page("documents:find", query="q=an+toan"),
    Page("documents:outgoing"),
    Page("documents:today"),
    Page("documents:unresolved"),
    Page("documents:books"),
    Page("documents:printed"),
    Page("documents:petition"),
    Page("documents:document", place="letter@"),
    # Work handed down
    Page("tasks:index"),
    Page("tasks:heat"),
    Page("tasks:followup"),
    Page("tasks:status", ("top",), place="task"),
    Page("tasks:assignment", BELOW, place="assignment@"),
    Page("tasks:find_units", ABOVE, query="tim=cong+doan"),
    Page("announcements:list"),
    Page("announcements:announcement", place="notice"),
    Page("announcements:not_read", ("top",), place="notice"),
    # Activities and campaigns
    Page("activities:list"),
    Page("activities:record"),
    Page("activities:calendar"),
    Page("activities:detail", place="activity@"),
    Page("campaigns:list"),
    Page("campaigns:campaign", place="campaign"),
    Page("campaigns:results", place="campaign"),
    # Reports
    Page("reports:mine"),
    Page("reports:report", BELOW, place="report@"),
    Page("reports:queue", ABOVE),
    Page("reports:review", ABOVE, place="waiting@"),
    Page("reports:changed"),
    Page("reports:excel"),
    Page("reports:consolidated", ABOVE, place="branch@"),
    Page("reports:over_time", ABOVE, place="branch@"),
    Page("reports:drill", ABOVE, place="figure@"),
    Page("reports:compare", ABOVE, place="branch@"),
    Page("reports:issue", ABOVE, place="branch@"),
    Page("plans:start"),
    Page("design:index"),
    Page("design:library"),
    Page("analytics:start"),
    Page("analytics:table"),
    # The organisation
    Page("org:directory"),
    Page("org:directory", query="q=cong+doan"),
    Page("org:tree"),
    Page("org:tree", query="q=cong+doan"),
    Page("org:branch", ABOVE, place="unit@"),
    Page("org:unit", place="unit@"),
    Page("org:changes"),
    Page("org:delegations"),
    Page("org:vacancies"),
    Page("org:posts"),
    Page("org:events"),
)
