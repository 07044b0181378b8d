"""A question's record, in the words of SCORM 2004 and xAPI, before any standard's syntax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

InteractionType = Literal[
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
]
"""SCORM 2004 RTE 4.2.9, IEEE 1484.11.1; spelled as there."""

Response = str | float | bool | tuple[str, ...] | tuple[tuple[str, str], ...]
"""Text, number, verdict, chosen ids, or pairs of ids, as the type asks."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen, sorted or matched."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """One reportable answer of an activity.

    ``key`` names it within its activity ("" where it is the only one). ``description`` is the question in
    plain text. ``options`` are the choices, the steps or the sources of a matching; ``targets`` its targets.
    ``correct_responses`` are alternatives, each a whole right answer; none for an ungraded question.
    ``max_chars`` bounds a text, counted as it is sent (a line break counts as three).
    """

    key: str
    type: InteractionType
    description: str
    options: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    correct_responses: tuple[Response, ...] = ()
    max_chars: int = 0
    weighting: float = 0.0
    digest: bool = False
    """The author wants only the length and a hash of the answer recorded."""
