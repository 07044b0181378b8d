"""What questions with a button to check them have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Literal, Protocol, TypeVar

from scormkit.model.scoring import Graded
from scormkit.model.text import Markdown

MOST_OPTIONS = 36
"""Options of one choice or sequencing, sources and targets of one matching (SCORM 2004 RTE 4.2.9.1; SCORM 1.2 RTE
3.4.7: one character each)."""


class Question(Graded):
    """Answered and checked with a button; how often, and when something is said of it, is the author's choice."""

    explanation: Markdown | None = None
    """Shown after the check."""


def text_type(most: int) -> Literal["fill-in", "long-fill-in"]:
    """The interaction type for texts of up to ``most`` characters (SCORM 2004 RTE 4.2.9.1: 250 in a fill-in)."""
    return "fill-in" if most <= 250 else "long-fill-in"


def lines_length(lines: int, chars: int) -> int:
    """The most characters of so many lines as they are sent, line breaks counted as three."""
    return lines * chars + (lines - 1) * len(" / ")


class Named(Protocol):
    """Something with an id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


NamedT = TypeVar("NamedT", bound=Named)


def repeated(things: Iterable[Named]) -> Iterator[tuple[int, str]]:
    """Index and id of each thing whose id stands before it already."""
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.id in seen:
            yield index, thing.id
        seen.add(thing.id)


def mixed(things: Iterable[NamedT], salt: str) -> tuple[NamedT, ...]:
    """The things in an order that says nothing about them: by a hash of their ids, the same in every build, and such
    that a new thing leaves the order of the others alone."""
    return tuple(sorted(things, key=lambda thing: sha256(f"{salt} {thing.id}".encode()).digest()))
