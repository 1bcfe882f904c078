"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what is written is the instance's own user's, and nobody else's on the machine
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
application = get_wsgi_application()
