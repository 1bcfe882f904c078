"""Addresses of the account area; they stand at the root because everybody types them."""

from django.urls import path

from nhipcau.web.account import codes, devices, own_data, passwords, profile, second, single, views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("ma-kich-hoat/", codes.use, name="use_code"),
    path("dang-nhap/buoc-hai/", second.second_step, name="mfa_authenticate"),
    path("dang-nhap/khoa/", second.by_passkey, name="passkey_sign_in"),
    path("dang-nhap/mot-cua/", single.leave, name="single_sign_on"),
    path("dang-nhap/mot-cua/<slug:provider_id>/", single.back, name="openid_connect_callback"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("tai-khoan/", profile.own, name="profile"),
    path("tai-khoan/du-lieu/", own_data.own_data, name="own_data"),
    path("tai-khoan/mat-khau/", passwords.change, name="change_password"),
    path("tai-khoan/bao-mat/", second.index, name="security"),
    path("tai-khoan/bao-mat/ung-dung/", second.app, name="second_app"),
    path("tai-khoan/bao-mat/khoa/", second.passkey, name="passkey"),
    path("tai-khoan/bao-mat/bo/", second.remove, name="second_remove"),
    path("tai-khoan/bao-mat/ma-du-phong/", second.recovery, name="recovery_codes"),
    path("tai-khoan/mot-cua/", single.identities, name="identities"),
    path("tai-khoan/mot-cua/bo/", single.drop, name="identity_drop"),
    path("tai-khoan/thiet-bi/", devices.index, name="devices"),
    path("chuc-danh/", views.act_as, name="act_as"),
    path("ngon-ngu/", views.language, name="language"),
    path("canh/", views.scene, name="scene"),
]
