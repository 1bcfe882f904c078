"""One quarter of the cast's federation, from the template to a figure traced back to its activity."""
