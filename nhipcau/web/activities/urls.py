"""Addresses of the activity register."""

from django.urls import path

from nhipcau.web.activities import batch, calendar, changes, partners, photos, planned, record, views

app_name = "activities"
urlpatterns = [
    path("", views.register, name="list"),
    path("ghi/", record.record, name="record"),
    path("ghi-nhieu/", batch.batch, name="batch"),
    path("du-kien/", planned.plan, name="plan"),
    path("du-kien/<uuid:uid>/", planned.planned, name="planned"),
    path("lich/", calendar.month, name="calendar"),
    path("lich/<uuid:account>/<str:key>.ics", calendar.feed, name="feed"),
    path("tim-don-vi/", partners.find_partners, name="find_partners"),
    path("doc-so/", record.read_amount, name="read_amount"),
    path("<uuid:uid>/", views.detail, name="detail"),
    path("<uuid:uid>/sua/", changes.correct, name="correct"),
    path("<uuid:uid>/rut/", changes.withdraw, name="withdraw"),
    path("<uuid:uid>/phoi-hop/<int:number>/", changes.answer, name="answer"),
    path("<uuid:uid>/anh/", photos.photos, name="photos"),
    path("<uuid:uid>/anh/<uuid:photo>.jpg", photos.waiting, name="waiting_photo"),
    path("<uuid:uid>/anh-nho/<int:number>.jpg", photos.thumbnail, name="thumbnail"),
    path("<uuid:uid>/giay-to/<int:number>/", views.paper, name="paper"),
]
