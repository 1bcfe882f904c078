"""The one search."""

from django.urls import path

from nhipcau.web.everywhere.views import everywhere

urlpatterns = [path("tim/", everywhere, name="everywhere")]
