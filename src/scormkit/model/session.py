"""A session: aim, timed phases, what is needed, what follows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.types import Strict

from scormkit.model.blocks import Blocks
from scormkit.model.forms import Form
from scormkit.model.resources import Handout, Resource
from scormkit.model.scoring import Completion, Quiz
from scormkit.model.text import Count, Days, Id, Line, Markdown, Model, Seconds, Share

PerHead = Literal["session", "group", "person"]
"""What a quantity is counted by."""

Setting = Literal["whole group", "groups", "individual"]
"""Who works together in a room."""

LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

Language = Annotated[str, Field(pattern=LANGUAGE_TAG)]
"""A language tag (BCP 47), for instance en or pt-BR."""


class Correction(Model):
    """A slip of the source and how it was read; the original stays on record."""

    found: Line
    read_as: Line


class Source(Model):
    """Where the material comes from."""

    title: Line | None = None
    site: Line | None = None
    published: Line | None = None
    licence: Line = "unknown"
    note: Markdown | None = None
    corrections: tuple[Correction, ...] = ()


class Group(Model):
    """How many people work together."""

    min: Annotated[Count, Field(ge=1)]
    max: Annotated[Count, Field(ge=1)]
    count: Annotated[Count, Field(ge=1)] | None = None
    """How many groups there are, where that is fixed: for instance 3, for three teams."""
    people: Annotated[tuple[Annotated[Count, Field(ge=1)], ...], Field(max_length=4)] = ()
    """For how many people the session plan counts what is needed; up to four numbers, and ones that suit the groups
    where nothing is said."""
    note: Line | None = None

    def groups_of(self, people: int) -> int | None:
        """Into how many groups so many people are split, as large as groups may be; None where it does not come out."""
        count = self.count or -(-people // self.max)
        return count if self.min * count <= people <= self.max * count else None


class Material(Model):
    """Something that must be at hand, with how much of it."""

    item: Line
    quantity: Annotated[Count, Field(ge=1)] = 1
    per: PerHead = "session"
    resource: Id | None = None
    handout: Id | None = None
    note: Line | None = None


class Copies(Model):
    """Sheets to copy; how many follows from the number of people."""

    handout: Id | None = None
    resource: Id | None = None
    per: PerHead = "person"


class Preparation(Model):
    """A step before the session."""

    step: Line
    optional: bool = False
    copies: Copies | None = None


class Phase(Model):
    """A timed part of the session, for the room and for a learner alone."""

    id: Id
    kind: Literal["activity", "reflect", "conclude", "plan"]
    title: Line
    duration: Seconds
    setting: Setting
    facilitator: Markdown
    """What the facilitator does in a room."""
    blocks: Blocks
    """What a learner does alone."""


class KnowledgeCheck(Model):
    """Questions after the phases; a step of its own, without a clock."""

    id: Id = "check"
    title: Line
    derived: bool = False
    """True where the questions were made from the source and do not stand in it; the page says so."""
    note: Markdown | None = None
    blocks: Blocks


class FollowUp(Model):
    """What comes back after a while: the learner sees the plan again and tells what became of it."""

    after: Days
    """How long after the plan was saved the report is asked for; it can be given earlier."""
    form: Id
    """The id of a form whose purpose is report-back. How far the learner got (done, partly, not yet, changed) is
    asked with it, as a field ``outcome``; write a choice field of that id to word it yourself."""
    plan: Id | None = None
    """The id of the form activity that is the action plan; not needed where there is just one."""
    in_completion: bool = False
    """True where the session is only completed when the report is saved. What was
    reached before is never taken back."""
    delivery: Literal["same-unit", "separate"] = "same-unit"
    """``same-unit``: the session is opened again, and shows the plan. ``separate``: a package of its own, for a
    platform that locks what is finished; the learner pastes or types the plan there."""
    next_plan: Id | None = None
    """The id of a long text of the report that says what is planned next; a day for it is asked as a field
    ``next-by``. What stands there is the plan of the next round."""
    rounds: Annotated[int, Strict(), Field(ge=1, le=4)] | None = None
    """How often it is asked at most, each round with records of its own: 2 where there is a ``next_plan``, else 1."""

    @property
    def most_rounds(self) -> int:
        """How often it is asked at most."""
        return self.rounds or (2 if self.next_plan else 1)


class Variation(Model):
    """Another way to run the session."""

    title: Line
    text: Markdown


class Session(Model):
    """One training session: the file session.yaml."""

    id: Id
    title: Line
    short_title: Line | None = None
    aliases: tuple[Line, ...] = ()
    language: Language | None = None
    """The language of the texts; the course's where nothing is said. A translation lies beside session.yaml as
    session.TAG.yaml, for instance session.de.yaml: the whole session again, with the same ids and other texts."""
    source: Source | None = None
    aim: Markdown
    overview: Markdown | None = None
    length: Seconds
    """How long the session takes; the phases add up to it."""
    group: Group | None = None
    suitable_for: tuple[Line, ...] = ()
    materials: tuple[Material, ...] = ()
    preparation: tuple[Preparation, ...] = ()
    resources: tuple[Resource, ...] = ()
    forms: tuple[Form, ...] = ()
    handouts: tuple[Handout, ...] = ()
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    knowledge_check: KnowledgeCheck | None = None
    evaluation: Markdown | None = None
    follow_up: FollowUp | None = None
    variations: tuple[Variation, ...] = ()
    quiz: Quiz = Quiz()
    """How the questions that count are asked: attempts, feedback, shuffling, and how many are drawn."""
    completion: Completion = Completion()
    mastery_score: Share | None = None
    """The pass mark, 0 to 1."""
    on_fail: Literal["incomplete", "failed"] = "incomplete"
    """What an LMS hears while the pass mark is not reached; some lock a unit after failed."""
    keep_last: tuple[Id, ...] = ()
    """Activities whose texts are kept longest where an LMS has little room; action plans where nothing is said."""
    suspend_data_limit: Annotated[int, Field(ge=1000, le=64_000)] | None = None
    """Characters of stored state that your platform takes, where it takes more than the standard asks for."""
