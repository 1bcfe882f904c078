"""What a letter asks, handed to units: assignments, cascade, acknowledgement, reminders."""
