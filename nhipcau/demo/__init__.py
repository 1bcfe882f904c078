"""The demonstration: an invented federation, and the main job done in it through the product's own actions."""
