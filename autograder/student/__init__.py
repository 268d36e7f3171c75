"""The student's side: find the course, check, and remember how far one has come.

What is imported before the checks run stays free of NumPy and pytest, so that ``autograder
list`` answers at once and the checks can be forked from a small process.
"""
