"""The HTTP API for other programs: what the pages do, by the same domain functions, under a token of a post."""
