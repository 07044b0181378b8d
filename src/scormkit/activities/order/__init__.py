"""Order: things to put in order, with a right order or as the learner's own opinion.

Reports ``I``: one sequencing interaction; ``S`` where it is scored. Partial credit: of n things the most that already
stand in the right order among each other, less one, as a share of n - 1. The whole order is 1, the reverse is 0, and
one thing out of place costs one step, wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, Question, mixed, repeated
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_ITEM = Rule("CNT-order-1", "Each thing to put in order has an id of its own.")
OPINION_SCORED = Rule("CNT-order-2", "An opinion has no right order, so it is not scored.")
TOP = Rule("CNT-order-3", "Only a part of an opinion can be asked, and no more than there is.")


class OrderItem(Model):
    """Something to put in its place."""

    id: Id
    text: Line


class Order(Question):
    """A list to put in order."""

    activity: Literal["order"] = "order"
    question: Markdown
    items: Annotated[tuple[OrderItem, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    """2 to 36 things. Write them in the right order: the learner gets them mixed. An opinion is shown as written."""
    opinion: bool = False
    """Whether there is no right order and the learner says their own."""
    top: Annotated[int, Field(ge=1)] | None = None
    """With ``opinion``: only the first so many places count and are reported."""

    @property
    def has_right_answer(self) -> bool:
        """Whether there is a right order."""
        return not self.opinion

    @property
    def shown_items(self) -> tuple[OrderItem, ...]:
        """The things as the learner gets them: never in the right order."""
        if self.opinion:
            return self.items
        shown = mixed(self.items, self.id)
        return shown if shown != self.items else (*shown[1:], shown[0])

    def problems(self) -> Iterator[Finding]:
        """Ids twice, an opinion that is scored, a part of a right order."""
        for index, key in repeated(self.items):
            yield Finding(("items", index, "id"), SAME_ITEM, f"the item {key} is there twice", "Give it another id.")
        if self.opinion and self.scored and "scored" in self.model_fields_set:
            yield Finding(
                ("scored",),
                OPINION_SCORED,
                "an opinion cannot count for the score",
                "Leave scored out, or leave opinion out where there is a right order.",
            )
        if self.top is not None and (not self.opinion or self.top > len(self.items)):
            yield Finding(
                ("top",),
                TOP,
                f"top is {self.top}, but there are {len(self.items)} items"
                if self.opinion
                else "top goes with opinion: true: a right order is asked as a whole",
                f"Write {len(self.items)} or less." if self.opinion else "Leave top out, or write opinion: true.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """One sequencing."""
        return (
            Interaction(
                key="",
                type="sequencing",
                description=self.question,
                options=tuple(Option(item.id, item.text) for item in self.items),
                correct_responses=(tuple(item.id for item in self.items),) if self.graded else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right order, or how much of an opinion counts."""
        if self.opinion:
            return {"top": self.top or len(self.items), "graded": False}
        return {"order": [item.id for item in self.items], "graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """An order, checked often, and changed since."""
        return {"given": [item.id for item in self.items], "checks": 99, "changed": True}


KIND = Order
