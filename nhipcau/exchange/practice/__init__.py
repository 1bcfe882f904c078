"""A copy to practise in: a federation's own units, posts and forms, with nobody and nothing real in it."""
