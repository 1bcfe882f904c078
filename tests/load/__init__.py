"""Many officers at once: submissions and reading at a constant rate of arrival, and what they found in the end."""
