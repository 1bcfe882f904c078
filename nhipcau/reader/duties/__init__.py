"""What the letter asks: who does what by when, and whether it may be asked."""
