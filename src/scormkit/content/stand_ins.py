"""Stand-ins for values that are wrong, so that the rest of a file can still be checked in the same run.

What is made here is never built: it only lets the rules across a session see everything that is right.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scormkit.activities import KINDS
from scormkit.content.document import Document
from scormkit.content.findings import Mended
from scormkit.content.messages import Fault, faults_of
from scormkit.content.model_fields import keys_of, model_at
from scormkit.content.rules import (
    CHOICE_OPTIONS,
    COMPLETION_FORM,
    FIELD_TYPE,
    FOLLOW_UP_FORM,
    ID_UNIQUE,
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
from scormkit.model.text import Path

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 5
_TEXT_BLOCK: dict[str, Plain] = {"text": "x"}

_NAMES = (REFERENCE.id, ID_UNIQUE.id, COMPLETION_FORM.id, FOLLOW_UP_FORM.id)
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
    "purpose": (FOLLOW_UP_FORM.id, REPORT_BACK_ONLY.id),
    "type": (FIELD_TYPE.id, CHOICE_OPTIONS.id),
    "options": (CHOICE_OPTIONS.id,),
    "completion": (QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "quiz": (QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "mastery_score": (QUIZ_PASSABLE.id, PASS_MARK_UNUSED.id),
    "sessions": (SESSION_MISSING.id, SESSION_TWICE.id, SESSION_UNLISTED.id),
}
"""Keys, and the rules that cannot be judged while a value of theirs is a stand-in."""


def mended(model: type[M], document: Document, faults: Sequence[Fault]) -> tuple[M, Mended] | None:
    """The model with stand-ins where ``faults`` are; None where too much is wrong."""
    data: Plain = copy.deepcopy(document.data)
    paths: set[Path] = set()
    activities: set[str] = set()
    for _ in range(_ROUNDS):
        for fault in faults:
            block = _block_around(fault.path)
            if block and fault.type != "extra_forbidden":
                old = _value(document.data, block)
                activities.add(str(old.get("id", "")) if isinstance(old, dict) else "")
                _put(data, block, dict(_TEXT_BLOCK))
                paths.add(block)
            elif fault.type == "extra_forbidden":
                _take_out(data, fault)
                paths.add(fault.path)
            else:
                _put(data, fault.path, _stand_in(fault))
                paths.add(fault.path)
        try:
            made = model.model_validate(data, context=KINDS)
        except ValidationError as error:
            document = Document(document.name, document.text, data if isinstance(data, dict) else {}, document.top)
            faults = faults_of(error, document, model)
            continue
        unsure = {rule for path in paths for step in path[-1:] for rule in _UNSURE.get(str(step), ())}
        return made, Mended(frozenset(paths), frozenset(activities), frozenset(unsure))
    return None


def _block_around(path: Path) -> Path | None:
    for index, step in enumerate(path):
        if step == "blocks" and index + 1 < len(path) and isinstance(path[index + 1], int):
            return path[: index + 2]
    return None


def _value(data: Plain, path: Path) -> Any:
    found: Any = data
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def _put(data: Plain, path: Path, value: Plain) -> None:
    around = _value(data, path[:-1])
    if isinstance(around, dict) or (isinstance(around, list) and isinstance(path[-1], int) and path[-1] < len(around)):
        around[path[-1]] = value


def _take_out(data: Plain, fault: Fault) -> None:
    """Give an unknown key the name that was probably meant, or drop it."""
    around, key = _value(data, fault.path[:-1]), fault.path[-1]
    if not isinstance(around, dict) or key not in around:
        return
    value = around.pop(key)
    model = model_at(fault.model, fault.path[:-1], fault.document.data)
    meant = nearest(str(key), list(keys_of(model))) if model else None
    if meant and meant not in around:
        around[meant] = value


def _stand_in(fault: Fault) -> Plain:
    """Something that passes where ``fault`` was."""
    value, kind = fault.value, fault.type
    if kind == "identifier":
        return suggested(str(value))
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(fault.context.get("expected", "")))
        return nearest(str(value), choices) or (choices[0] if choices else "x")
    if kind in ("too_long", "string_too_long") and isinstance(value, (str, list)):
        return value[: int(fault.context["max_length"])]
    if kind == "too_short" and fault.path[-1:] == ("blocks",):
        return [dict(_TEXT_BLOCK)]
    if kind == "string_pattern_mismatch":
        return {"language": "en", "accent": "#000000"}.get(str(fault.path[-1]), " ".join(str(value).split()))
    for name in ("ge", "gt", "le", "lt"):
        if name in fault.context:
            limit = fault.context[name]
            return limit if name in ("ge", "le") else limit + (1 if name == "gt" else -1)
    return copy.deepcopy(_SIMPLE.get(kind, "x"))


_SIMPLE: dict[str, Plain] = {
    "duration": "1m",
    "delay": "1 day",
    "date_default": "today",
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
