"""Brainstorm: a list of the learner's own, entry by entry, then compared with a list of others."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.interactions import Interaction
from scormkit.model.text import Count, Id, Limit, Markdown
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from scormkit.model.resources import Resource, ResourceGroup

LIMITS_ORDER = Rule("CNT-brainstorm-1", "A list asks for no more entries than it takes.")
NEVER_SHOWN = Rule("CNT-brainstorm-2", "A text for after comparing needs something to compare with.")
SAME_GROUP = Rule("CNT-brainstorm-3", "Each group to compare with has an id of its own.")

_BREAK = len(" / ")
"""How a line break is sent."""

_TICKS = ("had", "new", "not")
"""What can be said of a group: it was on the list, it is new, it does not apply."""

_SHORT = 250
"""Characters that a fill-in takes (SCORM 2004 RTE 4.2.9.1, fill-in: short strings)."""


Entries = Annotated[Count, Field(ge=1, le=100)]
"""A number of entries."""


@cache
def _longest_tick() -> int:
    """Length of the longest tick label in any language that the kind speaks, in UTF-16 units."""
    catalogues = [
        json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((Path(__file__).parent / "messages").glob("*.json"))
    ]
    labels = (words.get(f"brainstorm.{tick}", "") for words in catalogues for tick in _TICKS)
    return max(map(_longest_sent, labels), default=0)


def _longest_sent(text: str) -> int:
    """No less than a text's length as it is sent: lone slashes are doubled, some brackets get a space."""
    return len(text.encode("utf-16-le")) // 2 + text.count("/") + text.count("[")


class Brainstorm(Activity):
    """A question with room for many short answers, and groups of a resource to compare them with."""

    activity: Literal["brainstorm"] = "brainstorm"
    prompt: Markdown
    at_least: Entries = 1
    """How many entries it takes to go on."""
    suggested: Entries | None = None
    """How many entries are a good number; said to the learner, asked of nobody."""
    at_most: Entries = 12
    """How many entries there is room for, up to 100."""
    max_chars: Limit = 60
    """The most characters of one entry."""
    compare_with: Id | None = None
    """The id of a resource: its groups are shown when the learner asks for them."""
    after: Markdown | None = None
    """Shown when every group was compared."""

    _resource: Resource | None = PrivateAttr(default=None)

    @property
    def groups(self) -> tuple[ResourceGroup, ...]:
        """The groups to compare with."""
        return self._resource.groups if self._resource else ()

    @property
    def groups_title(self) -> str:
        """What the list to compare with is called."""
        return self._resource.title if self._resource else ""

    @property
    def total_chars(self) -> int:
        """The most characters of the whole list as it is sent, line breaks counted as three."""
        return self.at_most * self.max_chars + (self.at_most - 1) * _BREAK

    def references(self) -> Iterator[Reference]:
        """The resource to compare with."""
        if self.compare_with is not None:
            yield Reference(("compare_with",), "resource", self.compare_with)

    def resolved(self, library: Library) -> Self:
        """With the resource to compare with."""
        if self.compare_with is None:
            return self
        copy = self.model_copy()
        copy._resource = library.resources.get(self.compare_with)
        return copy

    def problems(self) -> Iterator[Finding]:
        """Limits that contradict each other, a text that would never be seen, groups that are there twice."""
        if self.at_least > self.at_most:
            yield Finding(
                ("at_least",),
                LIMITS_ORDER,
                f"at_least is {self.at_least}, but at_most is {self.at_most}",
                f"Write at_least: {self.at_most} or less, or a larger at_most.",
            )
        elif self.suggested is not None and not self.at_least <= self.suggested <= self.at_most:
            yield Finding(
                ("suggested",),
                LIMITS_ORDER,
                f"suggested is {self.suggested}, but at_least is {self.at_least} and at_most {self.at_most}",
                f"Write a number from {self.at_least} to {self.at_most}.",
            )
        if self.after is not None and self.compare_with is None:
            yield Finding(
                ("after",),
                NEVER_SHOWN,
                "after is shown when the list was compared, but there is no compare_with",
                "Write compare_with: with the id of a resource, or put the text into a block of its own.",
            )
        ids = [group.id for group in self.groups]
        for key in dict.fromkeys(key for index, key in enumerate(ids) if key in ids[:index]):
            yield Finding(
                ("compare_with",),
                SAME_GROUP,
                f"the group {key} is in the resource {self.compare_with} twice",
                "Give one of them another id.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """The list, and what the learner said of each group.

        The second is sent with its labels, because a report shows nothing else. It is a long fill-in where
        the longest possible answer does not fit a short one.
        """
        entries = Interaction(key="", type="long-fill-in", description=self.prompt, max_chars=self.total_chars)
        if not self.groups:
            return (entries,)
        most = sum(_longest_sent(f"{group.title}: ; ") + _longest_tick() for group in self.groups)
        return (
            entries,
            Interaction(
                key="compare",
                type="fill-in" if most <= _SHORT else "long-fill-in",
                description=f"{self.groups_title}: {self.prompt}",
                max_chars=most,
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The limits that the markup does not show."""
        return {"atLeast": self.at_least, "atMost": self.at_most, "total": self.total_chars}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """A full list of the longest entries, every group compared."""
        state: dict[str, JsonValue] = {"texts": {"": text(self.total_chars)}}
        if self.groups:
            state["compared"] = True
            state["ticks"] = {group.id: "had" for group in self.groups}
        return state


KIND = Brainstorm
