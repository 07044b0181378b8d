"""Reads YAML into plain values with their places, and refuses whatever is not plain.

PyYAML's parser gives events; they are put together here without recursion, so that neither depth nor anchors
nor sheer size can do harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from scormkit.content.document import Document, Place
from scormkit.content.rules import (
    DEPTH,
    FILE_EMPTY,
    KEY_ONCE,
    KEY_TEXT,
    NO_ALIASES,
    NO_TAGS,
    ONE_DOCUMENT,
    TOP_MAPPING,
)
from scormkit.content.source_file import read_text
from scormkit.content.wording import Plain, described, shortened
from scormkit.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path as File

    from scormkit.model.text import Path
    from scormkit.rule import Rule

DEEPEST = 50
MOST_VALUES = 100_000

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it, as its wheels are; the pure parser gives the same, slower."""

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "false": False,
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})?(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,2})?\Z")


class _Stopped(Exception):  # noqa: N818 - carries a finding of the user's input
    """Reading goes no further; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A list or mapping whose entries are being read."""

    value: list[Plain] | dict[str, Plain]
    place: Place
    key: str | None = None
    key_at: tuple[int, int] | None = None
    key_is_next: bool = False
    dropped: bool = False
    """The value of the key at hand goes nowhere: its key was refused."""
    is_key: bool = False
    """This whole list or mapping stands where a key should."""


def read(file: File, name: str) -> tuple[Document | None, list[Problem]]:
    """The values of ``file`` and what is wrong with it. No document where it cannot be read at all."""
    text = read_text(file, name)
    if isinstance(text, Problem):
        return None, [text]
    return parse(text, name)


def parse(text: str, name: str) -> tuple[Document | None, list[Problem]]:
    """The same for a text at hand."""
    composer = _Composer(text, name)
    try:
        parser = _Parser(text)
        try:
            while (event := parser.get_event()) is not None:
                composer.take(event)
        finally:
            parser.dispose()
    except _Stopped as stopped:
        composer.problems.append(stopped.problem)
        return None, composer.problems
    except yaml.YAMLError as error:
        from scormkit.content.yaml_syntax import syntax_problem  # noqa: PLC0415 - only when something is wrong

        composer.problems.append(syntax_problem(error, text, name))
        return None, composer.problems
    return composer.document()


