"""Addresses of letters and registers."""

from django.urls import path

from nhipcau.web.documents import intake, letters, registers

app_name = "documents"
urlpatterns = [
    path("", registers.register, name="register"),
    path("nhan/", intake.upload, name="upload"),
    path("phat-hanh/", registers.outgoing, name="outgoing"),
    path("<uuid:uid>/", letters.document, name="document"),
    path("<uuid:uid>/ban-goc/", letters.original, name="original"),
    path("<uuid:uid>/xac-nhan/", intake.confirm, name="confirm"),
    path("<uuid:uid>/huy-so/", letters.void, name="void"),
]
