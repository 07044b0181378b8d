"""Forms: action plans, reports back, and everything else that is filled in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from scormkit.duration import days_of
from scormkit.model.text import Days, Id, Limit, Line, Markdown, Model


def _date_default(value: object) -> object:
    """``today`` and ``in 2 weeks`` as days from now."""
    if value is None:
        return value
    try:
        if value == "today":
            return 0
        if isinstance(value, str) and value.startswith("in "):
            return days_of(value[3:])
    except ValueError:
        pass
    raise PydanticCustomError(
        "date_default",
        "{value} is no default for a date",
        {"value": repr(value), "hint": "Write today, or for instance: in 14 days."},
    )


Record = Literal["private", "kept", "submitted"]
"""Who gets what a learner writes. ``submitted``: it is among the answers that the trainer reads. ``kept``: it is stored
with the learner's progress in the LMS, to be there again on any device, and is no answer; who administers the LMS could
look it up. ``private``: it stays in the browser where it was written and is sent nowhere."""


class FieldOption(Model):
    """A choice of a choice field."""

    id: Id
    text: Line


OUTCOMES = ("done", "partly", "not-yet", "changed")
"""Ids of the choices that a report back has for how far the learner got with the plan."""
OUTCOME = "outcome"
"""The field with that choice."""
NEXT_BY = "next-by"
"""The field with the day of a next plan."""


class FormField(Model):
    """One thing to fill in."""

    id: Id
    type: Literal["long-text", "short-text", "date", "choice", "name"]
    """``long-text`` several lines; ``short-text`` one line; ``date``; ``choice`` one of ``options``;
    ``name`` a typed name: kept with the learner's own stored state, never reported among the answers."""
    label: Line
    hint: Line | None = None
    required: bool = False
    max_chars: Limit | None = None
    """For texts; 400 where nothing is said, 100 for a short text. A line break counts as three."""
    default: Annotated[
        int | None,
        BeforeValidator(_date_default),
        Field(json_schema_extra={"type": "string", "examples": ["today", "in 14 days"]}),
    ] = None
    """For dates: ``today``, or for instance ``in 14 days``."""
    warn_if: Literal["past", "future"] | None = None
    """For dates: a gentle warning where the date lies there."""
    options: tuple[FieldOption, ...] = ()
    """For choices."""
    record: Literal["full", "digest", "none"] = "full"
    """What is recorded of the answer: all of it; its length and a hash, by which a copy can be proved the same (only
    where the standard has a place for that: cmi5, xAPI); or nothing. The learner's own stored state keeps it."""

    @property
    def limit(self) -> int:
        """The most characters that a text may have."""
        return self.max_chars or (100 if self.type == "short-text" else 400)


class Form(Model):
    """A handout that is filled in."""

    id: Id
    title: Line
    purpose: Literal["action-plan", "report-back", "feedback", "other"] = "other"
    intro: Markdown | None = None
    record: Record = "submitted"
    """Who gets what is written: ``submitted`` the trainer; ``kept`` only the learner, stored with the progress in the
    LMS; ``private`` only the learner, in the browser where it was written. The page says so."""
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]
    return_to: Line | None = None
    """For a report back: who gets it."""
    return_by: Days | None = None
    """For a report back: within how long."""
