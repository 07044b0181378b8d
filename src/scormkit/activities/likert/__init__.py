"""Likert: statements, each rated on the same scale.

Reports ``I``: a likert interaction for each statement. An opinion: there is no score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import repeated
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_STATEMENT = Rule("CNT-likert-1", "Each statement has an id of its own.")
SAME_POINT = Rule("CNT-likert-2", "No two points of a scale have the same name.")
TOO_MANY_SHOWN = Rule("CNT-likert-3", "No more statements are shown again than there are.")


class Statement(Model):
    """Something to rate."""

    id: Id
    text: Line


class Likert(Activity):
    """Statements on one scale."""

    activity: Literal["likert"] = "likert"
    prompt: Markdown
    scale: Annotated[tuple[Line, ...], Field(min_length=2, max_length=11)]
    """What the points are called, the lowest first: 2 to 11."""
    statements: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=40)]
    """1 to 40 statements."""
    show_lowest: Annotated[int, Field(ge=0)] = 0
    """How many of the lowest rated statements are shown once more after saving, for instance to plan with."""
    explanation: Markdown | None = None
    """Shown after saving."""

    has_right_answer: ClassVar[bool] = False

    def problems(self) -> Iterator[Finding]:
        """Ids or points twice, more to show than there is."""
        for index, key in repeated(self.statements):
            yield Finding(
                ("statements", index, "id"),
                SAME_STATEMENT,
                f"the statement {key} is there twice",
                "Give it another id.",
            )
        for index, name in enumerate(self.scale):
            if name in self.scale[:index]:
                yield Finding(
                    ("scale", index), SAME_POINT, f"the point {name!r} is there twice", "Give each point its own name."
                )
        if self.show_lowest > len(self.statements):
            yield Finding(
                ("show_lowest",),
                TOO_MANY_SHOWN,
                f"show_lowest is {self.show_lowest}, but there are {len(self.statements)} statements",
                f"Write {len(self.statements)} or less.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """A likert for each statement; the points are counted from 1."""
        points = tuple(Option(f"n-{number}", name) for number, name in enumerate(self.scale, 1))
        return tuple(
            Interaction(key=one.id, type="likert", description=f"{one.text} ({self.prompt})", options=points)
            for one in self.statements
        )

    def client(self) -> dict[str, JsonValue]:
        """How many to show again."""
        return {"lowest": self.show_lowest} if self.show_lowest else {}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """Everything rated at the last point, saved often, and changed since."""
        return {"given": {one.id: len(self.scale) for one in self.statements}, "checks": 99, "changed": True}


KIND = Likert
