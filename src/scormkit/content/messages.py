"""What pydantic found, in our words: where, what value, what was expected, what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scormkit.content.faults import Fault, named
from scormkit.content.field_docs import field_docs
from scormkit.content.model_fields import field_at, keys_of, model_at
from scormkit.content.rules import (
    ACTIVITY_KIND,
    BLOCK_FORM,
    DURATION_FORM,
    ID_FORM,
    KEY_KNOWN,
    KEY_MISSING,
    LINE_BREAK,
    LIST_LENGTH,
    NUMBER_RANGE,
    TEXT_LENGTH,
    VALUE_CHOICE,
    VALUE_FORM,
    VALUE_TYPE,
)
from scormkit.content.wording import described, in_quotes, listed, nearest, quoted, shortened
from scormkit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scormkit.model.text import Path
    from scormkit.problem import Problem

_FORMS = {
    "accent": ("no colour of the form #rrggbb", 'Write it in quotes, like "#0b6e4f"'),
    "accent_dark": ("no colour of the form #rrggbb", 'Write it in quotes, like "#63c3a0"'),
    "language": ("no language tag", "Write it like en or pt-BR"),
}
"""Keys whose texts have a form: what is wrong with another text, and what to write."""


Told = tuple[Rule, str, str]


def problems_of(faults: Sequence[Fault]) -> list[Problem]:
    """What is told of a file's faults. Of a misspelt key it is not said as well that the right one is missing."""
    meant = {(*fault.path[:-1], _meant(fault)) for fault in faults if fault.code == "extra_forbidden"}
    return [_told(fault) for fault in faults if fault.code != "missing" or fault.path not in meant]


def _told(fault: Fault) -> Problem:
    tell = _TELLERS.get(fault.code, _other)
    rule, message, hint = tell(fault)
    return fault.document.problem(rule, fault.path, message, hint, place=_place(fault))


def _place(fault: Fault) -> tuple[int, int]:
    document, path = fault.document, fault.path
    if fault.code == "extra_forbidden":
        return document.at_key(path)
    if fault.code == "missing":
        return document.at(path[:-1])
    if fault.code == "activity_kind":
        return document.at((*path, "activity"))
    if fault.value is None:
        return document.at_key(path)
    return document.at(path)


def _missing(fault: Fault) -> Told:
    key, around = str(fault.path[-1]), named(fault.path[:-1])
    model = model_at(fault.model, fault.path[:-1], fault.document.data)
    names = [name for name, info in model.model_fields.items() if key in (name, info.alias)] if model else []
    about = field_docs(model).get(names[0], "") if model and names else ""
    first = re.split(r"(?<=[.;:])\s", about.replace("``", "").replace("\n", " "))[0].rstrip(".;:")
    return (
        KEY_MISSING,
        f"{key} is missing" + (f" in {around}" if around else ""),
        f"Add {key}: …" + (f" ({first})" if first else ""),
    )


def _unknown(fault: Fault) -> Told:
    key, parent = str(fault.path[-1]), fault.path[:-1]
    around = named(parent)
    message = f"there is no key {shortened(key)}" + (f" in {around}" if around else "")
    model = model_at(fault.model, parent, fault.document.data)
    known = list(keys_of(model)) if model else []
    meant = _meant(fault)
    if meant:
        return KEY_KNOWN, message, f"Did you mean {meant}?"
    elsewhere = _elsewhere(key, parent, fault)
    if elsewhere:
        return KEY_KNOWN, message, elsewhere
    given = fault.document.value(parent)
    free = [name for name in known if not isinstance(given, dict) or name not in given]
    if not known:
        return KEY_KNOWN, message, "Take it away"
    return KEY_KNOWN, message, f"What can still stand there: {listed(free)}" if free else "Take it away"


def _meant(fault: Fault) -> str | None:
    """The key that was probably meant by an unknown one."""
    model = model_at(fault.model, fault.path[:-1], fault.document.data)
    return nearest(str(fault.path[-1]), keys_of(model)) if model else None


