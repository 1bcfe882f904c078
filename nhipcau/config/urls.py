"""The URL root: pages at the top."""

from django.urls import include, path

urlpatterns = [path("", include("nhipcau.web.urls"))]
