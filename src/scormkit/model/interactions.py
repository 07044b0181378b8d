"""A question's record, in the words of SCORM 2004 and xAPI, before any standard's syntax."""

from __future__ import annotations

from typing import Literal, NamedTuple

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

Role = Literal["", "plan", "report", "outcome", "next-plan"]
"""An answer's part in the follow-up loop: what is planned, what is told of it later, how it went, what comes next."""

ValueFormat = Literal["", "date", "due"]
"""``date`` for a day, yyyy-mm-dd; ``due`` for the day by which a plan is to be done."""

Response = str | float | bool | tuple[str, ...] | tuple[tuple[str, str], ...]
"""Text, number, verdict, chosen ids, or pairs of ids, as the type asks."""


class Option(NamedTuple):
    """Something that can be chosen, sorted or matched."""

    id: str
    label: str


class Interaction(NamedTuple):
    """One reportable answer of an activity.

    ``key`` names it within its activity ("" where it is the only one). ``description`` is the question in
    plain text. ``options`` are the choices, the steps or the sources of a matching; ``targets`` its targets.
    ``correct_responses`` are alternatives, each a whole right answer; none for an ungraded question.
    ``max_chars`` bounds a text, counted as it is sent (a line break counts as three). ``tolerance`` is how far from
    the correct number a number may be. ``role`` and ``round`` place it in the follow-up loop; the next plan of a round
    is the plan of the following one.
    """

    key: str
    type: InteractionType
    description: str
    options: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    correct_responses: tuple[Response, ...] = ()
    max_chars: int = 0
    tolerance: float = 0.0
    weighting: float = 0.0
    role: Role = ""
    round: int = 1
    format: ValueFormat = ""
    digest: bool = False
    """The author wants only the length and a hash of the answer recorded."""
