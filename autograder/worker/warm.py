"""What every student's process has imported before it sees any code of a student."""

from __future__ import annotations


def warm_up() -> None:
    """Import what a student's code imports: before a fork (10 ms each otherwise), and before root is dropped.

    An interpreter in root's own home cannot be read afterwards.
    """
    import collections
    import copy
    import dataclasses
    import functools
    import itertools
    import math
    import random
    import typing

    import numpy
    import numpy.fft
    import numpy.lib.stride_tricks
    import numpy.linalg
    import numpy.random

    del collections, copy, dataclasses, functools, itertools, math, random, typing
    a = numpy.ones((2, 2))
    numpy.einsum("ij,jk->ik", a, a @ a)
    numpy.random.default_rng(0).normal(size=2)
    numpy.linalg.norm(a)
