"""Hotspots: a picture with places in it, each with a twin in a list, which does everything that the picture does.

Reports ``I``: one choice of places; ``S`` where it is scored: right places found less wrong ones chosen, as a share of
the right ones, never below 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from scormkit.model.blocks import Finding, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.picture import Image
from scormkit.model.questions import MOST_OPTIONS, Question, repeated
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

SAME_PLACE = Rule("CNT-hotspots-1", "Each place has an id of its own.")
NO_SUCH_PLACE = Rule("CNT-hotspots-2", "A right place is one of the places.")
NOTHING_CORRECT = Rule("CNT-hotspots-3", "A scored picture has a right place.")
COVERED = Rule("CNT-hotspots-4", "No place covers another one.")
TOO_MANY_ASKED = Rule("CNT-hotspots-5", "No more places are asked than there are.")

NEAREST = 4.0
"""How near two places may come, in hundredths of the picture's width or height."""

Hundredths = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Place(Model):
    """A place in the picture."""

    id: Id
    title: Line
    """What it is called in the list."""
    x: Hundredths
    """How far from the picture's left edge, in hundredths of its width."""
    y: Hundredths
    """How far from its upper edge, in hundredths of its height."""
    text: Markdown | None = None
    """What there is to know of it: shown once it is chosen; after the check where some places are right."""
    feedback: Line | None = None
    """Said after the check to somebody who chose this place."""


class Hotspots(Question):
    """Places to choose, in a picture or in a list."""

    activity: Literal["hotspots"] = "hotspots"
    prompt: Markdown
    image: Image
    places: Annotated[tuple[Place, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    """2 to 36 places (SCORM 1.2 RTE 3.4.7: one character each)."""
    correct: tuple[Id, ...] = ()
    """The ids of the places to find. Left out where any may be chosen."""
    at_least: Annotated[int, Field(ge=1)] = 1
    """How many places the learner chooses."""

    @property
    def has_right_answer(self) -> bool:
        """Whether there are places to find."""
        return bool(self.correct)

    @property
    def bare_image(self) -> Image:
        """The picture without what stands below it."""
        return self.image.model_copy(update={"caption": None})

    def problems(self) -> Iterator[Finding]:
        """Ids that meet, right places that are none, places on each other, more asked than there are."""
        ids = [place.id for place in self.places]
        for index, key in repeated(self.places):
            yield Finding(("places", index, "id"), SAME_PLACE, f"the place {key} is there twice", "Give it another id.")
        for index, key in enumerate(self.correct):
            if key not in ids:
                yield Finding(
                    ("correct", index), NO_SUCH_PLACE, f"{key} is no place", f"The places are {', '.join(ids)}."
                )
        if self.scored and not self.correct and "scored" in self.model_fields_set:
            yield Finding(
                ("scored",),
                NOTHING_CORRECT,
                "this picture counts for the score, but no place is right",
                "Write correct: with the ids of the places to find, or leave scored out.",
            )
        for index, place in enumerate(self.places):
            for other in self.places[:index]:
                if max(abs(place.x - other.x), abs(place.y - other.y)) < NEAREST:
                    yield Finding(
                        ("places", index),
                        COVERED,
                        f"{place.id} at {place.x:g}, {place.y:g} covers {other.id} at {other.x:g}, {other.y:g}",
                        f"Move one of them by {NEAREST:g} or more.",
                    )
                    break
        if self.at_least > len(self.places):
            yield Finding(
                ("at_least",),
                TOO_MANY_ASKED,
                f"at_least is {self.at_least}, but there are {len(self.places)} places",
                f"Write {len(self.places)} or less.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """One choice."""
        return (
            Interaction(
                key="",
                type="choice",
                description=self.prompt,
                options=tuple(Option(place.id, place.title) for place in self.places),
                correct_responses=(self.correct,) if self.graded else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The places to find; the rest stands in the markup."""
        return {"correct": list(self.correct), "graded": self.graded, "atLeast": self.at_least}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """All places chosen, checked often, and changed since."""
        return {"given": [place.id for place in self.places], "checks": 99, "changed": True}


KIND = Hotspots
