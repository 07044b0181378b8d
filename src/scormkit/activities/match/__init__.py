"""Match: each thing on the left has its one partner on the right.

Reports ``I``: one matching interaction; ``S`` where it is scored: the right pairs as a share of all pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, Question, mixed, repeated
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_ID = Rule("CNT-match-1", "Each pair and each further partner has an id of its own.")
SAME_PARTNER = Rule("CNT-match-2", "No two pairs have the same partner.")
TOO_MANY = Rule("CNT-match-3", "There are at most 36 partners.", "SCORM 2004 RTE 4.2.9.1, matching")


class Pair(Model):
    """Two things that belong together."""

    id: Id
    text: Line
    """What stands on the left."""
    partner: Line
    """What belongs to it."""
    feedback: Line | None = None
    """Said where something else was chosen."""


class Partner(Model):
    """Something on the right that belongs to nothing."""

    id: Id
    text: Line


class Match(Question):
    """Pairs to find."""

    can_shuffle: ClassVar[bool] = True

    activity: Literal["match"] = "match"
    question: Markdown
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    """2 to 36 pairs, in the order in which the left sides are shown; the right sides are mixed."""
    also_offered: tuple[Partner, ...] = ()
    """Further partners that belong to nothing."""

    @property
    def partners(self) -> tuple[Partner, ...]:
        """What can be chosen, mixed."""
        own = (Partner(id=pair.id, text=pair.partner) for pair in self.pairs)
        return mixed((*own, *self.also_offered), self.id)

    def problems(self) -> Iterator[Finding]:
        """Ids twice, partners that look the same, too many of them."""
        for index, key in repeated((*self.pairs, *self.also_offered)):
            shelf, place = ("pairs", index) if index < len(self.pairs) else ("also_offered", index - len(self.pairs))
            yield Finding((shelf, place, "id"), SAME_ID, f"the id {key} is there twice", "Give it another id.")
        texts = [pair.partner for pair in self.pairs] + [partner.text for partner in self.also_offered]
        for index, text in enumerate(texts):
            if text in texts[:index]:
                path = (
                    ("pairs", index, "partner")
                    if index < len(self.pairs)
                    else ("also_offered", index - len(self.pairs), "text")
                )
                yield Finding(
                    path,
                    SAME_PARTNER,
                    f"the partner {text!r} is there twice",
                    "Word one of them differently, or use the kind sort, where several things go to one place.",
                )
        if len(texts) > MOST_OPTIONS:
            yield Finding(
                ("also_offered",),
                TOO_MANY,
                f"there are {len(texts)} partners, but one record holds {MOST_OPTIONS}",
                "Leave some out, or make two activities of it.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """One matching."""
        return (
            Interaction(
                key="",
                type="matching",
                description=self.question,
                options=tuple(Option(pair.id, pair.text) for pair in self.pairs),
                targets=tuple(Option(partner.id, partner.text) for partner in self.partners),
                correct_responses=(tuple((pair.id, pair.id) for pair in self.pairs),) if self.graded else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """Whether it is graded; a pair's two sides have the same id."""
        return {"graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """Everything paired with the longest id, checked often, and changed since."""
        longest = max((partner.id for partner in self.partners), key=len)
        return {"given": {pair.id: longest for pair in self.pairs}, "checks": 99, "changed": True}


KIND = Match
