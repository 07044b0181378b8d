"""Multiple choice: one right answer or several, with feedback to each option."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

NO_SUCH_OPTION = Rule("CNT-multiple-choice-1", "A correct answer is one of the options.")
SAME_OPTION = Rule("CNT-multiple-choice-2", "Each option has an id of its own.")
NOTHING_CORRECT = Rule("CNT-multiple-choice-3", "A scored question has a correct answer.")


class ChoiceOption(Model):
    """Something to choose."""

    id: Id
    text: Line
    feedback: Line | None = None
    """Said after the check to somebody who chose this option."""


class MultipleChoice(Activity):
    """A question with options to choose from."""

    activity: Literal["multiple-choice"] = "multiple-choice"
    question: Markdown
    options: Annotated[tuple[ChoiceOption, ...], Field(min_length=2, max_length=36)]
    """2 to 36 options (SCORM 1.2 RTE 3.4.7: one character each)."""
    correct: Id | tuple[Id, ...] = ()
    """The id of the right option; a list where several may be chosen."""
    explanation: Markdown | None = None
    """Shown after the check."""
    scored: bool = True
    """Whether it counts for the score."""
    relative_weight: Annotated[float, Field(gt=0, le=100, alias="weight")] = 1.0
    """How much it counts beside other questions."""

    @property
    def several(self) -> bool:
        """Whether several options may be chosen."""
        return not isinstance(self.correct, str)

    @property
    def right(self) -> tuple[str, ...]:
        """The ids of the right options."""
        return (self.correct,) if isinstance(self.correct, str) else self.correct

    def weight(self) -> float:
        """Its weight in the score."""
        return self.relative_weight if self.scored and self.right else 0.0

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
                correct_responses=(self.right,) if self.right else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right answers; the rest stands in the markup."""
        return {"correct": list(self.right)}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """All options chosen and checked."""
        return {"chosen": [option.id for option in self.options], "checked": True}


KIND = MultipleChoice
