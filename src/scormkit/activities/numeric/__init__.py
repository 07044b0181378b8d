"""Numeric: a question whose answer is a number.

Reports ``I``: one numeric interaction; ``S`` where it is scored: 1 within the tolerance, else 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.questions import Question
from scormkit.model.text import Line, Markdown
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

NOTHING_CORRECT = Rule("CNT-numeric-1", "A scored number has a right answer.")
OUT_OF_RANGE = Rule("CNT-numeric-2", "The right number, with its tolerance, can be answered.")
EMPTY_RANGE = Rule("CNT-numeric-3", "The smallest number is not larger than the largest.")

LARGEST = 99_999
"""The most that every platform takes: one of them reads five digits before the point."""

INPUT_CHARS = 40
"""Characters of what is typed that are kept with the stored state."""

Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]


class Numeric(Question):
    """A question that is answered with a number."""

    activity: Literal["numeric"] = "numeric"
    question: Markdown
    correct: Number | None = None
    """The right number, from -99999 to 99999; larger amounts are asked in thousands. Left out for a guess."""
    tolerance: Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)] = 0.0
    """How far from it an answer may be and still be right."""
    unit: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)] | None = None
    """What is counted, shown behind the field: ``€``, ``thousand``, ``%``."""
    hint: Line | None = None
    smallest: Number = -LARGEST
    """The smallest number that can be answered."""
    largest: Number = LARGEST
    """The largest number that can be answered."""

    @property
    def has_right_answer(self) -> bool:
        """Whether there is a number to find."""
        return self.correct is not None

    def problems(self) -> Iterator[Finding]:
        """Nothing to be right, or a right number that cannot be answered."""
        if self.smallest > self.largest:
            yield Finding(
                ("smallest",),
                EMPTY_RANGE,
                f"smallest is {self.smallest:g}, but largest is {self.largest:g}",
                "Exchange them.",
            )
        elif self.correct is not None and not self.smallest <= self.correct <= self.largest:
            yield Finding(
                ("correct",),
                OUT_OF_RANGE,
                f"correct is {self.correct:g}, but only numbers from {self.smallest:g} to {self.largest:g} can be"
                " answered",
                "Widen smallest and largest.",
            )
        if self.scored and self.correct is None and "scored" in self.model_fields_set:
            yield Finding(
                ("scored",),
                NOTHING_CORRECT,
                "this number counts for the score, but there is no right one",
                "Write correct: with a number, or leave scored out.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """One numeric."""
        return (
            Interaction(
                key="",
                type="numeric",
                description=self.question,
                correct_responses=(self.correct,) if self.graded and self.correct is not None else (),
                tolerance=min(self.tolerance, LARGEST - abs(self.correct or 0)),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right number and what can be answered."""
        return {
            "correct": self.correct,
            "tolerance": self.tolerance,
            "from": self.smallest,
            "to": self.largest,
            "graded": self.graded,
        }

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Something long typed, checked often, and changed since."""
        return {"given": text(INPUT_CHARS), "checks": 99, "changed": True}


KIND = Numeric
