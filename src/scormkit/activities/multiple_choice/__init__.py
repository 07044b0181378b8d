"""Multiple choice: one right answer or several, with feedback to each option.

Reports ``I``: one choice interaction; ``S`` where it is scored. Partial credit: right options found less wrong ones
chosen, as a share of the right ones, never below 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, Question
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

NO_SUCH_OPTION = Rule("CNT-multiple-choice-1", "A correct answer is one of the options.")
SAME_OPTION = Rule("CNT-multiple-choice-2", "Each option has an id of its own.")
NOTHING_CORRECT = Rule("CNT-multiple-choice-3", "A scored question has a correct answer.")


class ChoiceOption(Model):
    """Something to choose."""

    id: Id
    text: Line
    feedback: Line | None = None
    """Said after the check to somebody who chose this option."""
    stays: bool = False
    """Whether it keeps its place where options are shuffled, like "all of these"."""


class MultipleChoice(Question):
    """A question with options to choose from."""

    can_shuffle: ClassVar[bool] = True

    activity: Literal["multiple-choice"] = "multiple-choice"
    question: Markdown
    options: Annotated[tuple[ChoiceOption, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    """2 to 36 options (SCORM 1.2 RTE 3.4.7: one character each)."""
    correct: Id | tuple[Id, ...] = ()
    """The id of the right option; a list where several may be chosen."""

    @property
    def several(self) -> bool:
        """Whether several options may be chosen."""
        return not isinstance(self.correct, str)

    @property
    def right(self) -> tuple[str, ...]:
        """The ids of the right options."""
        return (self.correct,) if isinstance(self.correct, str) else self.correct

    @property
    def has_right_answer(self) -> bool:
        """Whether there are right options."""
        return bool(self.right)

    def problems(self) -> Iterator[Finding]:
        """Options that are named twice, right answers that are no option."""
        ids = [option.id for option in self.options]
        for index, key in enumerate(ids):
            if key in ids[:index]:
                yield Finding(
                    ("options", index, "id"), SAME_OPTION, f"the option {key} is there twice", "Give it another id."
                )
        for index, key in enumerate(self.right):
            if key not in ids:
                path = ("correct", index) if self.several else ("correct",)
                yield Finding(
                    path,
                    NO_SUCH_OPTION,
                    f"the correct answer {key} is no option",
                    f"The options are {', '.join(ids)}.",
                )
        if self.scored and not self.right:
            yield Finding(
                (),
                NOTHING_CORRECT,
                "this question counts for the score but has no correct answer",
                "Write correct: with an option's id, or scored: false.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """One choice."""
        return (
            Interaction(
                key="",
                type="choice",
                description=self.question,
                options=tuple(Option(option.id, option.text) for option in self.options),
                correct_responses=(self.right,) if self.graded else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right answers; the rest stands in the markup."""
        return {"correct": list(self.right), "graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """All options chosen, checked often, and changed since."""
        return {"given": [option.id for option in self.options], "checks": 99, "changed": True}


KIND = MultipleChoice
