"""Django's `{% csrf_token %}`, which every form of ours has, says also for which post the form was drawn.

It stands among the built-in tags (settings), so that no form can be written without it; see web/drawn_for.py.
"""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nhipcau.web.drawn_for import FIELD

register = template.Library()


class SeatedTokenNode(CsrfTokenNode):
    """The token, and the post one acts for if there is one."""

    def render(self, context: template.Context) -> SafeString:
        token = SafeString(super().render(context))
        request = getattr(context, "request", None)  # an inclusion tag's context has no other way to it
        scope = getattr(request, "scope", None)
        if not token or scope is None:
            return token
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, scope.post.uid)


@register.tag("csrf_token")
def csrf_token(parser: Parser, token: Token) -> SeatedTokenNode:
    """`{% csrf_token %}`."""
    return SeatedTokenNode()
