"""The format between judge and worker: data only, with caps, and nothing executable.

Theory of operation
-------------------
A frame is ``magic, length of meta, length of blob, meta, blob``. *Meta* is msgpack: scalars
stand for themselves, anything else is a list ``[tag, ...]``, so that decoding never guesses.
Array bytes lie out of band in *blob*. What arrives is rebuilt as exact built-in types and
plain ``ndarray``; no name in a frame is ever looked up or called.

The two directions differ in what they may carry. The judge sends arrays with their memory
layout (negative strides, broadcast views), random generators by state, and callables as
numbers to be called back. The worker answers with contiguous arrays, and what is not data (a
function, a generator, an object) stays in the worker as a *handle*: a number and a type name.
A dict, list or tuple of a class of its own (a named tuple) is both: data for the test, and the
same object again when the test hands it back.

Every array, list, dict and generator in a request has an index, counted alike on both sides
(`Encoder.mutables`, `Decoder.mutables`). After a call the worker compares and sends back
those that changed, so that the judge's test sees its own arguments modified.

Caps protect the judge: a frame's sizes, nesting, number of items, dtypes and shapes. 40 MB of
``[]`` once cost 2.9 GB and 19 s, hence the cap on meta. A few bytes must never stand for much:
arrays may not share their bytes, and a range counts as many items as it stands for.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

MAGIC = b"AGW1"
HEADER = struct.Struct("<4sII")
MAX_META = 1 << 20
MAX_BLOB = 64 << 20
MAX_DEPTH = 32
MAX_ITEMS = 200_000
MAX_TEXT = 1 << 16
MAX_ODD_KEYS = 1000
MAX_INT_BITS = 4096
_DTYPE = re.compile(r"[<>|=][biufc]\d{1,2}")

LIST, TUPLE, DICT, SET, FROZENSET, ARRAY, SCALAR, COMPLEX, BIGINT, RANGE, SLICE = range(1, 12)
SAME, RNG, CALLBACK, HANDLE, KEPT = 20, 21, 22, 23, 24
_SEQUENCES: dict[int, Callable[[list[Any]], Any]] = {LIST: list, TUPLE: tuple, SET: set, FROZENSET: frozenset}


class WireError(Exception):
    """A value cannot travel, or a frame is not what it must be."""


class Handle:
    """A reference to an object that lives in the worker."""

    __slots__ = ("callable", "id", "iterator", "type_name")

    def __init__(self, id: int, type_name: str, callable: bool, iterator: bool) -> None:
        self.id = id
        self.type_name = type_name
        self.callable = callable
        self.iterator = iterator


class Encoder:
    """Turn values into meta and blob.

    Parameters
    ----------
    hold
        Called with what is not data; returns the ``[tag, ...]`` that stands for it.
    layout
        Send arrays with their strides, and remember mutables (the judge's direction).
    standing
        ``[tag, ...]`` to send in place of a container, or None.
    """

    def __init__(
        self,
        hold: Callable[[Any], list[Any]],
        layout: bool = False,
        standing: Callable[[Any], list[Any] | None] | None = None,
    ) -> None:
        self._hold = hold
        self._layout = layout
        self._standing = standing
        self._seen: dict[int, int] = {}
        self._items = 0
        self.size = 0
        self.chunks: list[Any] = []
        self.mutables: list[Any] = []

    def encode(self, value: Any, depth: int = 0) -> Any:
        self._items += 1
        if depth > MAX_DEPTH:
            raise WireError("nested too deeply")
        if self._items > MAX_ITEMS:
            raise WireError("too many items")
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if isinstance(value, np.ndarray):
            return self._array(value)
        if kind in (list, tuple, dict):
            return self._container(value, kind, depth)
        return self._other(value, depth)

    def _container(self, value: Any, kind: type, depth: int) -> Any:
        stands = self._standing(value) if self._standing is not None else None
        if stands is not None:
            return stands
        if kind is not tuple:
            known = self._remember(value)
            if known is not None:
                return known
        if kind is dict:
            out: list[Any] = [DICT]
            for key, item in value.items():
                out.append(self.encode(key, depth + 1))
                out.append(self.encode(item, depth + 1))
            return out
        return [LIST if kind is list else TUPLE, *[self.encode(v, depth + 1) for v in value]]

    def _other(self, value: Any, depth: int) -> Any:
        if isinstance(value, bool):
            return bool(value)
        if isinstance(value, int):
            value = int(value)
            if -(1 << 63) <= value < (1 << 64):
                return value
            if value.bit_length() > MAX_INT_BITS:
                raise WireError("the integer is too large")
            return [BIGINT, hex(value)]
        if isinstance(value, float) and not isinstance(value, np.generic):
            return float(value)
        if isinstance(value, str):
            text = str.__str__(value)
            if len(text) > MAX_TEXT:
                raise WireError("the text is too long")
            return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        if isinstance(value, (bytes, bytearray)):
            return bytes(value)
        if isinstance(value, np.generic):
            array = np.asarray(value)
            return [SCALAR, *self._data(array)[1:]] if array.dtype.kind in "biufc" else self._hold(value)
        if isinstance(value, complex):
            return [COMPLEX, value.real, value.imag]
        for base in (dict, list, tuple):
            if isinstance(value, base):
                data = self._container(base(value), base, depth)
                return data if self._layout else [KEPT, self._hold(value)[1], data]
        if isinstance(value, (set, frozenset)):
            tag = SET if isinstance(value, set) else FROZENSET
            return [tag, *[self.encode(v, depth + 1) for v in value]]
        if isinstance(value, range):
            return [RANGE, value.start, value.stop, value.step]
        if isinstance(value, slice):
            return [SLICE, *[self.encode(v, depth + 1) for v in (value.start, value.stop, value.step)]]
        if isinstance(value, np.random.Generator) and self._layout:
            known = self._remember(value)
            return known if known is not None else [RNG, self.encode(rng_state(value), depth + 1)]
        return self._hold(value)

    def _remember(self, value: Any) -> Any:
        if not self._layout:
            return None
        index = self._seen.get(id(value))
        if index is not None:
            return [SAME, index]
        self._seen[id(value)] = len(self.mutables)
        self.mutables.append(value)
        return None

    def _array(self, value: np.ndarray) -> Any:
        array = np.asarray(value)
        if array.dtype.kind not in "biufc":
            return self._hold(value)
        known = self._remember(value)
        return known if known is not None else self._data(array)

    def _data(self, array: np.ndarray) -> Any:
        if array.dtype.itemsize > 16 or (array.dtype.kind == "f" and array.dtype.itemsize > 8):
            array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
        strides: list[int] | None = None
        base = 0
        data: Any
        if self._layout and not array.flags.c_contiguous and array.size:
            data, strides, base = _span(array)
        else:
            data = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data if array.size else b""
        start = self.size
        self.size += len(data)
        if self.size > MAX_BLOB:
            raise WireError("the arrays are too large")
        self.chunks.append(data)
        return [ARRAY, array.dtype.str, list(array.shape), start, len(data), strides, base, array.flags.writeable]


def _span(array: np.ndarray) -> tuple[Any, list[int] | None, int]:
    """The bytes from an array's lowest to its highest address, its strides, and where element 0 lies."""
    reach = [(n - 1) * s for n, s in zip(array.shape, array.strides, strict=True)]
    low = sum(r for r in reach if r < 0)
    size = sum(abs(r) for r in reach) + array.itemsize
    if size > 4 * array.nbytes + 64 or any(s % array.itemsize for s in array.strides):
        return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data, None, 0
    lowest_first = array[tuple(slice(None, None, -1 if s < 0 else 1) for s in array.strides)]
    flat = np.lib.stride_tricks.as_strided(lowest_first, (size // array.itemsize,), (array.itemsize,))
    return flat.copy().view(np.uint8).data, list(array.strides), -low


class Decoder:
    """Rebuild values from meta and blob.

    Parameters
    ----------
    blob
        The array bytes.
    special
        Called with the tags that only one direction knows (CALLBACK, HANDLE).
    judge_sent
        Whether the trusted side made the frame: only then are layouts, SAME and RNG obeyed.
    """

    def __init__(self, blob: memoryview, special: Callable[[list[Any]], Any], judge_sent: bool) -> None:
        self._blob = blob
        self._special = special
        self._judge_sent = judge_sent
        self._items = 0
        self._unread = len(blob)
        self.mutables: list[Any] = []

    def decode(self, meta: Any, depth: int = 0) -> Any:
        if not isinstance(meta, list):
            if meta is None or type(meta) in (bool, int, float, str, bytes):
                return meta
            raise WireError(f"unexpected {type(meta).__name__}")
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS or not meta:
            raise WireError("nested too deeply, too many items, or empty")
        tag = meta[0]
        if tag in _SEQUENCES:
            return self._sequence(tag, meta, depth)
        if tag == DICT:
            return self._dict(meta, depth)
        if tag in (ARRAY, SCALAR):
            return self._array(meta)
        if tag == COMPLEX:
            return complex(float(meta[1]), float(meta[2]))
        if tag == BIGINT:
            if len(meta[1]) > MAX_INT_BITS // 4 + 3:  # -0x
                raise WireError("the integer is too large")
            return int(meta[1], 16)
        if tag == RANGE:
            numbers = range(*(int(v) for v in meta[1:4]))
            self._items += min(len(numbers), MAX_ITEMS + 1)  # np.asarray would make a list of it
            if self._items > MAX_ITEMS:
                raise WireError("the range is too long")
            return numbers
        if tag == SLICE:
            return slice(*(self.decode(v, depth + 1) for v in meta[1:4]))
        if tag == KEPT and not self._judge_sent:
            _, number, data = meta
            return self._special([KEPT, number, self.decode(data, depth + 1)])
        if self._judge_sent and tag == SAME:
            return self.mutables[meta[1]]
        if self._judge_sent and tag == RNG:
            generator = np.random.Generator(np.random.PCG64(0))
            index = self._reserve()
            generator.bit_generator.state = self.decode(meta[1], depth + 1)
            return self._fill(index, generator)
        return self._special(meta)

    def _reserve(self) -> int:
        self.mutables.append(None)
        return len(self.mutables) - 1

    def _fill(self, index: int, value: Any) -> Any:
        self.mutables[index] = value
        return value

    def _sequence(self, tag: int, meta: list[Any], depth: int) -> Any:
        if tag == LIST and self._judge_sent:
            index = self._reserve()
            return self._fill(index, [self.decode(m, depth + 1) for m in meta[1:]])
        items = [self.decode(m, depth + 1) for m in meta[1:]]
        if tag in (SET, FROZENSET) and sum(not isinstance(v, str) for v in items) > MAX_ODD_KEYS:
            raise WireError("too many elements that are not text")
        try:
            return _SEQUENCES[tag](items)
        except TypeError as error:
            raise WireError(str(error)) from None

    def _dict(self, meta: list[Any], depth: int) -> dict[Any, Any]:
        if len(meta) % 2 == 0:
            raise WireError("a dict without a value")
        out: dict[Any, Any] = {}
        if self._judge_sent:
            self._fill(self._reserve(), out)
        odd = 0
        for i in range(1, len(meta), 2):
            key = self.decode(meta[i], depth + 1)
            odd += not isinstance(key, str)
            if odd > MAX_ODD_KEYS:  # colliding integers make a dict quadratic
                raise WireError("too many keys that are not text")
            try:
                out[key] = self.decode(meta[i + 1], depth + 1)
            except TypeError as error:
                raise WireError(str(error)) from None
        return out

    def _array(self, meta: list[Any]) -> Any:
        try:
            _, name, shape, start, length, strides, base, writeable = meta
            if not _DTYPE.fullmatch(name):  # before NumPy, which also reads lists of fields
                raise WireError("an array of something else than numbers")
            dtype = np.dtype(name)
            shape = tuple(int(n) for n in shape)
            if dtype.itemsize > 16 or len(shape) > 32 or min(shape, default=0) < 0:
                raise WireError(f"an array of {dtype} with shape {shape}")
            count = reach = 1
            for n in shape:
                count *= n
                reach *= n or 1
            if reach > MAX_BLOB:  # (0, 10**12) is empty, but its sum is not
                raise WireError("an axis is too long")
            if not (0 <= start <= start + length <= len(self._blob)):
                raise WireError("array bytes outside the frame")
            if strides is not None and not self._judge_sent:
                raise WireError("a layout from the worker")
            if strides is None and count * dtype.itemsize != length:
                raise WireError("array bytes do not fit the shape")
            self._unread -= length
            if self._unread < 0:
                raise WireError("arrays that share their bytes")
            raw = bytearray(self._blob[start : start + length])
            if strides is None:
                array = np.frombuffer(raw, dtype, count).reshape(shape)
            else:
                array = np.ndarray(shape, dtype, raw, base, tuple(strides))
        except (ValueError, TypeError, OverflowError) as error:
            raise WireError(f"a malformed array: {error}") from None
        if meta[0] == SCALAR:
            if shape:
                raise WireError("a scalar with a shape")
            return array[()]
        if self._judge_sent:
            self._fill(self._reserve(), array)
            if not writeable:
                array.flags.writeable = False
        return array


def rng_state(generator: np.random.Generator) -> dict[str, Any]:
    """The state of a PCG64 generator as plain integers.

    Raises
    ------
    WireError
        The bit generator is not PCG64, NumPy's default.
    """
    state = generator.bit_generator.state
    if state.get("bit_generator") != "PCG64":
        raise WireError("only PCG64 generators (np.random.default_rng) can be passed")
    return dict(state)


def pack(message: list[Any], encoder: Encoder | None = None) -> list[Any]:
    """A frame as a list of buffers to be written in order."""
    meta = msgpack.packb(message, use_bin_type=True)
    if len(meta) > MAX_META:
        raise WireError("the message is too large")
    size = encoder.size if encoder else 0
    return [HEADER.pack(MAGIC, len(meta), size) + meta, *(encoder.chunks if encoder else ())]


def joined(frame: list[Any]) -> list[Any]:
    """The frame in one piece where it is small: one write, and one wake-up at the other end."""
    if sum(len(chunk) for chunk in frame) <= 1 << 16:
        return [b"".join(frame)]
    return frame


def parse_header(data: bytes) -> tuple[int, int]:
    """Lengths of meta and blob, checked against the caps."""
    magic, meta, blob = HEADER.unpack(data)
    if magic != MAGIC or meta > MAX_META or blob > MAX_BLOB:
        raise WireError("not a frame, or too large")
    return meta, blob


def unpack(meta: bytes) -> list[Any]:
    """The msgpack part of a frame as plain nested lists.

    Raises
    ------
    WireError
        It is not msgpack, or holds something other than lists and scalars.
    """
    try:
        message = msgpack.unpackb(
            meta,
            raw=False,
            use_list=True,
            max_map_len=0,
            max_ext_len=0,
            max_array_len=2 * MAX_ITEMS,
            max_str_len=MAX_META,
            max_bin_len=MAX_META,
        )
    except Exception as error:
        raise WireError(f"not a message: {type(error).__name__}") from None
    if not isinstance(message, list) or not message:
        raise WireError("not a message")
    return message
