"""Units, their dated tree, posts and persons; `Scope` says what a post may see."""
