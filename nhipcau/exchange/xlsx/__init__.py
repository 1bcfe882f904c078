"""The fillable Excel form of a report: written for many units at once, read back by its stamp."""
