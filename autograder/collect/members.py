"""The members of a zip, read without extracting; also a student's zip inside another.

Theory of operation
-------------------
Nothing of a zip is ever written to disk, so a name that climbs (``../``) could harm nobody;
it is refused all the same, because whoever made it was not handing in an exercise. A bomb
explodes when it is inflated, so only the members that count are, from a stream, up to a
limit; a student's zip is opened only below limits on its bytes and its number of members.
Only *stored* and *deflate* are read: zipfile inflates bzip2 and LZMA without a limit.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from ..errors import reason
from ..i18n import Text
from ..model import Note
from .files import MAX_DEPTH, MAX_ENTRIES, File, Listing, UnreadableFile, ignored
from .texts import note, problem, show, size

MAX_NESTED_BYTES = 16 * 2**20  # of all zips that one student handed in, compressed
MAX_NESTED = 5

_UTF8_FLAG = 0x800
_ENCRYPTED = 0x1
_MEMBER = b"PK\x01\x02"  # begins every entry of the central directory
_END = b"PK\x05\x06"  # begins the record after it, which a comment of up to 65535 bytes may follow
_END_SIZE = 22
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


def open_nested(zip_file: File, budget: int, tz: tzinfo) -> tuple[Listing, int]:
    """List a student's own zip.

    Parameters
    ----------
    budget
        How many bytes of zips may still be read for this student.

    Returns
    -------
    Listing, int
        Files with the zip's name before their path, and the bytes that were read.
    """
    listing = Listing()
    try:
        data = zip_file.read(budget + 1)
    except UnreadableFile as error:
        listing.notes.append(Note("bad_zip", _with_path(zip_file.path, error.text)))
        return listing, 0
    if len(data) > budget:
        listing.notes.append(note("zip_too_large", path=zip_file.path, limit=size(MAX_NESTED_BYTES)))
        return listing, 0
    if data.count(_MEMBER) > MAX_ENTRIES:
        listing.notes.append(note("too_many_files", path=zip_file.path, limit=MAX_ENTRIES))
        return listing, len(data)
    try:
        archive = open_zip(io.BytesIO(data))
    except BROKEN as error:
        listing.notes.append(note("bad_zip", path=zip_file.path, reason=reason(error)))
        return listing, len(data)
    for parts, info in vetted(archive, lambda _, refused: listing.notes.append(refused)):
        if not info.is_dir():
            file = member_file(lambda: archive, info, "/".join(parts), tz).under(zip_file.path)
            listing.files.append(replace(file, received=zip_file.received))
    return listing, len(data)


def open_zip(source: Path | io.BytesIO) -> zipfile.ZipFile:
    """Open a zip, and check that its directory holds as many members as its end says.

    zipfile does not: it takes what it finds, and members of a damaged zip vanish silently.

    Raises
    ------
    one of `BROKEN`
    """
    archive = zipfile.ZipFile(source)
    file = archive.fp
    assert file is not None
    file.seek(max(0, file.seek(0, io.SEEK_END) - _END_SIZE - 0xFFFF))
    tail = file.read()
    (claimed,) = struct.unpack_from("<H", tail, tail.rfind(_END) + 10)
    if claimed not in (0xFFFF, len(archive.infolist()) & 0xFFFF):  # 0xFFFF: see the zip64 record
        archive.close()
        raise zipfile.BadZipFile("its directory is damaged")
    return archive


def vetted(
    archive: zipfile.ZipFile, refuse: Callable[[tuple[str, ...] | None, Note], None]
) -> Iterator[tuple[tuple[str, ...], zipfile.ZipInfo]]:
    """The members that may be looked at, with the parts of their names; the others go to `refuse`."""
    for info in archive.infolist():
        name = member_name(info)
        parts = tuple(part for part in name.split("/") if part not in ("", "."))
        kind = stat.S_IFMT(info.external_attr >> 16)
        if "\0" in info.orig_filename or name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
            refuse(None, note("unsafe_path", path=name))
        elif not parts or any(map(ignored, parts)):
            continue
        elif len(parts) > MAX_DEPTH:
            refuse(parts, note("too_deep", path=name))
        elif kind == stat.S_IFLNK:
            refuse(parts, note("symlink", path=name))
        elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            refuse(parts, note("special_file", path=name))
        else:
            yield parts, info


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker saw it, with ``/``.

    Without the UTF-8 flag the standard says cp437, which no one in Japan means: macOS and
    Linux write UTF-8, Windows writes cp932. Decoding comes before turning ``\\``, which is
    the second byte of some Japanese characters in cp932.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437")
        for codec in ("utf-8", "cp932"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def member_file(archive: Callable[[], zipfile.ZipFile], info: zipfile.ZipInfo, path: str, tz: tzinfo) -> File:
    """The `File` that reads a member when it is asked to."""
    try:
        modified = datetime(*info.date_time, tzinfo=tz)
    except ValueError:
        modified = None  # the DOS date of a zip may say month 0
    return File(path, modified, modified, lambda limit: _read(archive(), info, limit))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile(problem("encrypted"))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile(problem("compression"))
    try:
        with archive.open(info) as stream:
            data = stream.read(limit)
            if len(data) < min(info.file_size, limit):
                raise EOFError
            return data
    except BROKEN:
        raise UnreadableFile(problem("damaged")) from None


def _with_path(path: str, why: Text) -> Text:
    return Text(f"{show(path)}: {why.en}", f"{show(path)}: {why.ja}")
