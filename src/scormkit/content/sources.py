"""Finds courses and sessions below the paths that a user names, without being led elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from scormkit.content.rules import FILE_READABLE, LEADS_OUT, LINK_SKIPPED, NOTHING_FOUND
from scormkit.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COURSE_FILE = "course.yaml"
SESSION_FILE = "session.yaml"

_DEEPEST = 20
"""Levels of folders; a course lies two below the folder of all courses."""


class Source(NamedTuple):
    """A course, or a session that stands alone. ``folder`` and ``file`` are written as the user wrote the path."""

    kind: Literal["course", "session"]
    folder: Path
    file: Path


def sources_in(paths: Sequence[Path]) -> tuple[list[Source], list[Problem]]:
    """Everything below ``paths``, each course and session once, and what could not be searched."""
    sources: dict[Path, Source] = {}
    problems: list[Problem] = []
    for path in paths:
        for found in _below(path):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                sources.setdefault(found.file.absolute(), found)
    return list(sources.values()), problems


def leads_out(path: Path, folder: Path) -> bool:
    """Whether ``path`` is, by way of symbolic links, not below ``folder``."""
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def _below(path: Path) -> Iterator[Source | Problem]:
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.name in (COURSE_FILE, SESSION_FILE) and path.exists():
            yield from _source(path.parent, path.name)
        elif path.exists():
            yield NOTHING_FOUND.problem(
                f"this is neither a folder nor a {COURSE_FILE} or {SESSION_FILE}.", "Name one of these.", file=str(path)
            )
        else:
            yield FILE_READABLE.problem("there is no such file or folder.", "Check the path.", file=str(path))
    except (OSError, ValueError) as error:
        yield FILE_READABLE.problem(f"this cannot be read: {_reason(error)}.", "Check its rights.", file=str(path))


def _folder(top: Path) -> Iterator[Source | Problem]:
    waiting = [(top, 0)]
    found = False
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listing = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found = True
            yield FILE_READABLE.problem(
                f"this folder cannot be read: {_reason(error)}.", "Check its rights.", file=str(folder)
            )
            continue
        names = {entry.name for entry in listing}
        main = COURSE_FILE if COURSE_FILE in names else SESSION_FILE
        if main in names:
            found = True
            yield from _source(folder, main)
            continue
        deeper = []
        for entry in listing:
            if entry.name.startswith(".") or not entry.is_dir():
                continue
            if entry.is_symlink():
                if leads_out(Path(entry.path), top):
                    found = True
                    yield LINK_SKIPPED.problem(
                        f"this symbolic link leads out of {top} and is not searched.",
                        "Put the folder itself here, or name it in the command.",
                        file=entry.path,
                    )
            elif depth < _DEEPEST:
                deeper.append((folder / entry.name, depth + 1))
        waiting.extend(reversed(deeper))
    if not found:
        yield NOTHING_FOUND.problem(
            f"there is no {COURSE_FILE} or {SESSION_FILE} here or below.",
            "Name another folder, or make a course with: scormkit new.",
            file=str(top),
        )


def _source(folder: Path, name: str) -> Iterator[Source | Problem]:
    file = folder / name
    if leads_out(file, folder):
        yield LEADS_OUT.problem(
            "this symbolic link leads out of its folder.", "Put the file itself here.", file=str(file)
        )
    elif name == COURSE_FILE:
        yield Source("course", folder, file)
    else:
        yield Source("session", folder, file)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "the path is not valid"
