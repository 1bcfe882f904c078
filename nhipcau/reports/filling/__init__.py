"""A unit fills in its report and it goes up: drafts, the way through approval, standing in, lumps, prints."""
