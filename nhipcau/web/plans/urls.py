"""Addresses of the plans: a template by its code, a period by its key, the unit that gives."""

from django.urls import path

from nhipcau.web.plans import views

app_name = "plans"
SHEET = "<slug:code>/<str:period>/<uuid:unit>/"
urlpatterns = [
    path("", views.start, name="start"),
    path(SHEET, views.give, name="give"),
    path(f"{SHEET}tep/", views.upload, name="upload"),
    path(f"{SHEET}bang.csv", views.as_csv, name="csv"),
]
