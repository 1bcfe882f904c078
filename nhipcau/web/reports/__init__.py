"""Reports: fill in, send, receive, consolidate, follow a figure to its source, issue."""
