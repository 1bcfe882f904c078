"""Addresses of the account area; they stand at the root because everybody types them."""

from django.urls import path

from nhipcau.web.account import passwords, profile, views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("tai-khoan/", profile.own, name="profile"),
    path("tai-khoan/mat-khau/", passwords.change, name="change_password"),
    path("chuc-danh/", views.act_as, name="act_as"),
    path("ngon-ngu/", views.language, name="language"),
    path("canh/", views.scene, name="scene"),
]
