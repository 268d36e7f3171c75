"""Notebooks of a unit: one description of their cells, and the writers that make files of it."""
