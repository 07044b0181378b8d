"""Allocation: things given to groups or people, where any way is right. Either side may be named by the learner.

Reports ``I``: one matching interaction; ``F``: the names that the learner gave. An opinion: there is no score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, repeated
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from scormkit.model.resources import Resource

ONE_SOURCE = Rule("CNT-allocation-1", "Each side is written out, taken from a resource, or named by the learner.")
SAME_ID = Rule("CNT-allocation-2", "Each thing and each group has an id of its own.")
TOO_MANY = Rule("CNT-allocation-3", "At most 36 things are given to at most 36 groups.", "SCORM 2004 RTE 4.2.9.1")
IMPOSSIBLE = Rule("CNT-allocation-4", "There is a way to give everything away within the limits.")

NAME_CHARS = 60
"""The most characters of a name that the learner gives."""


class Item(Model):
    """Something to give away."""

    id: Id
    text: Line


class Group(Model):
    """Who can get it."""

    id: Id
    title: Line


class Side(NamedTuple):
    """A thing or a group: ``text`` is None where the learner names it."""

    id: str
    text: str | None


class Allocation(Activity):
    """Things and who gets them."""

    activity: Literal["allocation"] = "allocation"
    prompt: Markdown
    items: tuple[Item, ...] = ()
    """What is given away, up to 36."""
    from_resource: Annotated[Id | None, Field(alias="from")] = None
    """In place of ``items``: the id of a resource, whose groups are given away."""
    own_items: Annotated[int | None, Field(ge=1, le=12)] = None
    """In place of ``items``: how many things the learner may name."""
    groups: tuple[Group, ...] = ()
    """Who gets it: 2 to 36."""
    own_groups: Annotated[int | None, Field(ge=2, le=12)] = None
    """In place of ``groups``: how many groups or people the learner may name."""
    at_least_each: Annotated[int, Field(ge=0)] = 0
    """How many things each group must get."""
    at_most_each: Annotated[int, Field(ge=1)] | None = None
    """How many things a group may get."""
    explanation: Markdown | None = None
    """Shown after saving."""

    has_right_answer: ClassVar[bool] = False

    _resource: Resource | None = PrivateAttr(default=None)

    @property
    def things(self) -> tuple[Side, ...]:
        """What is given away, wherever it comes from."""
        if self._resource is not None:
            return tuple(Side(group.id, group.title) for group in self._resource.groups)
        if self.own_items:
            return tuple(Side(f"item-{number}", None) for number in range(1, self.own_items + 1))
        return tuple(Side(item.id, item.text) for item in self.items)

    @property
    def takers(self) -> tuple[Side, ...]:
        """Who gets it, wherever they come from."""
        if self.own_groups:
            return tuple(Side(f"group-{number}", None) for number in range(1, self.own_groups + 1))
        return tuple(Side(group.id, group.title) for group in self.groups)

    def references(self) -> Iterator[Reference]:
        """The resource whose groups are given away."""
        if self.from_resource is not None:
            yield Reference(("from",), "resource", self.from_resource)

    def resolved(self, library: Library) -> Self:
        """With the resource's groups."""
        if self.from_resource is None:
            return self
        copy = self.model_copy()
        copy._resource = library.resources.get(self.from_resource)
        return copy

    def problems(self) -> Iterator[Finding]:
        """Sides from several places or from none, ids twice, too many, limits that nobody can keep."""
        sides = (("items", "from", "own_items"), ("groups", "own_groups"))
        values = {"from": self.from_resource}
        for names in sides:
            given = [name for name in names if values.get(name) or getattr(self, name, None)]
            if len(given) != 1:
                yield Finding(
                    (given[-1],) if given else (),
                    ONE_SOURCE,
                    f"{names[0]} are given by {' and by '.join(given)}" if given else f"there are no {names[0]}",
                    f"Write one of {', '.join(f'{name}:' for name in names)}.",
                )
                return
        if self.from_resource is not None and self._resource is None:
            return
        for name, side in (("items", self.things), ("groups", self.takers)):
            place = (name,) if getattr(self, name) else ("from",) if name == "items" and self.from_resource else ()
            for index, key in repeated(side):
                yield Finding(
                    (*place, index, "id") if place == (name,) else place,
                    SAME_ID,
                    f"{key} is there twice among the {name}",
                    "Give one of them another id.",
                )
            if len(side) > MOST_OPTIONS:
                yield Finding(
                    place,
                    TOO_MANY,
                    f"there are {len(side)} {name}, but one record holds {MOST_OPTIONS}",
                    "Make two activities of it.",
                )
        yield from self._impossible()

    def _impossible(self) -> Iterator[Finding]:
        things, takers = len(self.things), len(self.takers)
        if self.at_most_each and self.at_most_each * takers < things and not self.own_items:
            yield Finding(
                ("at_most_each",),
                IMPOSSIBLE,
                f"{takers} groups with at most {self.at_most_each} each cannot take {things} items",
                f"Write {-(-things // takers)} or more.",
            )
        if self.at_least_each * takers > things:
            yield Finding(
                ("at_least_each",),
                IMPOSSIBLE,
                f"{takers} groups with at least {self.at_least_each} each need more than {things} items",
                f"Write {things // takers} or less.",
            )

    def interactions(self) -> tuple[Interaction, ...]:
        """The learner's names, then one matching of things and groups."""
        names = tuple(
            Interaction(key=side.id, type="fill-in", description=f"{side.id}: {self.prompt}", max_chars=NAME_CHARS)
            for side in (*self.things, *self.takers)
            if side.text is None
        )
        return (
            *names,
            Interaction(
                key="",
                type="matching",
                description=self.prompt,
                options=tuple(Option(side.id, side.text or side.id) for side in self.things),
                targets=tuple(Option(side.id, side.text or side.id) for side in self.takers),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """How much each group may and must get."""
        return {"least": self.at_least_each, "most": self.at_most_each or len(self.things)}

    def fullest_state(self, text: TextOfLength) -> JsonValue:
        """Everything named and given to the group with the longest id, saved often, and changed since."""
        longest = max((side.id for side in self.takers), key=len, default="")
        names = [side.id for side in (*self.things, *self.takers) if side.text is None]
        state: dict[str, JsonValue] = {
            "given": {side.id: longest for side in self.things},
            "checks": 99,
            "changed": True,
        }
        return {"texts": {name: text(NAME_CHARS) for name in names}, **state} if names else state


KIND = Allocation
