"""Everything a unit may take away, in open formats, in one file that is read without this product."""
