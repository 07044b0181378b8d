"""Draw: which questions of a knowledge check a learner gets, and in which order; and the order of options.

Reports ``I``: the ids of the questions that were drawn, where they are drawn. It counts for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from scormkit.model.blocks import Activity
from scormkit.model.interactions import Interaction
from scormkit.model.questions import text_type

if TYPE_CHECKING:
    from pydantic import JsonValue

    from scormkit.model.blocks import TextOfLength


class Draw(Activity):
    """Made by the compiler from ``quiz`` of a session; no author writes it."""

    reads_only: ClassVar[bool] = True

    activity: Literal["draw"] = "draw"
    bank: tuple[str, ...]
    """Keys of all questions, as they were written."""
    draw: int
    """How many of them a learner gets."""
    mixes: bool
    """Whether they are shuffled."""
    description: str
    """What the record is called in reports."""

    @property
    def chooses(self) -> bool:
        """Whether some questions are left out."""
        return self.draw < len(self.bank)

    def interactions(self) -> tuple[Interaction, ...]:
        """The ids that were drawn, one after the other."""
        if not self.chooses:
            return ()
        most = sum(sorted((len(key) + 1 for key in self.bank), reverse=True)[: self.draw]) - 1
        return (Interaction(key="", type=text_type(most), description=self.description, max_chars=most),)

    def client(self) -> dict[str, JsonValue]:
        """The bank and what to do with it."""
        return {"bank": list(self.bank), "draw": self.draw, "mixes": self.mixes}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """The longest ids that can be drawn."""
        return {"drawn": [*sorted(self.bank, key=len)[-self.draw :]]} if self.chooses else None
