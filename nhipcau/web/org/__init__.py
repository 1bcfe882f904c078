"""Pages of the organisation: decisions that change the tree, looked at before they are recorded, and undone."""
