"""Letters in and out: stored files, intake, originals kept bit for bit, registers numbered without gaps."""
