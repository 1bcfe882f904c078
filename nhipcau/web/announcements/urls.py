"""Addresses of announcements."""

from django.urls import path

from nhipcau.web.announcements import changes, reading, telling

app_name = "announcements"
urlpatterns = [
    path("", reading.index, name="list"),
    path("dang/", telling.tell, name="tell"),
    path("tim-don-vi/", telling.find_units, name="find_units"),
    path("<uuid:uid>/", reading.announcement, name="announcement"),
    path("<uuid:uid>/tep/<int:number>/", reading.paper, name="paper"),
    path("<uuid:uid>/chua-doc/", reading.not_read, name="not_read"),
    path("<uuid:uid>/nhac/", changes.remind, name="remind"),
    path("<uuid:uid>/dinh-chinh/", changes.put_right, name="correct"),
    path("<uuid:uid>/thu-hoi/", changes.take_back, name="withdraw"),
]
