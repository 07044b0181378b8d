"""Points: a fixed number of points, or a budget, to share out among a few things, and why.

Reports ``I``: a number for each thing; ``F``: the reason. An opinion: no score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.questions import repeated, text_type
from scormkit.model.text import Id, Limit, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_ID = Rule("CNT-points-1", "Each thing that can get points has an id of its own, and none is called reason.")
IMPOSSIBLE = Rule("CNT-points-2", "There is a way to give all points away within the limits.")

REASON = "reason"
"""Key of the record with the reason."""

INPUT_CHARS = 12
"""Characters of what is typed as a number that are kept with the stored state."""


class PointsItem(Model):
    """Something that can get points."""

    id: Id
    text: Line
    hint: Line | None = None


class Reason(Model):
    """The question why."""

    label: Line
    hint: Line | None = None
    required: bool = True
    max_chars: Limit = 300
    """The most characters. A line break counts as three."""


class Points(Activity):
    """Points to share out; all of them are given away."""

    activity: Literal["points"] = "points"
    prompt: Markdown
    total: Annotated[int, Field(ge=1, le=10_000)] = 100
    """How many points there are, up to 10,000."""
    unit: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)] | None = None
    """What is given away, shown behind the fields: ``%``, ``€``. Points where nothing is said."""
    items: Annotated[tuple[PointsItem, ...], Field(min_length=2, max_length=12)]
    """2 to 12 things that can get points."""
    at_least_each: Annotated[int, Field(ge=0)] = 0
    """How many points each must get."""
    at_most_each: Annotated[int, Field(ge=1)] | None = None
    """How many points one may get."""
    reason: Reason | None = None
    """Asks why they were given away like this."""
    explanation: Markdown | None = None
    """Shown after saving."""

    has_right_answer: ClassVar[bool] = False

    def problems(self) -> Iterator[Finding]:
        """Ids that meet, limits that nobody can keep."""
        for index, key in repeated(self.items):
            yield Finding(("items", index, "id"), SAME_ID, f"the item {key} is there twice", "Give it another id.")
        for index, item in enumerate(self.items):
            if item.id == REASON:
                yield Finding(
                    ("items", index, "id"),
                    SAME_ID,
                    "reason names the record of the learner's reason",
                    "Give the item another id.",
                )
        count = len(self.items)
        if self.at_least_each * count > self.total:
            yield Finding(
                ("at_least_each",),
                IMPOSSIBLE,
                f"{count} items with at least {self.at_least_each} each need more than the total of {self.total}",
                f"Write {self.total // count} or less.",
            )
        if self.at_most_each is not None and self.at_most_each * count < self.total:
            yield Finding(
                ("at_most_each",),
                IMPOSSIBLE,
                f"{count} items with at most {self.at_most_each} each cannot take the total of {self.total}",
                f"Write {-(-self.total // count)} or more.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """A number for each thing, then the reason."""
        numbers = tuple(
            Interaction(key=item.id, type="numeric", description=f"{item.text}: {self.prompt}") for item in self.items
        )
        if self.reason is None:
            return numbers
        most = self.reason.max_chars
        return (
            *numbers,
            Interaction(key=REASON, type=text_type(most), description=self.reason.label, max_chars=most),
        )

    def client(self) -> dict[str, JsonValue]:
        """What adds up, and the limits."""
        return {
            "total": self.total,
            "least": self.at_least_each,
            "most": self.total if self.at_most_each is None else self.at_most_each,
        }

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Something long typed everywhere, saved often, and changed since."""
        state: dict[str, JsonValue] = {
            "given": {item.id: text(INPUT_CHARS) for item in self.items},
            "checks": 99,
            "changed": True,
        }
        return {"texts": {REASON: text(self.reason.max_chars)}, **state} if self.reason else state


KIND = Points
