"""The kinds of text and numbers that fields are made of."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, StringConstraints
from pydantic.types import Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from scormkit import identifier
from scormkit.duration import days_of, seconds_of

Path = tuple[str | int, ...]
"""Keys and indices from the top of a document to a value."""


class Model(BaseModel):
    """Common settings: unknown keys are refused, values never change, schemas are built when first used."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Markdown(str):
    """Text in CommonMark. Raw HTML in it is shown as text, never run."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Any non-blank string up to 10,000 characters, kept as :class:`Markdown`."""
        text = core_schema.str_schema(min_length=1, max_length=10_000, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(cls, text)


def _identifier(value: object) -> object:
    if isinstance(value, str) and not identifier.is_identifier(value):
        raise PydanticCustomError(
            "identifier",
            "{value} is no id",
            {"value": repr(value), "hint": f"Write it as {identifier.suggested(value)}."},
        )
    return value


_IRI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`?#]*[^\s<>\"{}|\\^`?#/]$"


def _iri(value: object) -> object:
    if isinstance(value, str) and not re.match(_IRI, value):
        raise PydanticCustomError(
            "iri",
            "{value} is no absolute IRI",
            {
                "value": repr(value),
                "hint": "Write an address that is yours, without ?, # and a slash at the end, "
                "for instance https://example.org/courses/customer-care.",
            },
        )
    return value


def _seconds(value: object) -> object:
    if isinstance(value, str):
        try:
            return seconds_of(value)
        except ValueError as error:
            raise PydanticCustomError(
                "duration", "{value}", {"value": str(error), "hint": "Write it like 10m, 2m30s or 1h."}
            ) from None
    if isinstance(value, (int, float)):
        raise PydanticCustomError(
            "duration",
            "{value} has no unit",
            {"value": str(value), "hint": f"Write {value}m for minutes or {value}s for seconds."},
        )
    return value


def _days(value: object) -> object:
    if isinstance(value, (int, float)):
        raise PydanticCustomError(
            "delay",
            "{value} has no unit",
            {"value": str(value).lower(), "hint": "Write it like 2 weeks or 10 days."},
        )
    if isinstance(value, str):
        try:
            return days_of(value)
        except ValueError as error:
            raise PydanticCustomError(
                "delay", "{value}", {"value": str(error), "hint": "Write it like 2 weeks or 10 days."}
            ) from None
    return value


Id = Annotated[
    str,
    BeforeValidator(_identifier),
    Field(json_schema_extra={"pattern": identifier.PATTERN, "maxLength": identifier.MAX_LENGTH}),
]
"""An id: lower case words joined by hyphens. It stays the same for ever: answers hang on it."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=250, pattern=r"^[^\r\n]*$")]
"""One line of plain text, at most 250 characters (SCORM 2004 RTE 4.2.9.1: descriptions)."""


class SameInAll:
    """Marks a line that is no text: a translation repeats it."""


Code = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=250, pattern=r"^[^\r\n]*$"),
    SameInAll(),
]
"""A line that means the same in every language, a formula for instance."""

Iri = Annotated[str, BeforeValidator(_iri), Field(max_length=200, json_schema_extra={"pattern": _IRI})]
"""An absolute IRI that others can stand below: without query, fragment and a slash at the end."""

Seconds = Annotated[
    int,
    BeforeValidator(_seconds),
    Field(json_schema_extra={"type": "string", "examples": ["10m", "2m30s"]}),
]
"""A duration in seconds, written like ``2m30s``."""

Days = Annotated[int, BeforeValidator(_days), Field(json_schema_extra={"type": "string", "examples": ["2 weeks"]})]
"""A delay in days, written like ``2 weeks``."""

Count = Annotated[int, Strict(), Field(ge=0, le=1000)]
"""A whole number from 0."""

Limit = Annotated[int, Strict(), Field(ge=1, le=4000)]
"""A limit in characters. A line break counts as three, because reports show it as `` / ``."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A part of the whole, 0 to 1."""


def sent_length(line: str) -> int:
    """The most characters that a line takes when it is sent: a lone slash or a bracket is marked, a space may go
    before what looks like a formula (``runtime/text.ts``)."""
    marks = sum(word.strip("/") == "" for word in line.split(" ") if word) + line.count("[")
    return len(line) + marks + line.startswith(("=", "+", "-", "@", "{"))


def parts_in(value: object) -> list[tuple[Path, Model | Markdown]]:
    """Every model and every Markdown text inside ``value``, itself included, each with its path; in their order."""
    found: list[tuple[Path, Model | Markdown]] = []
    _take_parts(value, (), found)
    return found


_LEAVES = frozenset({str, int, float, bool, type(None)})
"""What has no parts: most of a session."""


def _take_parts(value: object, path: Path, found: list[tuple[Path, Model | Markdown]]) -> None:
    if isinstance(value, Markdown):
        found.append((path, value))
    elif isinstance(value, Model):
        found.append((path, value))
        for name, part in value.__dict__.items():
            if type(part) not in _LEAVES:
                _take_parts(part, (*path, name), found)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            if type(part) not in _LEAVES:
                _take_parts(part, (*path, index), found)
