"""Stand-ins for values that are wrong, so that the rest of a file can still be checked in the same run.

What is made here is never built: it only lets the rules across a session see everything that is right.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from scormkit.activities import KINDS
from scormkit.content.document import Document, entry
from scormkit.content.faults import Fault, faults_of
from scormkit.content.findings import Mended
from scormkit.content.model_fields import keys_of, model_at
from scormkit.content.rules import (
    CHOICE_OPTIONS,
    COMPLETION_FORM,
    FIELD_TYPE,
    FOLLOW_UP_FORM,
    FOLLOW_UP_PLAN,
    ID_UNIQUE,
    NEXT_PLAN_FIELD,
    NEXT_PLAN_ROUNDS,
    OUTCOME_FIELD,
    PASS_MARK_UNUSED,
    PHASES_FILL_LENGTH,
    QUIZ_PASSABLE,
    REFERENCE,
    REPORT_BACK_ONLY,
    SESSION_MISSING,
    SESSION_TWICE,
    SESSION_UNLISTED,
)
from scormkit.content.wording import Plain, nearest
from scormkit.identifier import suggested

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scormkit.model.text import Path

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 5
_TEXT_BLOCK: dict[str, Plain] = {"text": "x"}

_NAMES = (
    REFERENCE.id,
    ID_UNIQUE.id,
    COMPLETION_FORM.id,
    FOLLOW_UP_FORM.id,
    FOLLOW_UP_PLAN.id,
    NEXT_PLAN_FIELD.id,
    OUTCOME_FIELD.id,
)
_UNSURE: dict[str, tuple[str, ...]] = {
    "length": (PHASES_FILL_LENGTH.id,),
    "duration": (PHASES_FILL_LENGTH.id,),
    "id": _NAMES,
    "resources": _NAMES,
    "forms": _NAMES,
    "handouts": _NAMES,
    "groups": _NAMES,
    "items": _NAMES,
    "phases": (*_NAMES, PHASES_FILL_LENGTH.id),
    "blocks": (*_NAMES, QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "purpose": (FOLLOW_UP_FORM.id, FOLLOW_UP_PLAN.id, REPORT_BACK_ONLY.id),
    "next_plan": (NEXT_PLAN_ROUNDS.id,),
    "fields": (NEXT_PLAN_FIELD.id, OUTCOME_FIELD.id),
    "type": (FIELD_TYPE.id, CHOICE_OPTIONS.id, NEXT_PLAN_FIELD.id, OUTCOME_FIELD.id),
    "options": (CHOICE_OPTIONS.id, OUTCOME_FIELD.id),
    "completion": (QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "quiz": (QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "mastery_score": (QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "sessions": (SESSION_MISSING.id, SESSION_TWICE.id, SESSION_UNLISTED.id),
}
"""Keys, and the rules that cannot be judged while a value of theirs is a stand-in."""


def mended(model: type[M], document: Document, faults: Sequence[Fault]) -> tuple[M, Mended] | None:
    """The model with stand-ins where ``faults`` are; None where too much is wrong."""
    data = copy.deepcopy(document.data)
    current = document._replace(data=data, unread=frozenset())
    paths: set[Path] = set()
    activities: set[str] = set()
    for _ in range(_ROUNDS):
        for fault in faults:
            block = _block_around(fault.path)
            if fault.code == "extra_forbidden":
                _take_out(data, fault)
                paths.add(fault.path)
            elif block:
                old = document.value(block)
                activities.add(str(old.get("id", "")) if isinstance(old, dict) else "")
                _put(data, block, dict(_TEXT_BLOCK))
                paths.add(block)
            else:
                _put(data, fault.path, _stand_in(fault))
                paths.add(fault.path)
        try:
            made = model.model_validate(data, context=KINDS)
        except ValidationError as error:
            faults = faults_of(error, current, model)
        else:
            unsure = {rule for path in paths for rule in _UNSURE.get(str(path[-1]), ())}
            return made, Mended(frozenset(paths), frozenset(activities), frozenset(unsure))
    return None


def _block_around(path: Path) -> Path | None:
    for index, step in enumerate(path):
        if step == "blocks" and index + 1 < len(path) and isinstance(path[index + 1], int):
            return path[: index + 2]
    return None


def _put(data: Plain, path: Path, value: Plain) -> None:
    around, last = _around(data, path), path[-1]
    if isinstance(around, dict):
        around[str(last)] = value
    elif isinstance(around, list) and isinstance(last, int) and last < len(around):
        around[last] = value


def _around(data: Plain, path: Path) -> Plain:
    """What holds the value at ``path``; None where it is gone."""
    around = data
    try:
        for step in path[:-1]:
            around = entry(around, step)
    except KeyError:
        return None
    return around


def _take_out(data: Plain, fault: Fault) -> None:
    """Give an unknown key the name that was probably meant, or drop it."""
    around, key = _around(data, fault.path), str(fault.path[-1])
    if not isinstance(around, dict) or key not in around:
        return
    value = around.pop(key)
    model = model_at(fault.model, fault.path[:-1], fault.document.data)
    meant = nearest(key, keys_of(model)) if model else None
    if meant and meant not in around:
        around[meant] = value


def _stand_in(fault: Fault) -> Plain:
    """Something that passes where ``fault`` was, or comes nearer to passing."""
    value, kind = fault.value, fault.code
    if kind in _SIMPLE:
        return copy.deepcopy(_SIMPLE[kind])
    made: Plain = "x"
    if kind == "identifier":
        made = suggested(str(value))
    elif kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(fault.context.get("expected", "")))
        made = nearest(str(value), choices) or next(iter(choices), "x")
    elif kind in ("too_long", "string_too_long") and isinstance(value, (str, list)):
        made = value[: int(fault.context["max_length"])]
    elif kind == "too_short" and fault.path[-1] == "blocks":
        made = [dict(_TEXT_BLOCK)]
    elif kind == "string_pattern_mismatch":
        made = _FORMED.get(str(fault.path[-1]), " ".join(str(value).split()))
    for name, step in _LIMITS:
        if name in fault.context:
            made = fault.context[name] + step
    return made


_LIMITS = (("ge", 0), ("le", 0), ("gt", 1), ("lt", -1))
"""Pydantic's words for the limits of a number, and how far from the limit is fine."""

_FORMED = {"language": "en", "accent": "#000000", "accent_dark": "#ffffff"}
"""Texts of the form that their keys ask for."""

_SIMPLE: dict[str, Plain] = {
    "duration": "1m",
    "delay": "1 day",
    "date_default": "today",
    "iri": "urn:x:x",
    "attempts": "unlimited",
    "int_type": 1,
    "int_parsing": 1,
    "int_from_float": 1,
    "float_type": 1,
    "float_parsing": 1,
    "bool_type": True,
    "bool_parsing": True,
    "tuple_type": [],
    "model_type": {},
    "model_attributes_type": {},
    "dict_type": {},
    "block": dict(_TEXT_BLOCK),
    "activity_kind": dict(_TEXT_BLOCK),
}
