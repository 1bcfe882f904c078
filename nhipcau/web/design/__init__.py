"""Designing forms: versions in the making, their preview, what they change, publishing."""
