"""Scores to a learning management system over the network: Moodle, Canvas, LTI 1.3.

Theory of operation. The LMS is the truth and the journal is the memory:

1. ``match`` finds the LMS user of every row; ``plan`` (pure) compares what is stored with what
   should be, and refuses what would be wrong. That is the dry run.
2. ``run.upload`` sends what differs, reads it all back, and sends again what did not arrive.
   A score replaces the one before, so sending twice is harmless; a comment may append, so a
   target whose comments append looks for the very text before it sends.
3. ``journal`` records an intention before each request and the outcome after it, beside the
   gradebook. After a crash the next run reads the LMS, and the journal tells it what the LMS
   cannot: a request still being worked on, a comment that nobody may read back, the newest
   time stamp that was used.

``client`` owns all that a network does to a request; ``secret`` keeps tokens out of every text.
A target (``moodle``, ``canvas``, ``lti``) knows one protocol and nothing of the rest.
"""

from .match import Refusal
from .plan import Plan, make_plan
from .run import Report, prepare, upload
from .target import Change, Destination, Person, Stored, Target

__all__ = [
    "Change",
    "Destination",
    "Person",
    "Plan",
    "Refusal",
    "Report",
    "Stored",
    "Target",
    "make_plan",
    "prepare",
    "upload",
]
