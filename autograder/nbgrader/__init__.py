"""The course in nbgrader: what ``autograder nbgrader init`` writes, and the plug-ins that it names.

Everything here stands at the ends of the one pipeline. `init` writes the source notebooks and
``nbgrader_config.py``; nbgrader's own commands do the rest, and where its configuration lets a
step be replaced, it is: `collectors`, `exporters`, `late`, and the grading itself. Only what
nbgrader has to import may import nbgrader.
"""
