"""Finding letters by their words and fields."""
