"""What questions with a button to check them have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import Field

from scormkit.model.blocks import Activity
from scormkit.model.text import Markdown

MOST_OPTIONS = 36
"""Options of one choice or sequencing, sources and targets of one matching (SCORM 2004 RTE 4.2.9.1; SCORM 1.2 RTE
3.4.7: one character each)."""

Weight = Annotated[float, Field(gt=0, le=100, alias="weight")]
"""How much something counts beside other questions."""


class Question(Activity):
    """Answered, checked with a button, and checked again as often as the learner likes."""

    explanation: Markdown | None = None
    """Shown after the check."""
    scored: bool = True
    """Whether it counts for the score. What is not scored is told to the learner, but reported without a verdict."""
    relative_weight: Weight = 1.0
    """How much it counts beside other questions."""

    @property
    def has_right_answer(self) -> bool:
        """Whether a check can say right or not yet; an opinion is only noted."""
        return True

    @property
    def graded(self) -> bool:
        """Whether it counts for the score and is reported with a verdict."""
        return self.scored and self.has_right_answer

    def weight(self) -> float:
        """Its weight in the score."""
        return self.relative_weight if self.graded else 0.0


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
