"""Reveal: cards that open one by one or all at once. Something to explore, with nothing to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, PrivateAttr

from scormkit.model.blocks import Activity, Finding, Library, Reference, TextOfLength
from scormkit.model.text import Id, Line, Markdown, Model
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from scormkit.model.resources import Resource

ONE_SOURCE = Rule("CNT-reveal-1", "Cards are written as items or come from a resource, one of the two.")
SAME_CARD = Rule("CNT-reveal-2", "Each card has an id of its own.")


class Card(Model):
    """A card that the author wrote."""

    id: Id
    title: Line
    text: Markdown


class ShownCard(Model):
    """A card as it is shown: with a text, or with the entries of a resource's group."""

    id: Id
    title: Line
    text: Markdown | None = None
    entries: tuple[Line, ...] = ()


class Reveal(Activity):
    """Cards with a heading each; what is on them shows when they are opened."""

    activity: Literal["reveal"] = "reveal"
    prompt: Markdown
    items: Annotated[tuple[Card, ...], Field(max_length=40)] = ()
    """The cards, up to 40."""
    from_resource: Annotated[Id | None, Field(alias="from")] = None
    """The id of a resource in place of ``items``: each of its groups becomes a card."""

    _resource: Resource | None = PrivateAttr(default=None)

    @property
    def cards(self) -> tuple[ShownCard, ...]:
        """The cards in order, wherever they come from."""
        if self._resource is not None:
            return tuple(
                ShownCard(id=group.id, title=group.title, entries=tuple(item.text for item in group.items))
                for group in self._resource.groups
            )
        return tuple(ShownCard(id=card.id, title=card.title, text=card.text) for card in self.items)

    def references(self) -> Iterator[Reference]:
        """The resource that the cards come from."""
        if self.from_resource is not None:
            yield Reference(("from",), "resource", self.from_resource)

    def resolved(self, library: Library) -> Self:
        """With the resource's groups as cards."""
        if self.from_resource is None:
            return self
        copy = self.model_copy()
        copy._resource = library.resources.get(self.from_resource)
        return copy

    def problems(self) -> Iterator[Finding]:
        """Cards from two places or from none, ids that are there twice."""
        if bool(self.items) == (self.from_resource is not None):
            yield Finding(
                ("from",) if self.items else (),
                ONE_SOURCE,
                "the cards are given twice, as items and by from" if self.items else "there are no cards",
                "Write items: with the cards, or from: with the id of a resource.",
            )
            return
        ids = [card.id for card in self.cards]
        for index, key in enumerate(ids):
            if key in ids[:index]:
                yield Finding(
                    ("from",) if self.from_resource else ("items", index, "id"),
                    SAME_CARD,
                    f"the card {key} is there twice",
                    "Give it another id.",
                )

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - it keeps no text
        """Every card opened."""
        return {"open": [card.id for card in self.cards]}


KIND = Reveal
