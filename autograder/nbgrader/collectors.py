"""``nbgrader zip_collect`` for the zips that Moodle and Canvas give, or one with a folder per student.

nbgrader splits the work in two. `LmsExtractor` unpacks, without trusting the zip and keeping
the time at which each file was handed in; `LmsCollector` says of each unpacked file whose it is
and which notebook. Names are read by the same rules as in ``autograder grade``, so both
find the same student. A file nobody can be found for is left out with a warning that names it;
it never ends the batch, as nbgrader's own collector does on a file that was uploaded twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Unicode

from ..collect.class_list import read_roster
from ..collect.files import File, Top, UnreadableFile
from ..collect.lms import Owner, owner_of
from ..collect.members import BROKEN, MAX_NESTED_BYTES, member_file, open_nested, open_zip, vetted
from ..collect.names import ExerciseNames, kind, suffix
from ..collect.nbjson import MAX_FILE_BYTES
from ..collect.roster import Roster
from ..collect.texts import show
from .grade_ids import grade_ids
from .students import usable
from .where import course

MAX_TOTAL = 512 * 2**20  # unpacked, of one zip
_NOTEBOOK = ".ipynb"
_SHOWN = 5  # names of files in a warning


class LmsExtractor(ExtractorPlugin):  # type: ignore[misc]
    """``c.ZipCollectApp.extractor_plugin``: unpack the notebooks, also those in students' own zips.

    Times in a zip are local; the course's time zone says which.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        zone = course().timezone
        source, target = Path(archive_path), Path(extracted_path)
        paths = sorted(path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
        if not paths:
            self.log.warning("No files found in directory: %s", source)
        uploads = Uploads()
        for path in paths:
            inside = path.relative_to(source).as_posix()
            try:
                is_zip = suffix(path.name) == ".zip"
                files = self._of_zip(path, inside, zone, uploads) if is_zip else [_on_disk(path, inside)]
                self._write(files, target, uploads)
            except BROKEN as error:
                self.log.error("%s cannot be read: %s. Was it downloaded completely?", path, error)
        for who, what in uploads.without_notebook():
            self.log.warning("No notebook from %s: %s", who, what)

    def _of_zip(self, path: Path, inside: str, zone: tzinfo, uploads: Uploads) -> Iterator[File]:
        """The notebooks of a zip; the folder they come into keeps the zip's name with its ending."""
        with open_zip(path) as archive:
            for parts, info in vetted(archive, lambda _, note: self.log.warning("%s: %s", path.name, note.text.en)):
                if info.is_dir():
                    uploads.add([inside, *parts, ""])
                    continue
                file = member_file(lambda: archive, info, "/".join(parts), zone)
                if suffix(file.name) != ".zip":
                    yield file.under(inside)
                    continue
                listing, _ = open_nested(file, MAX_NESTED_BYTES, zone)
                uploads.add([inside, *parts])
                for note in listing.notes:
                    self.log.warning("%s: %s", path.name, note.text.en)
                yield from (nested.under(inside) for nested in listing.files)

    def _write(self, files: Iterator[File] | list[File], target: Path, uploads: Uploads) -> None:
        left = MAX_TOTAL
        for file in files:
            uploads.add(file.path.split("/"))
            if kind(file.name) != _NOTEBOOK:
                continue
            try:
                data = file.read(MAX_FILE_BYTES + 1)
                if len(data) > MAX_FILE_BYTES or len(data) > left:
                    self.log.warning("Skipped %s: too large", file.path)
                    continue
                left -= len(data)
                to = target / file.path
                if suffix(file.name) != _NOTEBOOK:  # relu.ipynb.txt: nbgrader goes by the ending
                    to = to.with_name(to.name + _NOTEBOOK)
                to.parent.mkdir(parents=True, exist_ok=True)
                to.write_bytes(data)
                if file.received is not None:
                    os.utime(to, (file.received.timestamp(),) * 2)
                uploads.has_notebook(file.path.split("/"))
                self.log.info("Extracted %s", to)
            except (UnreadableFile, OSError) as error:
                self.log.warning("Skipped %s: %s", file.path, error)


class Uploads:
    """Who handed in what, to name those whose upload holds no notebook."""

    def __init__(self) -> None:
        self._files: dict[tuple[str | None, str], tuple[str, list[str]]] = {}
        self._have: set[tuple[str | None, str]] = set()

    def add(self, parts: list[str]) -> None:
        """A file, by the parts of its path; a folder's end in an empty one."""
        owner, name = whose(parts)
        if owner is not None:
            files = self._files.setdefault((owner.lms, owner.key), (show(owner.name or owner.key), []))[1]
            files += [show(name)] if name else []

    def has_notebook(self, parts: list[str]) -> None:
        """That file is a notebook, and it was unpacked."""
        owner, _ = whose(parts)
        if owner is not None:
            self._have.add((owner.lms, owner.key))

    def without_notebook(self) -> Iterator[tuple[str, str]]:
        """Names, and what there is instead."""
        for key, (who, files) in sorted(self._files.items(), key=lambda item: item[1][0]):
            if key not in self._have:
                more = f", ... (+{len(files) - _SHOWN})" if len(files) > _SHOWN else ""
                yield who, f"the upload holds {', '.join(files[:_SHOWN])}{more}" if files else "the upload is empty"


class LmsCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """``c.ZipCollectApp.collector_plugin``: whose a file is and which notebook of the assignment."""

    roster = Unicode("", help="The class list; without it a student is called as the LMS calls them.").tag(config=True)

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """``student_id``, ``file_id`` and ``timestamp`` of one extracted file; None: skip it."""
        path = Path(submitted_file)
        parts = _below(path, self.parent.extracted_directory)
        if kind(path.name) != _NOTEBOOK:
            return None
        owner, name = whose(parts, self._roster)
        if owner is None:
            self.log.warning("Skipped %s: neither its name nor a folder says whose it is", path)
            return None
        student = self._student(owner)
        notebook = self._notebook(path, name)
        if notebook is None:
            self.log.warning("Skipped %s: not a notebook of this assignment (%s)", path, ", ".join(self._notebooks))
            return None
        if not usable(student):
            self.log.warning("Skipped %s: nbgrader cannot make a folder named %r", path, student)
            return None
        notebook_id, upload = notebook
        return {"student_id": student, "file_id": notebook_id, "timestamp": self._time(path, owner, upload)}

    @cached_property
    def _roster(self) -> Roster | None:
        path = Path(self.roster) if self.roster else None
        return read_roster(path) if path is not None and path.is_file() else None

    @cached_property
    def _notebooks(self) -> list[str]:
        return sorted(path.stem for path in self._release.glob(f"*{_NOTEBOOK}"))

    @property
    def _release(self) -> Path:
        directory = self.parent.coursedir
        return Path(directory.format_path(directory.release_directory, ".", directory.assignment_id))

    @cached_property
    def _due(self) -> datetime | None:
        directory = self.parent.coursedir
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            try:
                due: datetime | None = gradebook.find_assignment(directory.assignment_id).duedate
            except MissingEntry:
                return None
        return due

    def _student(self, owner: Owner) -> str:
        row = self._roster.find(owner) if self._roster else None
        if row is not None:
            return row.student
        if self._roster is not None:
            self.log.warning("%s (%s) is not on the roster", owner.name or owner.key, owner.key)
            if owner.key in self._roster:  # a number of the LMS that happens to be someone else's id
                return f"{owner.lms or 'folder'}-{owner.key}"
        return owner.key

    def _notebook(self, path: Path, name: str) -> tuple[str, int] | None:
        """Notebook and number of the upload: by the file's name, else by the cells in it."""
        named = ExerciseNames(self._notebooks).match(name)
        if named is not None:
            return named
        inside = grade_ids(path)
        fits = [n for n in self._notebooks if inside & grade_ids(self._release / f"{n}{_NOTEBOOK}")]
        return (fits[0], 0) if len(fits) == 1 else None

    def _time(self, path: Path, owner: Owner, upload: int) -> datetime:
        """When it was handed in, in UTC as nbgrader wants it.

        Of two uploads at the same time the later number wins; what the LMS marked late is late
        by a second at least.
        """
        time = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
        if owner.late and self._due is not None and time <= self._due:
            time = self._due + timedelta(seconds=1)
        return time + timedelta(microseconds=upload)


def whose(parts: list[str], roster: Roster | None = None) -> tuple[Owner | None, str]:
    """The owner of an extracted file, and its name as the student gave it.

    Parameters
    ----------
    parts
        The path below the folder of extracted files. The outermost part that an LMS named, or
        that the roster knows, decides; else the outermost folder that is no zip of others.
    """
    *folders, name = parts
    for i, part in enumerate(parts):
        owner = owner_of(Top(part, is_dir=i < len(folders)))
        if owner is not None and owner.lms is not None:
            return owner, owner.file or name
    owners = [Owner(_without_zip(folder)) for folder in folders]
    if roster is not None:
        known = next((owner for owner in owners if roster.find(owner) is not None), None)
        if known is not None:
            return known, name
    people = [owner for owner, folder in zip(owners, folders, strict=True) if suffix(folder) != ".zip"]
    return next(iter(people or owners[-1:]), None), name


def _without_zip(folder: str) -> str:
    return PurePosixPath(folder).stem if suffix(folder) == ".zip" else folder


def _below(path: Path, folder: str) -> list[str]:
    """The parts of a path below the last folder of this name."""
    parts = list(path.parts)
    where = len(parts) - 1 - parts[::-1].index(folder) if folder in parts[:-1] else len(parts) - 2
    return parts[where + 1 :]


def _on_disk(path: Path, inside: str) -> File:
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def read(limit: int) -> bytes:
        with path.open("rb") as file:
            return file.read(limit)

    return File(inside, modified, modified, read)
