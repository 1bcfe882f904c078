"""The pages: server-rendered HTML with htmx; one sub-package an area."""
