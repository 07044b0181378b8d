"""Resources and handouts: what a facilitator prompts from and gives out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scormkit.model.text import Id, Line, Markdown, Model


class ResourceItem(Model):
    """One entry of a resource."""

    id: Id
    text: Line


class ResourceGroup(Model):
    """A heading of a resource with its entries."""

    id: Id
    title: Line
    items: Annotated[tuple[ResourceItem, ...], Field(min_length=1)]


class Resource(Model):
    """A list that several activities and the facilitator share: suggested answers, prompts, a handout."""

    id: Id
    title: Line
    role: tuple[Literal["answer-key", "prompt", "handout"], ...] = ("prompt",)
    """What it is used for; one or several."""
    intro: Markdown | None = None
    note: Markdown | None = None
    """For instance an invitation to add entries of one's own."""
    groups: Annotated[tuple[ResourceGroup, ...], Field(min_length=1)]


class Handout(Model):
    """A printed sheet that is only read; forms and resources are handouts by themselves."""

    id: Id
    title: Line
    text: Markdown
