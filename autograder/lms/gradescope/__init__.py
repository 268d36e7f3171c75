"""The course as a Gradescope autograder: `package` makes its zip, `run` grades inside of it.

Theory of operation
-------------------
Gradescope unpacks the zip into ``/autograder/source`` and runs ``setup.sh`` once, when it
builds the image. For each submission it puts the student's files into
``/autograder/submission``, starts ``/autograder/run_autograder`` as root, and when that has
ended takes ``/autograder/results/results.json``. So everything needed is in the zip: this very
package, the chosen exercises with their suites, and a course.yaml that names only those.

``run_autograder`` first writes a result of 0 that says the grader did not finish, then starts
``python -m autograder.lms.gradescope``; that grades the one submission with the same judge as
``autograder grade`` and puts the real result in its place by renaming. A container killed at
any moment thus leaves one whole result or the other. The suites are closed to everybody but
root before any student code runs, as a second wall where the container's kernel offers no
sandbox; which protections were off is said in the output.
"""

from .package import export, render

__all__ = ["export", "render"]
