"""Rotation: several lists, one after the other, each with what stands on it already; then which names are on several.

Reports ``F``: each list; ``I``: how many of the learner's names stand on two lists or more. An opinion: no score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.questions import repeated, text_type
from scormkit.model.text import Id, Limit, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_LIST = Rule("CNT-rotation-1", "Each list has an id of its own, and none is called overlap.")

OVERLAP = "overlap"
"""Key of the record with the number of names on several lists."""


class RotatingList(Model):
    """A list that goes round."""

    id: Id
    title: Line
    examples: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """What stands on it already, marked as examples; up to 20."""


class Rotation(Activity):
    """Lists to add to, a round each."""

    activity: Literal["rotation"] = "rotation"
    prompt: Markdown
    lists: Annotated[tuple[RotatingList, ...], Field(min_length=2, max_length=8)]
    """2 to 8 lists."""
    at_least: Annotated[int, Field(ge=0, le=20)] = 1
    """How many names the learner adds to each list."""
    max_chars: Limit = 300
    """The most characters of one list. A line break counts as three."""
    explanation: Markdown | None = None
    """Shown below the comparison of the lists."""

    has_right_answer: ClassVar[bool] = False

    def problems(self) -> Iterator[Finding]:
        """Ids that meet."""
        for index, key in repeated(self.lists):
            yield Finding(("lists", index, "id"), SAME_LIST, f"the list {key} is there twice", "Give it another id.")
        for index, one in enumerate(self.lists):
            if one.id == OVERLAP:
                yield Finding(
                    ("lists", index, "id"),
                    SAME_LIST,
                    "overlap names the record of what the lists have in common",
                    "Give the list another id.",
                )

    def interactions(self) -> tuple[Interaction, ...]:
        """Each list, then the number of names on two or more."""
        lists = (
            Interaction(
                key=one.id,
                type=text_type(self.max_chars),
                description=f"{one.title}: {self.prompt}",
                max_chars=self.max_chars,
            )
            for one in self.lists
        )
        return (*lists, Interaction(key=OVERLAP, type="numeric", description=f"2+: {self.prompt}"))

    def client(self) -> dict[str, JsonValue]:
        """How many names are asked."""
        return {"atLeast": self.at_least}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """All lists full, compared often, and changed since."""
        return {
            "texts": {one.id: text(self.max_chars) for one in self.lists},
            "given": len(self.lists),
            "checks": 99,
            "changed": True,
        }


KIND = Rotation
