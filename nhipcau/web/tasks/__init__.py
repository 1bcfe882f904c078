"""Work handed down the tree: assigning, acknowledging, passing on, reporting done, who has done it."""
