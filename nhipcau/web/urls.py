"""Every page. An area includes its own urls.py here under a namespace: `path("van-ban/", include(…))`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from nhipcau.web.home.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("nhipcau.web.account.urls")),
    path("", include("nhipcau.web.kit.urls")),
]
