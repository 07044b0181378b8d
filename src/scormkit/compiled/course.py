"""What compiling makes: packages of units of steps of blocks, with everything decided that can be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import JsonValue

from scormkit.model.blocks import Activity
from scormkit.model.interactions import Interaction
from scormkit.model.session import Session
from scormkit.model.text import Markdown

StepRole = Literal["start", "phase", "check", "finish"]


@dataclass(frozen=True, slots=True)
class CompiledBlock:
    """A block in its place. ``key`` names it in the stored state, ``dom`` in the page."""

    key: str
    dom: str
    kind: str
    title: str | None
    label: str
    """What it is called where it has no title: the start of its question."""
    reads_only: bool
    activity: Activity
    html: str = ""
    """Markup, once it is rendered."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page-sized part: the welcome, a phase, the knowledge check, the end."""

    id: str
    role: StepRole
    session: str
    title: str
    kind: str = ""
    seconds: int = 0
    setting: str = ""
    note: Markdown | None = None
    derived: bool = False
    blocks: tuple[CompiledBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionRule:
    """What must be true for the unit to be completed: steps seen, activities done, forms saved, a pass."""

    phases: tuple[str, ...]
    activities: tuple[str, ...]
    forms: tuple[str, ...]
    quiz: bool


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of the package and where it comes from."""

    href: str
    file: Path


@dataclass(frozen=True, slots=True)
class Unit:
    """A launchable piece (SCO, AU). ``page`` is its HTML with the marks of :mod:`scormkit.compiled.pages`."""

    id: str
    journal_id: str
    iri: str
    """Names the unit for ever, wherever it is launched from."""
    title: str
    language: str
    version: str
    """The author's version and a hash of what the unit shows and asks."""
    file: Path
    sessions: tuple[Session, ...]
    steps: tuple[Step, ...]
    interactions: tuple[tuple[str, Interaction], ...]
    completion: CompletionRule
    mastery_score: float | None
    on_fail: Literal["incomplete", "failed"]
    follow_up: bool
    shed_order: tuple[str, ...]
    suspend_data_limit: int | None
    kinds: tuple[str, ...]
    activities: dict[str, JsonValue]
    media: tuple[MediaFile, ...]
    page: str

    @property
    def blocks(self) -> tuple[CompiledBlock, ...]:
        """All blocks of all steps, in order."""
        return tuple(block for step in self.steps for block in step.blocks)


@dataclass(frozen=True, slots=True)
class Package:
    """What becomes one zip a target. ``id`` is its name without target and ending."""

    id: str
    title: str
    language: str
    version: str | None
    units: tuple[Unit, ...]
    iri: str
    """Names the course for ever."""
    description: str
    """Plain text; "" where the author says nothing."""
