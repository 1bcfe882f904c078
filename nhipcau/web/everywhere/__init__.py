"""One search over everything that a post may see."""
