"""The areas, in the order of the document. Each endpoint makes one call into the domain, as its page does."""

from nhipcau.api.routers import (
    activities,
    announcements,
    campaigns,
    documents,
    me,
    reports,
    tasks,
    templates,
    totals,
    units,
)

AREAS = (
    me.area,
    units.area,
    templates.area,
    reports.area,
    totals.area,
    tasks.area,
    tasks.directives,
    activities.area,
    documents.area,
    announcements.area,
    campaigns.area,
)
