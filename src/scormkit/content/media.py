"""Pictures, sounds and films that a session names: found, judged, and given a portable name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from scormkit.content.markdown_links import Target, html_in, targets_in
from scormkit.content.media_folder import Found, MediaFolder, Refusal, portable_names
from scormkit.content.picture_size import NotThisType, Size, picture_size
from scormkit.content.rules import (
    ALT_TEXT,
    LINK_SCHEME,
    MEDIA_CONTENT,
    MEDIA_EXISTS,
    MEDIA_HEAVY,
    MEDIA_INSIDE,
    MEDIA_SIZE,
    MEDIA_TYPE,
    RAW_HTML,
    SVG_SAFE,
)
from scormkit.content.wording import listed, quoted, sentence, shortened, size
from scormkit.model.picture import Image
from scormkit.model.text import Markdown, Model, parts_in
from scormkit.model.text import Path as Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scormkit.content.findings import Findings
    from scormkit.rule import Rule

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
SOUND_AND_FILM = (".mp3", ".mp4")

LARGEST = 20_000_000
"""Bytes of one file; many platforms refuse packages of more than 50 to 100 MB."""

HEAVY = 1_000_000
"""Bytes of a picture from which on learners with slow lines notice."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LINKS = ("http", "https", "mailto", "tel")


class Media(NamedTuple):
    """A file that goes into the package. ``size`` in bytes; width and height in pixels where they are known."""

    file: Path
    href: str
    """The name inside the package: relative, ASCII, with slashes."""
    size: int
    width: int | None
    height: int | None


@dataclass(slots=True)
class MediaReader:
    """Goes through the texts of one file. ``media`` is complete when :meth:`finished` was called."""

    findings: Findings
    folder: Path
    pictures_allowed: bool = True
    _shelf: MediaFolder = field(init=False)
    _named: dict[str, Found] = field(default_factory=dict)
    """As written in a text → the file."""
    _sizes: dict[str, Size] = field(default_factory=dict)
    """Name on the disk → width and height; a name in it has been judged."""

    def __post_init__(self) -> None:
        self._shelf = MediaFolder(self.folder)

    def read(self, model: Model) -> None:
        """Everything that a session or course names."""
        for path, part in parts_in(model):
            if isinstance(part, Markdown):
                self._markdown(path, part)
            elif isinstance(part, Image):
                self._take((*path, "file"), part.file, part.file, PICTURES)

    @property
    def names(self) -> set[str]:
        """The files' names on the disk."""
        return {found.name for found in self._named.values()}

    def finished(self, others: Collection[str] = ()) -> Mapping[str, Media]:
        """The files by the names that texts give them (as the Markdown parser writes addresses, % codes too).

        ``others``: names on the disk of files that go into the same package.
        """
        hrefs = portable_names({*self.names, *others})
        media = {}
        for written, found in self._named.items():
            width, height = self._sizes.get(found.name) or (None, None)
            media[written] = Media(found.file, hrefs[found.name], found.bytes, width, height)
        return media

    def _markdown(self, path: Place, text: Markdown) -> None:
        for target in targets_in(text):
            if target.is_picture:
                self._picture(path, target)
            else:
                self._link(path, target)
        for tag in html_in(text):
            self._add(
                RAW_HTML,
                path,
                tag.split("\n")[0],
                f"the HTML {quoted(tag)} is shown as text",
                "Write Markdown: **bold**, *emphasis*, - lists; or put code in `backticks`",
            )
            break

    def _picture(self, path: Place, target: Target) -> None:
        if not self.pictures_allowed:
            self._add(
                MEDIA_INSIDE,
                path,
                target.address,
                "there are no pictures in a course's description",
                "Put it into a session",
            )
            return
        if not target.words.strip():
            self._add(
                ALT_TEXT,
                path,
                f"({target.address}",
                f"the picture {quoted(target.address)} has no alternative text",
                f"Say what it shows: ![what it shows]({shortened(target.address)})",
            )
        self._take(path, target.address, unquote(target.address), PICTURES)

    def _link(self, path: Place, target: Target) -> None:
        address = target.address
        scheme = _SCHEME.match(address)
        if (scheme and scheme[1].lower() in _LINKS) or address.startswith("#"):
            return
        if scheme or address.startswith("//"):
            self._add(
                LINK_SCHEME,
                path,
                address,
                f"a link cannot lead to {quoted(unquote(address))}",
                "Write https://…, mailto:… or tel:…, or the name of a file in the session's folder",
            )
        elif not address:
            self._add(MEDIA_EXISTS, path, "]()", "this link leads nowhere", "Write its address: [words](https://…)")
        elif self.pictures_allowed:
            self._take(path, address, unquote(re.split(r"[#?]", address)[0]), (*PICTURES, *SOUND_AND_FILM))
        else:
            self._add(MEDIA_INSIDE, path, address, "a course's description has no files", "Write https://…")

    def _take(self, path: Place, written: str, name: str, types: tuple[str, ...]) -> None:
        """Judge a named file, and keep it where it is fine."""
        found = self._shelf.find(name)
        if isinstance(found, Refusal):
            self._add(found.rule, path, written, found.message, found.hint)
            return
        suffix = Path(found.name).suffix.lower()
        if suffix not in types:
            self._add(
                MEDIA_TYPE,
                path,
                written,
                f"{quoted(found.name)} cannot stand here",
                f"Name a link to it, [words]({shortened(found.name)})"
                if suffix in SOUND_AND_FILM
                else f"The types are {listed([known[1:] for known in types], 'and')}",
            )
            return
        if found.name not in self._sizes:
            self._sizes[found.name] = self._judged(path, written, found, suffix)
        self._named[written] = found

    def _judged(self, path: Place, written: str, found: Found, suffix: str) -> Size:
        if found.bytes > LARGEST:
            self._add(
                MEDIA_SIZE,
                path,
                written,
                f"{quoted(found.name)} is too large: {size(found.bytes)}, and {size(LARGEST)} are the most",
                "Make it smaller, or put it on a server and write a link",
            )
            return None
        if found.bytes > HEAVY and suffix in PICTURES:
            self._add(
                MEDIA_HEAVY,
                path,
                written,
                f"{quoted(found.name)} has {size(found.bytes)}; learners with slow lines wait for it",
                "Save it with fewer pixels, or as WebP",
            )
        try:
            if suffix == ".svg":
                return self._svg(found)
            return picture_size(found.file, suffix)
        except NotThisType:
            self._add(
                MEDIA_CONTENT,
                path,
                written,
                f"{quoted(found.name)} is no {suffix[1:].upper()} file",
                "Save it again as what its name says",
            )
        except OSError as error:
            self._add(
                MEDIA_EXISTS,
                path,
                written,
                f"{quoted(found.name)} cannot be read: {error.strerror}",
                "Check its rights",
            )
        return None

    def _svg(self, found: Found) -> Size:
        from scormkit.content.svg import read_svg  # noqa: PLC0415 - only where there is an SVG

        report = read_svg(found.file)
        file = str(Path(self.findings.document.name).parent / found.name)
        for fault in report.faults:
            self.findings.problems.append(
                SVG_SAFE.problem(
                    sentence(fault.message), sentence(fault.hint), file=file, line=fault.line, column=fault.column
                )
            )
        return report.size

    def _add(self, rule: Rule, path: Place, needle: str, message: str, hint: str) -> None:
        place = self.findings.document.at_text(path, needle, unquote(needle))
        self.findings.add(rule, path, message, hint, place=place)
