"""What was sent is frozen and chained; what changes below it is found; all of it can be proved."""
