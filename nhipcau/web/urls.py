"""Every page. An area includes its own urls.py here under a namespace: `path("van-ban/", include(…))`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from nhipcau.web.home.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("nhipcau.web.account.urls")),
    path("", include("nhipcau.web.account.token_urls")),
    path("", include("nhipcau.web.kit.urls")),
    path("", include("nhipcau.web.everywhere.urls")),
    path("", include("nhipcau.web.notices.urls")),
    path("cach-xem/", include("nhipcau.web.saved.urls")),
    path("", include("nhipcau.web.reaching.urls")),
    path("tro-giup/", include("nhipcau.web.help.urls")),
    path("thong-bao/", include("nhipcau.web.announcements.urls")),
    path("van-ban/", include("nhipcau.web.documents.urls")),
    path("bieu-hoi/", include("nhipcau.web.questions.urls")),
    path("viec/", include("nhipcau.web.tasks.urls")),
    path("hoat-dong/", include("nhipcau.web.activities.urls")),
    path("chien-dich/", include("nhipcau.web.campaigns.urls")),
    path("cd/", include("nhipcau.web.campaigns.public_urls")),
    path("bao-cao/ke-hoach/", include("nhipcau.web.plans.urls")),
    path("bao-cao/", include("nhipcau.web.reports.urls")),
    path("phan-tich/", include("nhipcau.web.analytics.urls")),
    path("bieu-mau/", include("nhipcau.web.design.urls")),
    path("to-chuc/", include("nhipcau.web.org.urls")),
    path("nhat-ky/", include("nhipcau.web.log.urls")),
    path("", include("nhipcau.web.offline.urls")),
]
