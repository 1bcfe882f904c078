"""Running an instance: proving that what it holds is what was recorded."""
