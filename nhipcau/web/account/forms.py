"""Signing in, and the password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.web.forms import PageForm


class SignInForm(PageForm):
    """Login and password."""

    login = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        error_messages={"required": _("Hãy nhập tên đăng nhập.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _new(**words: Any) -> forms.CharField:
    return forms.CharField(
        **words,
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu mới.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class _NewPassword(PageForm):
    """A new password, twice: nobody sees what is typed."""

    new = _new(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 10 ký tự, không chứa tên đăng nhập; một câu ngắn là dễ nhớ nhất."),
    )
    again = _new(label=_("Nhập lại mật khẩu mới"))

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if {"new", "again"} <= typed.keys() and typed["new"] != typed["again"]:
            self.add_error("again", gettext("Hai lần nhập chưa giống nhau."))
        return typed


class PasswordForm(_NewPassword):
    """The password in use, and the new one."""

    old = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "new", "again"]


class CodeForm(_NewPassword):
    """The code from the level above, and a password of one's own."""

    code = forms.CharField(
        label=_("Mã kích hoạt"),
        max_length=40,
        help_text=_("16 chữ và số; chữ hoa hay thường, có gạch nối hay không đều được."),
        error_messages={"required": _("Hãy nhập mã.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    field_order = ["code", "new", "again"]
