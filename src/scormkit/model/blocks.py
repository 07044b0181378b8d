"""Blocks: what a phase shows to a learner, one after the other. Each activity kind is a subclass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, ClassVar, NamedTuple, Protocol

from pydantic import (
    Field,
    JsonValue,
    PlainValidator,
    SerializeAsAny,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from scormkit.model.forms import Form, Record
from scormkit.model.interactions import Interaction
from scormkit.model.resources import Resource
from scormkit.model.text import Id, Line, Model, Path
from scormkit.rule import Rule

TextOfLength = Callable[[int], str]
"""Makes a text of so many characters, for working out how large a filled-in activity is."""


class Reference(NamedTuple):
    """A value that names something else in the session. ``shelf`` is where it must be found."""

    path: Path
    shelf: str
    id: str


class Finding(NamedTuple):
    """A problem of one activity; the loader turns ``path`` (from the activity on) into file, line and column."""

    path: Path
    rule: Rule
    message: str
    hint: str


class Library(NamedTuple):
    """What an activity may refer to, by id."""

    resources: Mapping[str, Resource]
    forms: Mapping[str, Form]
    activities: Mapping[str, Activity]


class Activity(Model):
    """Something that a learner reads or does. Subclasses are the activity kinds, a folder each.

    A kind fills in the methods that it needs; the defaults are those of a thing that is only read.
    """

    reads_only: ClassVar[bool] = False
    """True where there is nothing to answer: such a block counts as done when its step was seen."""

    activity: str
    id: Id
    """The activity's id: unique in its session and the same for ever, because answers hang on it."""
    title: Line | None = None
    """A heading above the activity."""
    required: bool = True
    """Whether it counts where the completion rule asks for all required activities."""

    @property
    def promise(self) -> Record:
        """Who gets what the learner writes here, as the page says it beforehand."""
        return "submitted"

    def references(self) -> Iterator[Reference]:
        """Ids of resources, forms, activities or handouts that must exist."""
        return iter(())

    def resolved(self, library: Library) -> Activity:  # noqa: ARG002 - for kinds that refer to something
        """The same activity with what it refers to put in its place."""
        return self

    def problems(self) -> Iterator[Finding]:
        """What the fields' types cannot say, for instance that a correct answer must be an option.

        Called on the activity after :meth:`resolved`.
        """
        return iter(())

    def interactions(self) -> tuple[Interaction, ...]:
        """What is reported, in a fixed order."""
        return ()

    def weight(self) -> float:
        """How much it counts for the score; 0 is ungraded."""
        return 0.0

    def client(self) -> dict[str, JsonValue]:
        """What the behaviour in the browser needs to know beyond the markup; kept small."""
        return {}

    def fullest_state(self, text: TextOfLength) -> JsonValue:  # noqa: ARG002 - for kinds that keep texts
        """The largest state that the behaviour can store, with ``text(n)`` for a text of ``n`` characters.

        Long texts stand under ``texts`` (interaction key → text): what lies there can be shed where an LMS
        has no room for it, because the trainer's record already holds it.
        """
        return None


class Kinds(Protocol):
    """Gives the model of an activity kind."""

    def __call__(self, name: str) -> type[Activity] | None:
        """The model, or None where there is no such kind."""
        ...

    def names(self) -> tuple[str, ...]:
        """All kinds, sorted."""
        ...


def kind_named(block: Mapping[str, object]) -> object:
    """What a block says of its kind; a text and a prediction need not say it. None where nothing does."""
    if "activity" in block:
        return block["activity"]
    if "predicts" in block:
        return "prediction"
    return "text" if "text" in block or "image" in block else None


def _block(value: object, info: ValidationInfo) -> Activity:
    if isinstance(value, Activity):
        return value
    if not isinstance(value, dict):
        raise PydanticCustomError(
            "block",
            "a block must be a mapping",
            {"hint": "Write `- text: …` or `- activity: <kind>` with its fields."},
        )
    kinds: Kinds | None = info.context
    if kinds is None:
        raise TypeError("sessions are validated with context=KINDS: it knows the activity kinds")
    kind = kind_named(value)
    model = kinds(kind) if isinstance(kind, str) else None
    if model is None:
        message = "this block has no activity kind" if kind is None else f"there is no activity kind {kind!r}"
        raise PydanticCustomError(
            "activity_kind",
            "{message}",
            {"message": message, "kind": str(kind or ""), "kinds": kinds.names()},
        )
    # A ValidationError raised here keeps its places: pydantic puts them below this block's own.
    return model.model_validate({"activity": kind, **value})


Block = Annotated[SerializeAsAny[Activity], PlainValidator(_block), WithJsonSchema({"$ref": "#/$defs/Block"})]
"""A block of a phase; validated by the model of its kind."""

Blocks = Annotated[tuple[Block, ...], Field(min_length=1)]
