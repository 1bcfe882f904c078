"""Vietnamese words: folding, syllables, spelling, the trade's vocabulary."""
