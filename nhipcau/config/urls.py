"""The URL root: pages at the top, the API below /api/v1/."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("nhipcau.api.urls")), path("", include("nhipcau.web.urls"))]

handler400 = "nhipcau.web.handlers.unreadable"
handler403 = "nhipcau.web.handlers.forbidden"
handler404 = "nhipcau.web.handlers.missing"
handler500 = "nhipcau.web.handlers.broken"
