"""The outermost ring: settings, URL root, ASGI/WSGI. Everything may be wired here, nothing lives here."""
