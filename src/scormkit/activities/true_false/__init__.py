"""True or false: a statement to decide on, with the reasons after the check.

Reports ``I``: one true-false interaction; ``S`` where it is scored: 1 or 0, there is no part of it to be half right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.questions import Question
from scormkit.model.text import Line, Markdown
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

NOTHING_CORRECT = Rule("CNT-true-false-1", "A scored statement says whether it is true.")


class TrueFalse(Question):
    """A statement that is true or false."""

    activity: Literal["true-false"] = "true-false"
    statement: Markdown
    correct: bool | None = None
    """Whether the statement is true. Left out where the learner's opinion is asked."""
    words: Literal["true-false", "yes-no"] = "true-false"
    """What the two answers are called."""
    if_true: Line | None = None
    """Said after the check to somebody who took it for true."""
    if_false: Line | None = None
    """Said after the check to somebody who took it for false."""

    @property
    def has_right_answer(self) -> bool:
        """Whether it is a question of fact."""
        return self.correct is not None

    def problems(self) -> Iterator[Finding]:
        """A scored statement of which nobody knows whether it is true."""
        if self.scored and self.correct is None and "scored" in self.model_fields_set:
            yield Finding(
                ("scored",),
                NOTHING_CORRECT,
                "this statement counts for the score, but nothing says whether it is true",
                "Write correct: true or correct: false, or leave scored out.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """One true-false."""
        return (
            Interaction(
                key="",
                type="true-false",
                description=self.statement,
                correct_responses=(self.correct,) if self.graded and self.correct is not None else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right answer; the rest stands in the markup."""
        return {"correct": self.correct, "graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """Answered, checked often, and changed since."""
        return {"given": False, "checks": 99, "changed": True}


KIND = TrueFalse
