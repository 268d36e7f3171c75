"""The wire carries data unchanged, and refuses what is not data."""

from __future__ import annotations

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.testing.properties import as_views
from autograder.worker import wire


def hold(value: object) -> list[object]:
    return [wire.HANDLE, 1, type(value).__name__, callable(value), False]


def _special(meta: list[object]) -> object:
    return meta[2] if meta[0] == wire.KEPT else meta


def travel(value: object, layout: bool = True) -> object:
    encoder = wire.Encoder(hold, layout=layout)
    meta = encoder.encode(value)
    frame = b"".join(bytes(chunk) for chunk in wire.pack([meta], encoder))
    size, _ = wire.parse_header(frame[: wire.HEADER.size])
    body = frame[wire.HEADER.size :]
    decoder = wire.Decoder(memoryview(body[size:]), _special, judge_sent=layout)
    result = decoder.decode(wire.unpack(body[:size])[0])
    assert len(decoder.mutables) == len(encoder.mutables)
    return result


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(VALUES)
def test_data_arrives_as_it_left(value: object) -> None:
    for layout in (True, False):
        arrived = travel(value, layout)
        assert arrived == value
        assert type(arrived) is type(value)


@settings(deadline=None, max_examples=200)
@given(
    hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.uint8, np.bool_, np.complex128]),
        hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
        elements={"allow_nan": False},
    )
)
def test_arrays_arrive_with_dtype_and_shape(array: np.ndarray) -> None:
    for layout in (True, False):
        arrived = travel(array, layout)
        assert isinstance(arrived, np.ndarray)
        assert arrived.dtype == array.dtype
        np.testing.assert_array_equal(arrived, array)


@pytest.mark.parametrize(
    "view",
    [
        np.arange(24.0).reshape(2, 3, 4)[::-1],
        np.arange(24.0).reshape(2, 3, 4)[:, ::2, ::-1],
        np.arange(24.0).reshape(4, 6).T,
        np.broadcast_to(np.arange(3.0), (4, 3)),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        as_views(np.arange(16.0).reshape(1, 1, 4, 4)),
    ],
    ids=["reversed", "strided", "transposed", "broadcast", "fortran", "of_a_suite"],
)
def test_a_view_keeps_its_layout(view: np.ndarray) -> None:
    arrived = travel(view)
    assert isinstance(arrived, np.ndarray)
    assert arrived.strides == view.strides
    assert arrived.flags.writeable == view.flags.writeable
    np.testing.assert_array_equal(arrived, view)


def test_one_array_passed_twice_is_one_array_there() -> None:
    x = np.ones(3)
    a, b = travel([x, x])  # type: ignore[misc]
    assert a is b


def test_a_generator_continues_its_stream() -> None:
    rng = np.random.default_rng(3)
    rng.random(5)
    arrived = travel(rng)
    assert isinstance(arrived, np.random.Generator)
    assert arrived.random() == rng.random()


def test_subclasses_arrive_as_exact_builtins() -> None:
    class Sneaky(float):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = float.__hash__

    class Always(dict):  # type: ignore[type-arg]
        def __eq__(self, other: object) -> bool:
            return True

    for value, plain in ((Sneaky(2.0), float), (Always(a=1), dict), (np.matrix([[1.0]]), np.ndarray)):
        assert type(travel(value, layout=False)) is plain


def test_object_arrays_and_functions_stay_behind_as_handles() -> None:
    for value in (np.array([None, 1], dtype=object), np.array(["a"]), len, object()):
        assert travel(value, layout=False)[0] == wire.HANDLE  # type: ignore[index]


def test_too_deep_a_nesting_is_refused() -> None:
    value: list[object] = []
    for _ in range(100):
        value = [value]
    with pytest.raises(wire.WireError, match="deep"):
        travel(value)


@pytest.mark.parametrize(
    "meta",
    [
        [wire.ARRAY, "O", [1], 0, 8, None, 0, True],
        [wire.ARRAY, "<f8", [4], 0, 8, None, 0, True],
        [wire.ARRAY, "<f8", [-1], 0, 8, None, 0, True],
        [wire.ARRAY, "<f8", [1], 4, 8, None, 0, True],
        [wire.ARRAY, "<f8", [1], 0, 8, [8], -64, True],
        [wire.ARRAY, "<f8,<f8", [1], 0, 16, None, 0, True],
        [wire.ARRAY, "<f8"],
        [wire.DICT, "a"],
        [wire.DICT, [wire.LIST], 1],
        [wire.SET, [wire.LIST]],
        [wire.SAME, 0],
        [wire.RNG, [wire.DICT]],
        [wire.BIGINT, "f" * 10_000],
        [wire.RANGE, "a", 1, 1],
        [wire.SCALAR, "<f8", [1], 0, 8, None, 0, True],
        [wire.RANGE, 0, 10**10, 1],
        [wire.BIGINT, hex(1 << 16_000)],
        [wire.ARRAY, "<f8", [0, 10**12], 0, 0, None, 0, True],
        [wire.ARRAY, "f8,f8", [0], 0, 0, None, 0, True],
        [wire.ARRAY, [["a", "<f8"]], [0], 0, 0, None, 0, True],
        [wire.LIST, *[[wire.ARRAY, "<f8", [1], 0, 8, None, 0, True]] * 2],
        [wire.SET, *range(wire.MAX_ODD_KEYS + 1)],
        [[1]],
        [],
    ],
    ids=lambda meta: str(meta)[:40],
)
def test_a_forged_value_is_refused(meta: list[object]) -> None:
    def no_handles(_: list[object]) -> object:
        raise wire.WireError("not data")

    decoder = wire.Decoder(memoryview(bytes(8)), no_handles, judge_sent=False)
    with pytest.raises((wire.WireError, TypeError, ValueError, IndexError)):
        decoder.decode(meta)


def test_colliding_keys_are_capped() -> None:
    meta: list[object] = [wire.DICT]
    for i in range(wire.MAX_ODD_KEYS + 1):
        meta += [i * (2**61 - 1), 0]
    with pytest.raises(wire.WireError, match="keys"):
        wire.Decoder(memoryview(b""), lambda m: m, judge_sent=False).decode(meta)


@pytest.mark.parametrize(
    "data",
    [
        b"XXXX" + bytes(8),
        wire.HEADER.pack(wire.MAGIC, wire.MAX_META + 1, 0),
        wire.HEADER.pack(wire.MAGIC, 0, wire.MAX_BLOB + 1),
    ],
)
def test_a_bad_header_is_refused(data: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.parse_header(data)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_random_bytes_never_do_more_than_be_refused(data: bytes) -> None:
    try:
        message = wire.unpack(data)
    except wire.WireError:
        return
    try:
        wire.Decoder(memoryview(data), lambda m: None, judge_sent=False).decode(message)
    except (wire.WireError, TypeError, ValueError, IndexError, OverflowError):
        return


def test_maps_and_extension_types_are_refused() -> None:
    for data in (msgpack.packb({"a": 1}), msgpack.packb([msgpack.ExtType(1, b"x")]), b"\xc1"):
        with pytest.raises(wire.WireError):
            wire.unpack(data)
