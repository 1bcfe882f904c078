"""Which letter cites, carries out, recalls or replaces which."""
