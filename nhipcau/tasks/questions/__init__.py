"""A form of up to ten questions made from a letter, answered by every unit that was given the work."""
