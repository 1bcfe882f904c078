"""The books: series, numbers, lines and columns, and their proof."""
