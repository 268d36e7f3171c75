"""What people and machines read of a grading run, all made from the gradebook."""

from .write import write_all

__all__ = ["write_all"]
