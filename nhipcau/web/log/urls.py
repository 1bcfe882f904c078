"""Addresses of the log."""

from django.urls import path

from nhipcau.web.log import sight, views

app_name = "log"
urlpatterns = [
    path("", views.index, name="index"),
    path("nhat-ky.jsonl", views.as_file, name="file"),
    path("vi-sao/", sight.ask, name="sight"),
    path("vi-sao/<slug:kind>/<uuid:uid>/", sight.own, name="own_sight"),
]
