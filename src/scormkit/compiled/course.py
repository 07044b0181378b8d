"""What compiling makes: packages of units of steps of blocks, with everything decided that can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import JsonValue

from scormkit.compiled.markdown import Places
from scormkit.model.blocks import Activity
from scormkit.model.interactions import Interaction
from scormkit.model.session import Session
from scormkit.model.text import Markdown

StepRole = Literal["start", "phase", "check", "finish", "follow-up"]


class Reminder(NamedTuple):
    """What a plan can remind of: its field ``what`` on the day in the field ``by``, a report ``after`` so many days.

    The first date of a plan is the day by which it is to be done.
    """

    what: str
    by: str | None
    after: int | None


def page_suffix(language: str, languages: Sequence[str]) -> str:
    """What the names of a unit's pages in a language end in; "" for the first of all its ``languages``, or the only."""
    return f".{language}" if languages and language != languages[0] else ""


class CompiledBlock(NamedTuple):
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
    reminder: Reminder | None = None


class Step(NamedTuple):
    """One page-sized part: the welcome, a phase, the knowledge check, the end, the follow-up."""

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
    days: int = 0
    """Of a follow-up: after how many days it is asked for."""

    @property
    def shown(self) -> tuple[CompiledBlock, ...]:
        """The blocks as they stand on the page: of a follow-up's rounds the newest first."""
        rounds = tuple(block for block in self.blocks if ".round-" in block.key)
        return tuple(block for block in self.blocks if block not in rounds) + rounds[::-1]


class CompletionRule(NamedTuple):
    """What must be true for the unit to be completed: steps seen, activities done, forms saved, a pass."""

    phases: tuple[str, ...]
    activities: tuple[str, ...]
    forms: tuple[str, ...]
    quiz: bool


class MediaFile(NamedTuple):
    """A file of the package and where it comes from."""

    href: str
    file: Path


class Unit(NamedTuple):
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
    follow_ups: tuple[str, ...]
    """Keys of the reports that may still come after completion, a session's rounds in order."""
    shed_order: tuple[str, ...]
    suspend_data_limit: int | None
    kinds: tuple[str, ...]
    activities: dict[str, JsonValue]
    media: tuple[MediaFile, ...]
    places: Mapping[str, Places]
    """By the id of each session: where its pictures lie in the package."""
    page: str
    languages: tuple[Unit, ...] = ()
    """The unit in each of its languages, its own first; () where there is only one."""

    @property
    def suffix(self) -> str:
        """Stands before the ending of the names of its pages: "" for those of its first language, else the tag."""
        return page_suffix(self.language, [one.language for one in self.languages])

    @property
    def versions(self) -> tuple[Unit, ...]:
        """The unit in each of its languages, its own first, each with all of them; itself where there is only one."""
        return tuple(one._replace(languages=self.languages) for one in self.languages) or (self,)

    @property
    def blocks(self) -> tuple[CompiledBlock, ...]:
        """All blocks of all steps, in order."""
        return tuple(block for step in self.steps for block in step.blocks)


class Package(NamedTuple):
    """What becomes one zip a target. ``id`` is its name without target and ending."""

    course_id: str
    course_title: str
    id: str
    title: str
    language: str
    version: str | None
    units: tuple[Unit, ...]
    iri: str
    """Names the course for ever."""
    description: str
    """Plain text; "" where the author says nothing."""
    translations: tuple[Package, ...] = ()
    """The same package in its other languages; a unit that has no such translation is there in its own language."""
