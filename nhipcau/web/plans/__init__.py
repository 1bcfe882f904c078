"""Plans: what units are to reach, given by the level above."""
