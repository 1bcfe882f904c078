"""Addresses of saved views."""

from django.urls import path

from nhipcau.web.saved import views

app_name = "saved"
urlpatterns = [
    path("", views.index, name="index"),
    path("luu/", views.save, name="save"),
    path("<uuid:uid>/", views.change, name="change"),
]
