"""Addresses of free analysis. A question stands whole in an address, so that it can be kept and sent."""

from django.urls import path

from nhipcau.web.analytics import kept, views

app_name = "analytics"
urlpatterns = [
    path("", kept.start, name="start"),
    path("bang/", views.table, name="table"),
    path("tai/", views.export_file, name="export"),
    path("luu/", kept.save, name="save"),
    path("<uuid:uid>/", kept.opened, name="opened"),
    path("<uuid:uid>/xoa/", kept.delete, name="delete"),
]
