"""Dialogue: a scripted partner, one line after the other, and replies to choose or to write.

Reports ``I``: the reply to each line, a choice; ``F``: each reply that was written. What a reply does ("Yes, and",
"Yes, but", "No") is shown as a hint, for a written one by its opening words only. Nothing is right or wrong: no score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, JsonValue

from scormkit.model.blocks import Activity, Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import repeated, text_type
from scormkit.model.text import Id, Limit, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

SAME_ID = Rule("CNT-dialogue-1", "Each turn, and each reply of a turn, has an id of its own.")
NO_CHOICE = Rule("CNT-dialogue-2", "There are two replies to choose from, or more.")
UNUSED = Rule("CNT-dialogue-3", "Opening words are given where replies are written.")

Move = Literal["yes-and", "yes-but", "no"]
"""What a reply does with what was said: takes it up and adds something, takes it up and takes it back, refuses it."""


class Reply(Model):
    """Something to say."""

    id: Id
    text: Line
    move: Move | None = None
    """What it does; shown after it was chosen."""
    reaction: Line | None = None
    """What the partner says to it."""


class Turn(Model):
    """A line of the partner, and the learner's reply."""

    id: Id
    says: Line
    replies: Annotated[tuple[Reply, ...], Field(max_length=6)] = ()
    """2 to 6 replies to choose from. Where there are none, the learner writes one."""
    max_chars: Limit = 160
    """The most characters of a reply that is written. A line break counts as three."""
    reaction: Line | None = None
    """What the partner says to whatever was written."""


class Dialogue(Activity):
    """A talk with somebody who follows a script."""

    activity: Literal["dialogue"] = "dialogue"
    prompt: Markdown
    partner: Line
    """Who speaks."""
    turns: Annotated[tuple[Turn, ...], Field(min_length=1, max_length=20)]
    """1 to 20 turns."""
    openings: dict[Move, Annotated[tuple[Line, ...], Field(min_length=1, max_length=10)]] = Field(default_factory=dict)
    """By which opening words a written reply is known; those of the page's language where nothing is said."""
    explanation: Markdown | None = None
    """Shown at the end."""

    def problems(self) -> Iterator[Finding]:
        """Ids that meet, one reply alone, openings of nothing."""
        for index, key in repeated(self.turns):
            yield Finding(("turns", index, "id"), SAME_ID, f"the turn {key} is there twice", "Give it another id.")
        for number, turn in enumerate(self.turns):
            for index, key in repeated(turn.replies):
                yield Finding(
                    ("turns", number, "replies", index, "id"),
                    SAME_ID,
                    f"the reply {key} is there twice",
                    "Give it another id.",
                )
            if len(turn.replies) == 1:
                yield Finding(
                    ("turns", number, "replies"),
                    NO_CHOICE,
                    "there is only one reply to choose",
                    "Add another one, or leave replies out: then the learner writes one.",
                )
        if self.openings and all(turn.replies for turn in self.turns):
            yield Finding(
                ("openings",), UNUSED, "no reply is written, so nothing has opening words", "Take openings away."
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """The reply to each line."""
        return tuple(
            Interaction(
                key=turn.id,
                type="choice",
                description=f"{self.partner}: {turn.says}",
                options=tuple(Option(reply.id, reply.text) for reply in turn.replies),
            )
            if turn.replies
            else Interaction(
                key=turn.id,
                type=text_type(turn.max_chars),
                description=f"{self.partner}: {turn.says}",
                max_chars=turn.max_chars,
            )
            for turn in self.turns
        )

    def client(self) -> dict[str, JsonValue]:
        """The author's own opening words."""
        return {"openings": {move: list[JsonValue](words) for move, words in self.openings.items()}}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Every reply said, the longest ids chosen, and begun again."""
        chosen: dict[str, JsonValue] = {
            turn.id: max((reply.id for reply in turn.replies), key=len) for turn in self.turns if turn.replies
        }
        return {
            "texts": {turn.id: text(turn.max_chars) for turn in self.turns if not turn.replies},
            "chosen": chosen,
            "at": len(self.turns),
            "ended": True,
        }


KIND = Dialogue
