"""A letter comes in: taken in, read, confirmed, registered, acknowledged or discarded."""
