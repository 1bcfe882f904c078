"""Addresses of the API: the document for everybody, the rest for tokens."""

from django.urls import path

from nhipcau.api.api import api
from nhipcau.api.openapi import served

urlpatterns = [
    path("openapi.json", served, name="openapi"),
    path("", api.urls),
]
