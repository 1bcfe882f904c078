"""Plans: given by the level above, on a page or from a file."""
