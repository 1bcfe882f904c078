"""Jobs that do harm, in an instance of the harness alone; and its waits, cut short so that a run sees their end."""
