"""Sort: each item goes into a group that fits it; some fit several.

Reports ``I``: one matching interaction; ``S`` where it is scored: the items in a right group as a share of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, PrivateAttr

from scormkit.model.blocks import Finding, Library, Reference, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.questions import MOST_OPTIONS, Question, mixed
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from scormkit.model.resources import Resource
    from scormkit.model.text import Path

ONE_SOURCE = Rule("CNT-sort-1", "What is sorted stands in groups and items, or comes from a resource.")
SAME_ID = Rule("CNT-sort-2", "Each group and each item has an id of its own.")
NO_SUCH_GROUP = Rule("CNT-sort-3", "A right group is one of the groups, for one of the items.")
TOO_MANY = Rule("CNT-sort-4", "At most 36 items are sorted into at most 36 groups.", "SCORM 2004 RTE 4.2.9.1, matching")
ONE_GROUP = Rule("CNT-sort-5", "Sorting needs two groups or more.")


class SortGroup(Model):
    """Where items can go."""

    id: Id
    title: Line


class SortItem(Model):
    """Something to put into a group."""

    id: Id
    text: Line
    groups: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The ids of the groups where it is right; the first one stands in the record's pattern."""
    feedback: Line | None = None
    """Said where it was put into a wrong group."""


class Sort(Question):
    """Items with a choice of groups each."""

    can_shuffle: ClassVar[bool] = True

    activity: Literal["sort"] = "sort"
    prompt: Markdown
    groups: tuple[SortGroup, ...] = ()
    """2 to 36 groups."""
    items: tuple[SortItem, ...] = ()
    """The items in the order in which they are shown, up to 36."""
    from_resource: Annotated[Id | None, Field(alias="from")] = None
    """The id of a resource in place of ``groups`` and ``items``: its entries are sorted into its groups, in a
    mixed order that stays the same."""
    also_right: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    """With ``from``: further right groups of an item, item id → group ids."""
    scored: bool = False
    """Whether it counts for the score: the items placed right as a share of all."""

    _resource: Resource | None = PrivateAttr(default=None)

    @property
    def all_groups(self) -> tuple[SortGroup, ...]:
        """The groups, wherever they come from."""
        if self._resource is not None:
            return tuple(SortGroup(id=group.id, title=group.title) for group in self._resource.groups)
        return self.groups

    @property
    def all_items(self) -> tuple[SortItem, ...]:
        """The items in the order in which they were written."""
        if self._resource is None:
            return self.items
        return tuple(
            SortItem(
                id=item.id,
                text=item.text,
                groups=tuple(dict.fromkeys((group.id, *self.also_right.get(item.id, ())))),
            )
            for group in self._resource.groups
            for item in group.items
        )

    @property
    def shown_items(self) -> tuple[SortItem, ...]:
        """The items in the order in which they are shown.

        A resource holds them sorted already, so they are mixed.
        """
        if self._resource is None:
            return self.items
        return mixed(self.all_items, self.id)

    def references(self) -> Iterator[Reference]:
        """The resource that groups and items come from."""
        if self.from_resource is not None:
            yield Reference(("from",), "resource", self.from_resource)

    def resolved(self, library: Library) -> Self:
        """With the resource's groups and entries."""
        if self.from_resource is None:
            return self
        copy = self.model_copy()
        copy._resource = library.resources.get(self.from_resource)
        return copy

    def problems(self) -> Iterator[Finding]:
        """Groups and items from two places or none, ids twice, right groups that do not exist, too many."""
        written = bool(self.groups or self.items)
        if written == (self.from_resource is not None):
            twice = "groups and items are given twice, here and by from"
            yield Finding(
                ("from",) if written else (),
                ONE_SOURCE,
                twice if written else "there is nothing to sort",
                "Write groups: and items:, or from: with the id of a resource.",
            )
            return
        if self.from_resource is not None and self._resource is None:
            return
        if not self.all_items:
            hint = "Write items: with what is sorted."
            yield Finding((), ONE_SOURCE, "there are groups, but no items", hint)
        if len(self.all_groups) < 2:
            place: Path = ("groups",) if self.groups else ("from",) if self.from_resource else ()
            yield Finding(
                place,
                ONE_GROUP,
                f"there is {'only one' if self.all_groups else 'no'} group to sort into",
                "Write two groups or more.",
            )
        yield from self._too_many()
        yield from self._same_ids()
        yield from self._wrong_groups()

    def _too_many(self) -> Iterator[Finding]:
        for name, there in (("items", len(self.all_items)), ("groups", len(self.all_groups))):
            if there > MOST_OPTIONS:
                yield Finding(
                    ("from",) if self.from_resource else (name,),
                    TOO_MANY,
                    f"there are {there} {name}, but one record holds {MOST_OPTIONS}",
                    "Make two activities of it.",
                )

    def _same_ids(self) -> Iterator[Finding]:
        for name, ids in (
            ("groups", [group.id for group in self.all_groups]),
            ("items", [item.id for item in self.all_items]),
        ):
            for index, key in enumerate(ids):
                if key in ids[:index]:
                    yield Finding(
                        ("from",) if self.from_resource else (name, index, "id"),
                        SAME_ID,
                        f"{key} is there twice among the {name}",
                        "Give one of them another id.",
                    )

    def _wrong_groups(self) -> Iterator[Finding]:
        groups = [group.id for group in self.all_groups]
        items = [item.id for item in self.all_items]
        named: list[tuple[Path, str]] = []
        for position, item in enumerate(self.items):
            named += [(("items", position, "groups", index), key) for index, key in enumerate(item.groups)]
        for item_id, right in self.also_right.items():
            if self.from_resource is None:
                yield Finding(
                    ("also_right", item_id),
                    NO_SUCH_GROUP,
                    "also_right goes with from, which is not there",
                    "Write the group into the item's own groups: instead.",
                )
                continue
            if item_id not in items:
                yield Finding(
                    ("also_right", item_id),
                    NO_SUCH_GROUP,
                    f"there is no item {item_id} in the resource {self.from_resource}",
                    f"The items are {', '.join(items)}.",
                )
            named += [(("also_right", item_id, index), key) for index, key in enumerate(right)]
        for path, key in named:
            if key not in groups:
                yield Finding(path, NO_SUCH_GROUP, f"there is no group {key}", f"The groups are {', '.join(groups)}.")

    def interactions(self) -> tuple[Interaction, ...]:
        """One matching of items and groups.

        Where it is scored, its pattern pairs each item with the first of its right groups: the standards have
        no way to say that one item fits several. The verdict that is sent knows all of them.
        """
        pattern = tuple((item.id, item.groups[0]) for item in self.all_items)
        return (
            Interaction(
                key="",
                type="matching",
                description=self.prompt,
                options=tuple(Option(item.id, item.text) for item in self.all_items),
                targets=tuple(Option(group.id, group.title) for group in self.all_groups),
                correct_responses=(pattern,) if self.graded else (),
                weighting=self.weight(),
            ),
        )

    def client(self) -> dict[str, JsonValue]:
        """The right groups; the rest stands in the markup."""
        return {"right": {item.id: list(item.groups) for item in self.all_items}, "graded": self.graded}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """Everything placed in the group with the longest id, checked often and changed since."""
        longest = max((group.id for group in self.all_groups), key=len, default="")
        return {"given": {item.id: longest for item in self.all_items}, "checks": 99, "changed": True}


KIND = Sort
