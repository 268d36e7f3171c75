"""Autograded exercises for a course on deep learning with NumPy.

The package is the engine only; course content lives in ``solutions/`` and the
``exercises/`` that are built from it.
"""

__version__ = "0.1.0"
