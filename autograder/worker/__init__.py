"""The student's side of the process boundary: the only folder of ours that the sandbox sees.

It imports nothing of the rest of the package, for there it does not exist.
"""
