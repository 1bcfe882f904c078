"""Addresses of the style guide and of the helpers that the components call."""

from django.urls import path

from nhipcau.web.kit import views

urlpatterns = [
    path("kieu-mau/", views.styleguide, name="styleguide"),
    path("kieu-mau/luu-thu/", views.try_save, name="styleguide_save"),
    path("doc-so-tien/", views.money_words, name="money_words"),
]
