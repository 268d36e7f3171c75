"""A quiz as a web page, and the copy of it that students may have."""
