"""WSGI entry point for gunicorn. Whatever a page needs is imported here, before the processes part: they share its
memory, and one that takes a dead one's place answers at once."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from nhipcau.web.gate import Gate

os.umask(0o077)  # what is written is the instance's own user's, and nobody else's on the machine
_pages = get_wsgi_application()
_ = get_resolver().url_patterns
application = Gate(_pages, at_work=settings.WEB_THREADS, waiting=settings.WEB_WAITING)
