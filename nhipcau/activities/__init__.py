"""What was done, recorded where it was done: counts, money, evidence. No names."""
