"""What a report asks: templates as data, expressions, rules, and figures between people and payloads."""
