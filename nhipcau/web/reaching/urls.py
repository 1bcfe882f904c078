"""Addresses of mail and calendar."""

from django.urls import path

from nhipcau.web.reaching import views

urlpatterns = [
    path("tai-khoan/thu-va-lich/", views.choices, name="mail_choices"),
    path("tai-khoan/gui-lai-thu/", views.again, name="mail_again"),
    path("tai-khoan/dia-chi-lich/", views.calendar_address, name="calendar_address"),
    path("lich/<str:secret>.ics", views.calendar, name="calendar"),
]
