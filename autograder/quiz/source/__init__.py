"""A quiz as its author writes it."""