def scalar(text: str) -> Plain:
    """A plain scalar's value: ``true`` and ``false``, null, numbers; everything else is text, dates too."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+.0123456789":
        if _INTEGER.match(text):
            return int(text)
        if any(char.isdigit() for char in text) and _NUMBER.match(text):
            return float(text)
    return text


@dataclass(slots=True)
class _Composer:
    """Puts events together."""

    text: str
    name: str
    problems: list[Problem] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _unread: set[Path] = field(default_factory=set)
    _incomplete: set[Path] = field(default_factory=set)
    _top: tuple[Plain, Place] | None = None
    _documents: int = 0
    _values: int = 0

    def take(self, event: yaml.Event) -> None:
        """One event more. Raises :class:`_Stopped` where reading must end."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(
                    ONE_DOCUMENT,
                    event,
                    "a second document begins here",
                    "Delete the line ---, or move what follows into a file of its own",
                )

    def document(self) -> tuple[Document | None, list[Problem]]:
        """The finished document."""
        if self._top is None:
            empty = FILE_EMPTY.problem(
                "this file holds nothing but comments.", "Write id: … and title: … to begin with.", file=self.name
            )
            return None, [*self.problems, empty]
        value, place = self._top
        if not isinstance(value, dict):
            wrong = TOP_MAPPING.problem(
                f"keys with values are expected, but this is {described(value)}.",
                "Begin with id: and title:, each with a space after its colon.",
                file=self.name,
                line=place.line,
                column=place.column,
            )
            return None, [*self.problems, wrong]
        document = Document(self.name, self.text, value, place, frozenset(self._unread), frozenset(self._incomplete))
        return document, self.problems

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._refuse_extras(event)
        text: str = event.value
        plain = not event.style and not event.tag
        value = scalar(text) if plain else text
        if not self._open or not self._open[-1].key_is_next:
            self._put(value, _place(event))
            return
        if isinstance(value, str) and not (plain and text == "<<"):
            self._key(value, event)
        elif text == "<<":
            self._refuse_key(
                NO_ALIASES, event, "<< takes in another mapping, which is not done here", "Write the keys out"
            )
        else:
            self._refuse_key(
                KEY_TEXT, event, f"a key must be text, but this is {described(value)}", "Write one of the format's keys"
            )

    def _key(self, key: str, event: yaml.Event) -> None:
        parent = self._open[-1]
        parent.key_is_next = False
        parent.key, parent.key_at = key, _at(event)
        inside = parent.place.inside
        first = inside.get(key) if isinstance(inside, dict) else None
        parent.dropped = first is not None
        if first is not None and first.key is not None:
            self._add(
                KEY_ONCE,
                event,
                f"the key {shortened(key)} is there twice; the first is in line {first.key[0]}",
                "Keep one of them",
            )

    def _refuse_key(self, rule: Rule, event: yaml.Event, message: str, hint: str) -> None:
        self._add(rule, event, message, hint)
        parent = self._open[-1]
        parent.key_is_next, parent.dropped = False, True
        self._incomplete.add(self._path()[:-1])

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_extras(event)
        if len(self._open) >= DEEPEST:
            self._stop(DEPTH, event, f"this is more than {DEEPEST} levels deep", "Check brackets and indentation")
        mapping = isinstance(event, yaml.MappingStartEvent)
        place = _place(event)
        opened = _Open({} if mapping else [], place, key_is_next=mapping)
        place.inside = {} if mapping else []
        if self._open and self._open[-1].key_is_next:
            self._refuse_key(
                KEY_TEXT,
                event,
                f"a key must be text, but this is {described(opened.value)}",
                "Put a text that begins with { or [ in quotes",
            )
            opened.is_key = True
        self._open.append(opened)

    def _end(self, event: yaml.Event) -> None:
        closed = self._open.pop()
        closed.place.end = _end(event)
        if not closed.is_key:
            self._put(closed.value, closed.place)

    def _alias(self, event: yaml.AliasEvent) -> None:
        message = f"*{shortened(event.anchor or '')} refers to another value, which is not done here"
        hint = "Write the value out, or put a text that begins with * in quotes"
        if self._open and self._open[-1].key_is_next:
            self._refuse_key(NO_ALIASES, event, message, hint)
            return
        self._add(NO_ALIASES, event, message, hint)
        if not any(opened.dropped or opened.is_key for opened in self._open):
            self._unread.add(self._path())
        self._put(None, _place(event))

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._add(
                NO_ALIASES,
                event,
                f"&{shortened(event.anchor)} names a value for use elsewhere, which is not done here",
                "Take the name away, or put a text that begins with & in quotes",
            )
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            self._add(
                NO_TAGS,
                event,
                f"the tag {shortened(tag)} has no meaning here",
                "Take it away, or put a text that begins with ! in quotes",
            )

    def _put(self, value: Plain, place: Place) -> None:
        """Add a finished value to what is being read."""
        self._values += 1
        if self._values > MOST_VALUES:
            where = DEPTH.problem(
                f"this file has more than {MOST_VALUES:,} values.",
                "Split it.",
                file=self.name,
                line=place.line,
                column=place.column,
            )
            raise _Stopped(where)
        if not self._open:
            self._top = (value, place)
            return
        parent = self._open[-1]
        if isinstance(parent.value, list) and isinstance(parent.place.inside, list):
            parent.value.append(value)
            parent.place.inside.append(place)
            return
        parent.key_is_next = True
        if parent.dropped or parent.key is None:
            parent.dropped = False
        elif isinstance(parent.value, dict) and isinstance(parent.place.inside, dict):
            place.key = parent.key_at
            parent.value[parent.key] = value
            parent.place.inside[parent.key] = place

    def _path(self) -> Path:
        return tuple(len(opened.value) if isinstance(opened.value, list) else opened.key or "" for opened in self._open)

    def _add(self, rule: Rule, event: yaml.Event, message: str, hint: str) -> None:
        line, column = _at(event)
        self.problems.append(rule.problem(f"{message}.", f"{hint}.", file=self.name, line=line, column=column))

    def _stop(self, rule: Rule, event: yaml.Event, message: str, hint: str) -> None:
        self._add(rule, event, message, hint)
        raise _Stopped(self.problems.pop())


def _at(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _place(event: yaml.Event) -> Place:
    start, end = event.start_mark, event.end_mark
    if not start or not end:
        return Place(1, 1, 0, 0)
    return Place(start.line + 1, start.column + 1, start.index, end.index)


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0
