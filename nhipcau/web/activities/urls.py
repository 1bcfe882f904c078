"""Addresses of the activity register."""

from django.urls import path

from nhipcau.web.activities import record, views

app_name = "activities"
urlpatterns = [
    path("", views.register, name="list"),
    path("ghi/", record.record, name="record"),
    path("tim-don-vi/", record.find_partners, name="find_partners"),
    path("doc-so/", record.read_amount, name="read_amount"),
    path("<uuid:uid>/", views.detail, name="detail"),
    path("<uuid:uid>/rut/", views.withdraw, name="withdraw"),
    path("<uuid:uid>/giay-to/<int:number>/", views.paper, name="paper"),
]
