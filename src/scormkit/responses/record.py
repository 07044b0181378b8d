"""What a source tells of one learner's attempt, before it is known what the ids mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scormkit.problem import Problem


@dataclass(frozen=True, slots=True)
class Learner:
    """A person as a source names them; any part may be missing."""

    name: str = ""
    email: str = ""
    id: str = ""
    """The platform's own id, with a word before it that says whose."""
    further: tuple[str, ...] = ()
    """Further identity columns of a report."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One stored record of an interaction: the whole of an answer, or a part of a long one."""

    id: str
    """As reported; ``#n`` where the source only tells the place."""
    response: str | None
    """None where the record has no response."""
    result: str = ""
    at: float | None = None
    """When, in seconds since 1970."""
    time: str = ""
    """When, as the content wrote it."""
    damage: str = ""
    """What the source may have done to the response."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One learner's attempt at one launchable piece. ``number`` 0: not attempted."""

    place: str
    """File, and line where there is one."""
    learner: Learner
    number: int
    slots: tuple[Slot, ...] = ()
    sco: str = ""
    """The piece's title or identifier."""
    activity: str = ""
    """The id of the unit's activity, where the source names it as it was published."""
    completion: str = ""
    """``completed``, ``incomplete``, ``not attempted``, or empty where the source does not tell."""
    success: str = ""
    """``passed``, ``failed``, or empty."""
    score: float | None = None
    """0 to 1."""
    started: float | None = None
    last: float | None = None
    """Seconds since 1970."""
    started_text: str = ""
    last_text: str = ""
    """The same in the words of the downloader's language, where the source has nothing better."""
    rank: int = 0
    """How exact the source is: where two tell of the same attempt, the higher one counts."""
    row: bool = False
    """Whether the source lists each attempt once, so that a second one is another person's."""


Say = Callable[[Problem], None]
"""Where readers tell what they noticed."""


@dataclass(slots=True)
class Notes:
    """Collects what was noticed, each thing once."""

    problems: list[Problem] = field(default_factory=list)
    _known: set[tuple[str, str, str]] = field(default_factory=set)

    def __call__(self, problem: Problem) -> None:
        """Note it, unless the same was said of this file already."""
        key = (problem.file, problem.rule, problem.message)
        if key not in self._known:
            self._known.add(key)
            self.problems.append(problem)
