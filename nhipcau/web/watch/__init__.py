"""What an operator sees of the pages: one line and one count for each request, and whether the server can serve."""
