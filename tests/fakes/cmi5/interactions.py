"""Definitions of questions and the answers to them; xAPI-Data 2.4.4.1 and appendix C.

Most LRSs store any answer. A report can only be read where the answer has the form that its type asks for, so this
judge looks at both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.cmi5.refusal import Refusal
from tests.fakes.cmi5.terms import INTERACTION_TYPE

LISTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "true-false": (),
    "fill-in": (),
    "long-fill-in": (),
    "numeric": (),
    "other": (),
}
"""Each type with the lists of components that its definition may hold."""
COMPONENTS = ("choices", "scale", "source", "target", "steps")
DEFINITION_KEYS = (
    *("name", "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern"),
    *COMPONENTS,
)
NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
RANGE = re.compile(rf"(?:{NUMBER})?\[:\](?:{NUMBER})?")
FLAGS = re.compile(r"(?:\{(?:case_matters|order_matters)=(?:true|false)\})*")
ITEM_LANGUAGE = re.compile(r"\{lang=[^}]*\}")
FILL_IN = 250
"""Characters of a fill-in; a longer text is a long-fill-in."""

JsonObject = dict[str, Any]


def _wrong(place: str, message: str) -> Refusal:
    return Refusal(400, "XD 2.4.4.1", f"{place}: {message}")


def definition(found: JsonObject, place: str, language_map: Callable[[object, str], None]) -> None:
    """What a definition of a question must keep to."""
    kind = found.get("interactionType")
    if kind is None:
        for key in (*COMPONENTS, "correctResponsesPattern"):
            if key in found:
                raise _wrong(place, f"{key} stands without interactionType")
        if found.get("type") == INTERACTION_TYPE:
            raise _wrong(place, "the type is cmi.interaction, but interactionType is missing")
        return
    if kind not in LISTS:
        raise _wrong(place, f"interactionType is {kind!r}")
    if found.get("type") != INTERACTION_TYPE:
        raise _wrong(place, f"a question's type is cmi.interaction, not {found.get('type')!r}")
    for key in COMPONENTS:
        if key in found and key not in LISTS[kind]:
            raise _wrong(place, f"{key} does not belong to {kind}")
        if key in LISTS[kind] and key not in found:
            raise _wrong(place, f"{kind} without {key}: nobody can read its answers")
        _components(found.get(key, []), f"{place}.{key}", language_map)
    patterns = found.get("correctResponsesPattern", [])
    if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
        raise _wrong(f"{place}.correctResponsesPattern", "is no array of strings")
    for pattern in patterns:
        _answer(found, pattern, f"{place}.correctResponsesPattern", pattern_of=True)


def _components(listed: object, place: str, language_map: Callable[[object, str], None]) -> None:
    if not isinstance(listed, list):
        raise _wrong(place, "is no array")
    seen: set[str] = set()
    for one in listed:
        if not isinstance(one, dict) or set(one) - {"id", "description"}:
            raise _wrong(place, f"{one!r} is no interaction component")
        identifier = one.get("id")
        if not isinstance(identifier, str) or not identifier or re.search(r"\s|\[[.,:]\]", identifier):
            raise _wrong(place, f"{identifier!r} is no id of a component")
        if identifier in seen:
            raise _wrong(place, f"the id {identifier!r} is there twice")
        seen.add(identifier)
        language_map(one.get("description", {}), f"{place}.{identifier}")


def response(statement: JsonObject) -> None:
    """Whether the answer in a statement has the form of its question."""
    of = statement.get("object", {})
    found = of.get("definition", {}) if isinstance(of, dict) else {}
    answer = statement.get("result", {}).get("response") if isinstance(statement.get("result"), dict) else None
    if found.get("interactionType") and answer is not None:
        _answer(found, answer, "statement.result.response", pattern_of=False)


def _ids(found: JsonObject, key: str) -> set[str]:
    return {one["id"] for one in found.get(key, [])}


def _known(item: str, ids: set[str], place: str) -> None:
    if item not in ids:
        raise _wrong(place, f"{item!r} is none of {sorted(ids)}")


def _answer(found: JsonObject, answer: str, place: str, *, pattern_of: bool) -> None:
    kind = found["interactionType"]
    if kind in {"choice", "sequencing"}:
        if answer or pattern_of:
            _items(answer.split("[,]"), _ids(found, "choices"), place)
    elif kind in {"true-false", "likert"}:
        _known(answer, {"true", "false"} if kind == "true-false" else _ids(found, "scale"), place)
    elif kind in {"matching", "performance"}:
        _pairs(found, answer, place)
    elif kind == "numeric":
        if not re.fullmatch(NUMBER, answer) and not (pattern_of and RANGE.fullmatch(answer)):
            raise _wrong(place, f"{answer!r} is no number")
    elif kind in {"fill-in", "long-fill-in"}:
        _blanks(kind, answer, place, pattern_of=pattern_of)


def _items(items: list[str], ids: set[str], place: str) -> None:
    for item in items:
        _known(item, ids, place)
    if len(set(items)) != len(items):
        raise _wrong(place, f"{items} names an item twice")


def _pairs(found: JsonObject, answer: str, place: str) -> None:
    for item in answer.split("[,]") if answer else []:
        left, mark, right = item.partition("[.]")
        if not mark:
            raise _wrong(place, f"{item!r} is no pair with [.] between")
        if found["interactionType"] == "performance":
            _known(left, _ids(found, "steps"), place)
        else:
            _known(left, _ids(found, "source"), place)
            _known(right, _ids(found, "target"), place)


def _blanks(kind: str, answer: str, place: str, *, pattern_of: bool) -> None:
    flags = FLAGS.match(answer)
    if flags and flags[0] and not pattern_of:
        raise _wrong(place, f"{flags[0]!r} belongs to a pattern; here it is read as a rule, not as the learner's text")
    for item in answer[flags.end() if flags else 0 :].split("[,]"):
        words = ITEM_LANGUAGE.sub("", item, count=1)
        if words.startswith("{") and re.match(r"\{(case_matters|order_matters|lang)=", words):
            raise _wrong(place, "the text begins like a parameter of the format")
        if kind == "fill-in" and len(words) > FILL_IN:
            raise _wrong(place, f"a fill-in of {len(words)} characters; longer than {FILL_IN} is a long-fill-in")
