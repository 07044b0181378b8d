"""Finds named files in a session's folder, and nowhere else."""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from scormkit.content.rules import MEDIA_CASE, MEDIA_EXISTS, MEDIA_INSIDE
from scormkit.content.wording import nearest, quoted, shortened
from scormkit.identifier import suggested

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scormkit.rule import Rule

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_PORTABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_ENDING = re.compile(r"\.[a-z0-9]{1,8}\Z")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)


class Refusal(NamedTuple):
    """Why a named file is not taken."""

    rule: Rule
    message: str
    hint: str


class Found(NamedTuple):
    """A named file. ``name`` is its path in the folder as the disk spells it, with slashes."""

    file: Path
    name: str
    bytes: int


@dataclass(slots=True)
class MediaFolder:
    """The folder of one session. Listings are kept, because several names lead to the same folders."""

    folder: Path
    _listings: dict[Path, list[str]] = field(default_factory=dict)

    def find(self, name: str) -> Found | Refusal:
        """The file called ``name``, a relative path with slashes."""
        refusal = _refused(name)
        if refusal:
            return refusal
        place = self.folder
        exact = True
        for step in (part for part in name.split("/") if part not in ("", ".")):
            entry = self._entry(place, step)
            if entry is None:
                return self._absent(name, place, step)
            exact = exact and _composed(entry) == _composed(step)
            place = place / entry
            if place.is_symlink() and not self._inside(place):
                return Refusal(
                    MEDIA_INSIDE,
                    f"{quoted(name)} leads out of the session's folder by a symbolic link",
                    "Put a copy of the file into the folder",
                )
        return self._judged(name, place, exact)

    def _judged(self, name: str, place: Path, exact: bool) -> Found | Refusal:
        right = place.relative_to(self.folder).as_posix()
        if not exact:
            return Refusal(
                MEDIA_CASE,
                f"{quoted(name)} is called {quoted(right)} on the disk",
                "Write it with the same capitals: most servers tell them apart",
            )
        try:
            status = place.stat()
        except OSError:
            return self._absent(name, self.folder, name)
        if not stat.S_ISREG(status.st_mode):
            return Refusal(MEDIA_EXISTS, f"{quoted(name)} is no file", "Name a file, for instance files/picture.png")
        return Found(place, right, status.st_size)

    def _entry(self, place: Path, step: str) -> str | None:
        """What the disk calls ``step``, as exactly as there is a match."""
        names = self._list(place)
        if step in names:
            return step
        wanted = unicodedata.normalize("NFC", step)
        for same in (_composed, _folded):
            for name in names:
                if same(name) == same(wanted):
                    return name
        return None

    def _list(self, place: Path) -> list[str]:
        if place not in self._listings:
            try:
                self._listings[place] = sorted(entry.name for entry in place.iterdir())
            except (OSError, ValueError):
                self._listings[place] = []
        return self._listings[place]

    def _inside(self, place: Path) -> bool:
        try:
            return place.resolve(strict=True).is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError):
            return False

    def _absent(self, name: str, place: Path, step: str) -> Refusal:
        meant = nearest(step, self._list(place))
        before = name[: name.rfind(step)] if meant else ""
        return Refusal(
            MEDIA_EXISTS,
            f"there is no file {quoted(name)} in the session's folder",
            f"Did you mean {shortened(before + meant)}?" if meant else "Put it there, or correct the name",
        )


def portable_names(names: Iterable[str]) -> dict[str, str]:
    """For each relative path one that every server and every disk takes, no two alike, capitals aside.

    A path of ASCII letters, digits, dots, hyphens and underscores stays as it is. Any other gets the nearest such
    words and the beginning of its SHA-256, so that it depends on the name alone.
    """
    given = sorted(set(names))
    plain = [name for name in given if _is_portable(name)]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in [*plain, *(name for name in given if name not in plain)]:
        href = name if name in plain else _renamed(name, 8)
        if href.lower() in taken:
            href = _renamed(name, 64)
        taken.add(href.lower())
        found[name] = href
    return found


def _is_portable(name: str) -> bool:
    return all(_is_portable_step(step) for step in name.split("/"))


def _is_portable_step(step: str) -> bool:
    return (
        _PORTABLE.match(step) is not None
        and not step.endswith(".")
        and ".." not in step
        and _RESERVED.match(step) is None
    )


def _renamed(name: str, digits: int) -> str:
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    number = hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:digits]
    folders = [step if _is_portable_step(step) else suggested(step) for step in path.parent.parts]
    ending = path.suffix.lower()
    return "/".join([*folders, f"{suggested(path.stem)}-{number}{ending if _ENDING.match(ending) else ''}"])


def _refused(name: str) -> Refusal | None:
    """Names that are no path inside a folder."""
    if _SCHEME.match(name):
        return Refusal(
            MEDIA_INSIDE,
            f"{quoted(name)} is not in the package",
            "Save the file in the session's folder and name it there, for instance files/picture.png",
        )
    if "\\" in name:
        return Refusal(MEDIA_INSIDE, f"{quoted(name)} has a backslash", "Write / between folder and file")
    if name.startswith("/") or ".." in name.split("/"):
        return Refusal(
            MEDIA_INSIDE,
            f"{quoted(name)} leads out of the session's folder",
            "Put the file into the folder and name it from there, for instance files/picture.png",
        )
    return None


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
