"""Addresses of what has reached the post."""

from django.urls import path

from nhipcau.web.notices import views

urlpatterns = [
    path("tin-bao/", views.inbox, name="notices"),
    path("tin-bao/da-doc/", views.mark, name="notices_read"),
]
