"""What the branches add up to, on the tree as it was or is, with who stands behind it and where it comes from."""