def _elsewhere(key: str, parent: Path, fault: Fault) -> str:
    """Where a key belongs that stands at a wrong level or in the wrong file."""
    for end in range(len(parent) - 1, -1, -1):
        outer = model_at(fault.model, parent[:end], fault.document.data)
        if outer and outer is not model_at(fault.model, parent, fault.document.data) and key in keys_of(outer):
            around = named(parent[:end])
            return f"It belongs {f'to {around}' if around else 'to the top of the file'}: check the indentation"
    from scormkit.model.course import CourseFile  # noqa: PLC0415 - only to explain
    from scormkit.model.session import Session  # noqa: PLC0415

    for model, file in ((CourseFile, "course.yaml"), (Session, "session.yaml")):
        if model is not fault.model and key in keys_of(model):
            return f"It belongs to {file}"
    return ""


def _text_expected(fault: Fault) -> Told:
    value = fault.value
    if value is None:
        return VALUE_TYPE, f"{fault.name} is empty, but text is expected", _fill(fault, "Write a text after the colon")
    place = fault.document.place(fault.path)
    written = fault.document.text[place.start : place.end].strip()
    if isinstance(value, (bool, int, float)):
        hint = f"Put it in quotes: {in_quotes(written)}"
    elif written[:1] in ("[", "{"):
        hint = f"Put a text that begins with {written[:1]} in quotes"
    else:
        hint = "Write one text; for several lines, begin with | and indent them"
    return VALUE_TYPE, f"{fault.name} must be text, but this is {described(value)}", hint


def _fill(fault: Fault, otherwise: str) -> str:
    line = fault.document.text.split("\n")[fault.document.at_key(fault.path)[0] - 1]
    if re.search(r":\s+#\S", line):
        return "A # begins a comment: put the value in quotes"
    return f"{otherwise}, or take the key away"


def _whole_number(fault: Fault) -> Told:
    return _number(fault, "a whole number")


def _number(fault: Fault, what: str = "a number") -> Told:
    info = field_at(fault.model, fault.path, fault.document.data)
    extra = info.json_schema_extra if info else None
    examples = extra.get("examples") if isinstance(extra, dict) else None
    if isinstance(examples, list):
        return _like(fault, [str(example) for example in examples])
    hint = "Write digits without quotes, for instance 4" + ("" if what == "a whole number" else " or 0.5")
    return VALUE_TYPE, f"{fault.name} must be {what}, but this is {described(fault.value)}", hint


def _like(fault: Fault, examples: list[str]) -> Told:
    number = isinstance(fault.value, (int, float)) and not isinstance(fault.value, bool)
    wrong = "which has no unit" if number else "which is no length of time"
    return DURATION_FORM, f"{fault.name} is {described(fault.value)}, {wrong}", f"Write it like {listed(examples)}"


def _true_or_false(fault: Fault) -> Told:
    return (
        VALUE_TYPE,
        f"{fault.name} must be true or false, but this is {described(fault.value)}",
        "Write true or false, without quotes",
    )


def _list_expected(fault: Fault) -> Told:
    value = fault.value
    if value is None:
        return VALUE_TYPE, f"{fault.name} is empty, but a list is expected", "Write [ ] or take the key away"
    if isinstance(value, dict):
        hint = "Begin each entry with - and a space"
    else:
        hint = f"Put it in brackets: [{shortened(str(value))}]"
    return VALUE_TYPE, f"{fault.name} must be a list, but this is {described(value)}", hint


def _keys_expected(fault: Fault) -> Told:
    model = model_at(fault.model, fault.path, fault.document.data)
    keys = f"Its keys are {listed(list(keys_of(model)), 'and')}" if model else "Write key: value"
    return VALUE_TYPE, f"{fault.name} must have keys of its own, but this is {described(fault.value)}", keys


def _choice(fault: Fault) -> Told:
    choices = re.findall(r"'([^']*)'", str(fault.context.get("expected", "")))
    meant = nearest(fault.value, choices) if isinstance(fault.value, str) else None
    expected = listed([*choices, "a list"] if fault.branch else choices)
    return (
        VALUE_CHOICE,
        f"{fault.name} must be {expected}, but this is {described(fault.value)}",
        f"Did you mean {meant}?" if meant else "Write one of them",
    )


def _blank(fault: Fault) -> Told:
    return TEXT_LENGTH, f"{fault.name} is blank", "Write a text, or take the key away"


def _too_long(fault: Fault) -> Told:
    limit, length = int(fault.context["max_length"]), len(str(fault.value).strip())
    return (
        TEXT_LENGTH,
        f"{fault.name} has {length:,} characters, and {limit:,} are the most",
        f"Shorten it by {length - limit:,}",
    )


