"""Checklist: things to tick, in one column or several."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.interactions import Interaction, Option
from scormkit.model.text import Count, Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from scormkit.model.resources import Resource
    from scormkit.model.text import Path

ONE_SOURCE = Rule("CNT-checklist-1", "Things to tick stand in items, groups or a resource, one of the three.")
SAME_ID = Rule("CNT-checklist-2", "Each thing to tick and each column has an id of its own.")
TOO_MUCH_ASKED = Rule("CNT-checklist-3", "A checklist asks for no more ticks than it has things to tick.")

MAX_OPTIONS = 36
"""Options of one choice interaction (SCORM 2004 RTE 4.2.9.1; SCORM 1.2 RTE 3.4.7: one character each)."""


class ChecklistItem(Model):
    """Something to tick."""

    id: Id
    text: Line


class ChecklistGroup(Model):
    """A heading with things to tick."""

    id: Id
    title: Line
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1, max_length=100)]


class ChecklistColumn(Model):
    """What a tick means."""

    id: Id
    title: Line


class Section(Model):
    """Things to tick as they are shown: under a heading, or without one."""

    title: Line | None = None
    items: tuple[ChecklistItem, ...]


class Checklist(Activity):
    """A list where the learner ticks what holds."""

    activity: Literal["checklist"] = "checklist"
    prompt: Markdown
    items: Annotated[tuple[ChecklistItem, ...], Field(max_length=100)] = ()
    """The things to tick, up to 100."""
    groups: Annotated[tuple[ChecklistGroup, ...], Field(max_length=40)] = ()
    """In place of ``items``: things to tick under headings."""
    from_resource: Annotated[Id | None, Field(alias="from")] = None
    """In place of ``items``: the id of a resource. Its entries are ticked under its groups' titles."""
    columns: Annotated[tuple[ChecklistColumn, ...], Field(max_length=4)] = ()
    """What a tick can mean, up to four; one column ``done`` where nothing is said."""
    at_least: Count = 0
    """How many of the things must be ticked, in whatever column, until this is done."""

    _resource: Resource | None = PrivateAttr(default=None)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The things to tick, wherever they come from."""
        if self._resource is not None:
            return tuple(
                Section(
                    title=group.title,
                    items=tuple(ChecklistItem(id=item.id, text=item.text) for item in group.items),
                )
                for group in self._resource.groups
            )
        if self.groups:
            return tuple(Section(title=group.title, items=group.items) for group in self.groups)
        return (Section(items=self.items),) if self.items else ()

    @property
    def all_items(self) -> tuple[ChecklistItem, ...]:
        """The things to tick without their headings."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def column_ids(self) -> tuple[str, ...]:
        """The columns' ids; state and records hang on them."""
        return tuple(column.id for column in self.columns) or ("done",)

    def references(self) -> Iterator[Reference]:
        """The resource that the things to tick come from."""
        if self.from_resource is not None:
            yield Reference(("from",), "resource", self.from_resource)

    def resolved(self, library: Library) -> Self:
        """With the resource's entries as things to tick."""
        if self.from_resource is None:
            return self
        copy = self.model_copy()
        copy._resource = library.resources.get(self.from_resource)
        return copy

    def problems(self) -> Iterator[Finding]:
        """Things to tick from several places or from none, ids that are there twice, too much asked."""
        given = [
            name
            for name, value in (("items", self.items), ("groups", self.groups), ("from", self.from_resource))
            if value
        ]
        if len(given) != 1:
            twice = f"the things to tick are given by {' and by '.join(given)}"
            yield Finding(
                (given[-1],) if given else (),
                ONE_SOURCE,
                twice if given else "there is nothing to tick",
                "Write one of items:, groups: and from:.",
            )
            return
        yield from self._same_ids()
        there = len(self.all_items)
        if there and self.at_least > there:
            yield Finding(
                ("at_least",),
                TOO_MUCH_ASKED,
                f"at_least is {self.at_least}, but there are {there} things to tick",
                f"Write {there} or less.",
            )

    def _same_ids(self) -> Iterator[Finding]:
        places: list[tuple[Path, str]] = [
            (("columns", index, "id"), column.id) for index, column in enumerate(self.columns)
        ]
        seen: Counter[tuple[str, str]] = Counter()
        for section, part in enumerate(self.sections):
            for index, item in enumerate(part.items):
                if self.from_resource:
                    path: Path = ("from",)
                elif self.groups:
                    path = ("groups", section, "items", index, "id")
                else:
                    path = ("items", index, "id")
                places.append((path, item.id))
        for path, key in places:
            shelf = "column" if path[0] == "columns" else "thing to tick"
            seen[shelf, key] += 1
            if seen[shelf, key] == 2:
                yield Finding(path, SAME_ID, f"the {shelf} {key} is there twice", "Give it another id.")
        keys = Counter(interaction.key for interaction in self.interactions())
        for index, column in enumerate(self.column_ids):
            if keys[column] > 1 and seen["column", column] == 1:
                yield Finding(
                    ("columns", index, "id"),
                    SAME_ID,
                    f"the column {column} has the name of another column's further records",
                    "Give it an id that does not end in a number.",
                )

    def interactions(self) -> tuple[Interaction, ...]:
        """A choice for each column; where there are more than 36 things to tick, one for each 36.

        The keys are the column's id, then the id with ``-2``, ``-3`` and so on. One column has its key too:
        a second one that comes later changes nothing for the first.
        """
        titles = [column.title for column in self.columns] or [""]
        items = self.all_items
        parts = [items[start : start + MAX_OPTIONS] for start in range(0, len(items), MAX_OPTIONS)]
        return tuple(
            Interaction(
                key=column if part == 0 else f"{column}-{part + 1}",
                type="choice",
                description=(f"{title}: " if title else "")
                + (f"({part + 1}/{len(parts)}) " if len(parts) > 1 else "")
                + self.prompt,
                options=tuple(Option(item.id, item.text) for item in some),
            )
            for column, title in zip(self.column_ids, titles, strict=True)
            for part, some in enumerate(parts)
        )

    def client(self) -> dict[str, JsonValue]:
        """How much is asked, and how many things go into one record."""
        return {"atLeast": self.at_least, "perRecord": MAX_OPTIONS}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """Everything ticked in every column."""
        items: list[JsonValue] = [item.id for item in self.all_items]
        return {"ticked": {column: list(items) for column in self.column_ids}, "saved": True}


KIND = Checklist
