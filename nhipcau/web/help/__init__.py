"""Help: what the words mean, where to begin, and a walk through the demonstration. All of it is data."""
