"""What is asked and answered, one module an area."""