def _pattern(fault: Fault) -> Told:
    value = str(fault.value)
    if "\n" in value.strip() or "\r" in value.strip():
        return LINE_BREAK, f"{fault.name} must be one line, but has several", "Write >- in place of |, or one line"
    wrong, hint = _FORMS.get(str(fault.path[-1]) if fault.path else "", ("not of the form that is asked for", ""))
    return VALUE_FORM, f"{fault.name} is {quoted(value)}, which is {wrong}", hint


def _too_few(fault: Fault) -> Told:
    least, number = fault.context["min_length"], len(fault.value)
    return (
        LIST_LENGTH,
        f"{fault.name} must have at least {least} entr{'y' if least == 1 else 'ies'}, but has {number or 'none'}",
        f"Add {least - number}",
    )


def _too_many(fault: Fault) -> Told:
    most = fault.context["max_length"]
    number = len(fault.value) if isinstance(fault.value, (list, tuple)) else most + 1
    return LIST_LENGTH, f"{fault.name} has {number} entries, and {most} are the most", f"Take {number - most} away"


def _range(fault: Fault) -> Told:
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    name, limit = next((name, fault.context[name]) for name in words if name in fault.context)
    number = int(limit) if float(limit).is_integer() else limit
    return (
        NUMBER_RANGE,
        f"{fault.name} must be {words[name]} {number}, but is {shortened(str(fault.value))}",
        "Write another number" + (", 0.8 for 80 %" if name == "le" and number == 1 else ""),
    )


def _identifier(fault: Fault) -> Told:
    hint = str(fault.context.get("hint", ""))
    return ID_FORM, f"{fault.name} is {quoted(str(fault.value))}, which is no id", hint


def _duration(fault: Fault) -> Told:
    return _like(fault, ["10m", "2m30s", "1h"])


def _delay(fault: Fault) -> Told:
    return _like(fault, ["10 days", "2 weeks"])


def _date_default(fault: Fault) -> Told:
    return (
        VALUE_FORM,
        f"{fault.name} is {described(fault.value)}, which is no default for a date",
        "Write today, or for instance: in 14 days",
    )


def _block(fault: Fault) -> Told:
    return (
        BLOCK_FORM,
        f"{fault.name} must be a block, but this is {described(fault.value)}",
        "Write - text: …, or - activity: … with its keys",
    )


def _kind(fault: Fault) -> Told:
    kinds = [str(kind) for kind in fault.context["kinds"]]
    given = str(fault.context["kind"])
    block = fault.value if isinstance(fault.value, dict) else {}
    if given:
        meant = nearest(given, kinds)
        hint = f"Did you mean {meant}?" if meant else f"The kinds are {listed(kinds, 'and')}"
        return ACTIVITY_KIND, f"there is no activity kind {quoted(given)}", hint
    as_key = next((kind for kind in kinds if kind in block), None)
    hint = f"Write activity: {as_key} and its keys below" if as_key else f"Write text: …, or activity: {listed(kinds)}"
    return ACTIVITY_KIND, f"{fault.name} has neither text nor activity", hint


def _value_error(fault: Fault) -> Told:
    return VALUE_FORM, f"{fault.name}: {fault.context.get('error', 'this value is not possible')}", ""


def _other(fault: Fault) -> Told:
    if "hint" not in fault.context:  # the errors that our models make say what to do
        return VALUE_FORM, f"{fault.name} cannot be {described(fault.value)}", "scormkit schema shows what is possible"
    return VALUE_FORM, fault.words, str(fault.context.get("hint", ""))


_TELLERS: dict[str, Callable[[Fault], Told]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _text_expected,
    "int_type": _whole_number,
    "int_parsing": _whole_number,
    "int_from_float": _whole_number,
    "float_type": _number,
    "float_parsing": _number,
    "bool_type": _true_or_false,
    "bool_parsing": _true_or_false,
    "tuple_type": _list_expected,
    "dict_type": _keys_expected,
    "model_type": _keys_expected,
    "model_attributes_type": _keys_expected,
    "literal_error": _choice,
    "string_too_short": _blank,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than": _range,
    "greater_than_equal": _range,
    "less_than": _range,
    "less_than_equal": _range,
    "identifier": _identifier,
    "duration": _duration,
    "delay": _delay,
    "date_default": _date_default,
    "block": _block,
    "activity_kind": _kind,
    "value_error": _value_error,
}
