"""Biểu hỏi: made from a letter in minutes, answered on a phone, seen at every level."""
