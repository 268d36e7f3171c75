"""Servers on this machine that speak the protocols of Moodle, Canvas and LTI, faults included."""
