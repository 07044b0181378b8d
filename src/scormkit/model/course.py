"""A course: sessions in order and how they are packed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scormkit.model.session import Language, Session
from scormkit.model.text import Id, Iri, Line, Markdown, Model

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as #rrggbb."""


class Theme(Model):
    """How the pages look. All other colours follow from these or stay as they are."""

    accent: Colour = "#0b6e4f"
    """The one accent colour, of links, buttons and marks; it must be readable on the light page."""
    accent_dark: Colour | None = None
    """The accent on the dark page; where nothing is said, a lighter one of the same hue."""


class CourseFile(Model):
    """The file course.yaml."""

    id: Id
    title: Line
    language: Language = "en"
    description: Markdown | None = None
    version: Line | None = None
    sessions: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The sessions' folders, in order."""
    packages: Literal["one-per-session", "one-for-all"] = "one-per-session"
    """``one-for-all``: all sessions in one package; several SCOs in SCORM 1.2, one SCO with a menu in 2004."""
    targets: tuple[str, ...] = ()
    """What to build where the command line names nothing; all targets where this is empty."""
    iri: Iri | None = None
    """Below it lie the ids of all activities in cmi5 and xAPI: an address that is yours and never changes, for instance
    https://example.org/courses/customer-care; it need not lead anywhere. ``urn:scormkit:`` and the course's id where
    nothing is said."""
    theme: Theme = Theme()


class Course(Model):
    """A course with its sessions, ready to be compiled."""

    about: CourseFile
    sessions: tuple[Session, ...]
