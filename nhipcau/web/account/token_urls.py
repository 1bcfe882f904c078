"""Addresses of the tokens by which programs act for a post."""

from django.urls import path

from nhipcau.web.account import tokens

urlpatterns = [
    path("tai-khoan/ma-truy-cap/", tokens.own, name="tokens"),
    path("tai-khoan/ma-truy-cap/<uuid:uid>/thu-hoi/", tokens.revoke, name="token_revoke"),
]
