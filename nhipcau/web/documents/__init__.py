"""Letters: taking them in, confirming what was read, the registers, numbering our own."""
