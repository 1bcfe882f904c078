"""Addresses of the organisation's decisions."""

from django.urls import path

from nhipcau.web.org import events

app_name = "org"
BOOK = "quyet-dinh/<uuid:uid>/so/<uuid:unit>/<str:kind>/<int:year>/<slug:series>.pdf"
urlpatterns = [
    path("", events.index, name="events"),
    path("ghi/", events.enter, name="enter"),
    path("quyet-dinh/<uuid:uid>/", events.event, name="event"),
    path("quyet-dinh/<uuid:uid>/hoan-tac/", events.undo_event, name="undo"),
    path(BOOK, events.book, name="book"),
]
