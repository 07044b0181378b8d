"""Investigation: something to find out with a limited number of questions; then the reason, then the signs of it.

Reports ``I``: which questions were asked, and the reason that was named, a choice each; ``S`` where it is scored: 1 for
the right reason, else 0. How many questions it took does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, JsonValue

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, Question, repeated
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

SAME_ID = Rule("CNT-investigation-1", "Each question and each reason has an id of its own.")
NO_SUCH_REASON = Rule("CNT-investigation-2", "The right reason is one of the reasons.")
NO_LIMIT = Rule("CNT-investigation-3", "Fewer questions can be asked than there are.")


class Inquiry(Model):
    """Something to ask."""

    id: Id
    text: Line
    """The question."""
    answer: Markdown
    """What is said to it: a clue, or none."""
    sign: Line | None = None
    """What the answer was a sign of; told after the check."""


class Cause(Model):
    """What may be the reason."""

    id: Id
    text: Line
    feedback: Line | None = None
    """Said after the check to somebody who took it for the reason."""


class Investigation(Question):
    """Questions with answers, and a reason to name."""

    activity: Literal["investigation"] = "investigation"
    prompt: Markdown
    questions: Annotated[tuple[Inquiry, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    """2 to 36 questions (SCORM 1.2 RTE 3.4.7: one character each)."""
    at_most: Annotated[int, Field(ge=1)]
    """How many of them can be asked."""
    ask: Line | None = None
    """The question for the reason. What the reason is, where nothing is said."""
    reasons: Annotated[tuple[Cause, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    """2 to 36 reasons to choose from."""
    correct: Id
    """The id of the right reason."""

    def problems(self) -> Iterator[Finding]:
        """Ids that meet, a right reason that is none, a limit that limits nothing."""
        for name, things in (("questions", self.questions), ("reasons", self.reasons)):
            for index, key in repeated(things):
                yield Finding(
                    (name, index, "id"), SAME_ID, f"{key} is there twice among the {name}", "Give it another id."
                )
        ids = [reason.id for reason in self.reasons]
        if self.correct not in ids:
            yield Finding(
                ("correct",),
                NO_SUCH_REASON,
                f"the right reason {self.correct} is none of the reasons",
                f"The reasons are {', '.join(ids)}.",
            )
        if self.at_most >= len(self.questions):
            yield Finding(
                ("at_most",),
                NO_LIMIT,
                f"at_most is {self.at_most}, and there are {len(self.questions)} questions: nobody has to choose",
                f"Write {len(self.questions) - 1} or less.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """The questions that were asked, then the reason."""
        return (
            Interaction(
                key="asked",
                type="choice",
                description=self.prompt,
                options=tuple(Option(one.id, one.text) for one in self.questions),
            ),
            Interaction(
                key="reason",
                type="choice",
                description=self.ask or self.prompt,
                options=tuple(Option(one.id, one.text) for one in self.reasons),
                correct_responses=((self.correct,),) if self.graded else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right reason and the limit."""
        return {"correct": self.correct, "most": self.at_most, "graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """The questions with the longest ids asked, checked often, and changed since."""
        asked = sorted((one.id for one in self.questions), key=len)[-self.at_most :]
        reason = max((one.id for one in self.reasons), key=len)
        return {"given": {"asked": list[JsonValue](asked), "reason": reason}, "checks": 99, "changed": True}


KIND = Investigation
