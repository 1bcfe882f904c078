"""Addresses of what makes the pages an application; the worker stands at the root because it serves from there."""

from django.urls import path

from nhipcau.web.offline import views

urlpatterns = [
    path("ung-dung.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("tren-may/", views.waiting, name="waiting"),
    path("tren-may/the/", views.ticket, name="ticket"),
]
