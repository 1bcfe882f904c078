"""Addresses of the help pages."""

from django.urls import path

from nhipcau.web.help import views

app_name = "help"
urlpatterns = [
    path("", views.start, name="start"),
    path("buoc-dau/cat/", views.dismiss, name="dismiss"),
    path("dao-qua/", views.tour, name="tour"),
    path("tu-ngu/", views.terms, name="terms"),
]
