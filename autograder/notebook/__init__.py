"""Notebooks: what a unit's notebook holds, how it is written, and checking inside Jupyter.

For authors, `cells` describes a unit's notebook and `write` makes the student's ``.ipynb`` of it.
For students, `extension` is what ``%load_ext autograder`` loads; it reads the executed cells
(`history`), takes what an exercise needs of them (`program`), runs the visible tests in another
process (`checking`) and shows the result (`html`). Nothing here imports nbgrader.
"""
