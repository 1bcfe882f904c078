"""The reader: a Vietnamese administrative document in, its parts, citations and duties out. Pure."""
