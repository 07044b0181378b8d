"""Fill in: sentences with a gap each.

Reports ``I``: a fill-in interaction for each gap; ``S`` where it is scored: the gaps that are right as a share of all.
Capitals, spaces around and between words, and a full stop at the end make no difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.questions import Question, repeated
from scormkit.model.text import Id, Line, Markdown, Model, sent_length
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

ONE_GAP = Rule("CNT-fill-in-1", "Each sentence has one gap, written ___.")
SAME_GAP = Rule("CNT-fill-in-2", "Each gap has an id of its own.")
NOTHING_CORRECT = Rule("CNT-fill-in-3", "Where one gap has a right answer, each has.")
TOO_LONG = Rule("CNT-fill-in-4", "A right answer fits its gap.")

_GAP = re.compile(r"_{3,}")


class Gap(Model):
    """A sentence with a gap."""

    id: Id
    sentence: Line
    """The sentence; ``___`` stands for the gap."""
    accept: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """What is right there: a word or a few, up to 20 ways to say it. Records take the first five."""
    max_chars: Annotated[int, Field(ge=1, le=120)] = 40
    """The most characters, up to 120."""
    feedback: Line | None = None
    """Said where it is not right yet."""

    @property
    def around(self) -> tuple[str, str]:
        """What stands before the gap and after it."""
        before, _, after = _GAP.sub("\n", self.sentence, count=1).partition("\n")
        return before.strip(), after.strip()


class FillIn(Question):
    """Sentences to complete."""

    activity: Literal["fill-in"] = "fill-in"
    question: Markdown
    gaps: Annotated[tuple[Gap, ...], Field(min_length=1, max_length=20)]
    """1 to 20 sentences with a gap."""

    @property
    def has_right_answer(self) -> bool:
        """Whether the gaps can be right."""
        return any(gap.accept for gap in self.gaps)

    def problems(self) -> Iterator[Finding]:
        """No gap or several in a sentence, ids twice, gaps without an answer, answers that do not fit."""
        for index, key in repeated(self.gaps):
            yield Finding(("gaps", index, "id"), SAME_GAP, f"the gap {key} is there twice", "Give it another id.")
        for index, gap in enumerate(self.gaps):
            found = len(_GAP.findall(gap.sentence))
            if found != 1:
                yield Finding(
                    ("gaps", index, "sentence"),
                    ONE_GAP,
                    f"this sentence has {found or 'no'} gap{'s' if found else ''}",
                    "Write ___ once, where the learner fills in.",
                )
            if not gap.accept and (self.has_right_answer or (self.scored and "scored" in self.model_fields_set)):
                yield Finding(
                    ("gaps", index),
                    NOTHING_CORRECT,
                    f"nothing is right in the gap {gap.id}",
                    "Write accept: with the words that are right.",
                )
            for place, answer in enumerate(gap.accept):
                if sent_length(answer) > gap.max_chars:
                    yield Finding(
                        ("gaps", index, "accept", place),
                        TOO_LONG,
                        f"{answer!r} has {sent_length(answer)} characters, but max_chars is {gap.max_chars}",
                        f"Write max_chars: {sent_length(answer)} or more.",
                    )

    def interactions(self) -> tuple[Interaction, ...]:
        """A fill-in for each gap; together they weigh what the question weighs."""
        return tuple(
            Interaction(
                key=gap.id,
                type="fill-in",
                description=_GAP.sub("…", gap.sentence),
                correct_responses=tuple(dict.fromkeys(gap.accept)) if self.graded else (),
                max_chars=gap.max_chars,
                weighting=round(self.weight() / len(self.gaps), 4),
            )
            for gap in self.gaps
        )

    def client(self) -> dict[str, JsonValue]:
        """What is right in each gap."""
        return {"accept": {gap.id: list(gap.accept) for gap in self.gaps}, "graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Every gap full, checked often, and changed since."""
        return {"given": {gap.id: text(gap.max_chars) for gap in self.gaps}, "checks": 99, "changed": True}


KIND = FillIn
