"""A source file that was read: its plain values, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scormkit.content.wording import Plain, sentence

if TYPE_CHECKING:
    from scormkit.model.text import Path
    from scormkit.problem import Problem
    from scormkit.rule import Rule


@dataclass(slots=True)
class Place:
    """Where a value stands. Lines and columns count from 1, ``start`` and ``end`` are characters of the text."""

    line: int
    column: int
    start: int
    end: int
    key: tuple[int, int] | None = None
    """Line and column of the key; None for entries of a list."""
    inside: dict[str, Place] | list[Place] | None = None

    def part(self, step: str | int) -> Place | None:
        """The place of an entry."""
        if isinstance(self.inside, dict):
            return self.inside.get(step) if isinstance(step, str) else None
        if isinstance(self.inside, list) and isinstance(step, int):
            return self.inside[step] if 0 <= step < len(self.inside) else None
        return None


def entry(around: Plain, step: str | int) -> Plain:
    """What stands at a key or index of ``around``. Raises ``KeyError`` where there is no such thing."""
    if isinstance(around, dict) and isinstance(step, str):
        return around[step]
    if isinstance(around, list) and isinstance(step, int) and 0 <= step < len(around):
        return around[step]
    raise KeyError(step)


class Document(NamedTuple):
    """One file. ``name`` is its path as the user would write it."""

    name: str
    text: str
    data: dict[str, Plain]
    top: Place
    unread: frozenset[Path] = frozenset()
    """Values that could not be read and have been reported, aliases for instance."""
    incomplete: frozenset[Path] = frozenset()
    """Mappings with a key that was refused and reported: what seems to be missing there may have been meant."""

    def place(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest one around it."""
        found = self.top
        for step in path:
            part = found.part(step)
            if part is None:
                break
            found = part
        return found

    def value(self, path: Path) -> Plain:
        """The value at ``path``; None where there is none."""
        found: Plain = self.data
        try:
            for step in path:
                found = entry(found, step)
        except KeyError:
            return None
        return found

    def at(self, path: Path) -> tuple[int, int]:
        """Line and column of the value at ``path``."""
        place = self.place(path)
        return place.line, place.column

    def at_key(self, path: Path) -> tuple[int, int]:
        """Line and column of the key at ``path``; of the value where there is no key."""
        return self.place(path).key or self.at(path)

    def at_text(self, path: Path, *needles: str) -> tuple[int, int]:
        """Line and column of the first of ``needles`` inside the value at ``path``, else of the value."""
        place = self.place(path)
        for needle in needles:
            found = self.text.find(needle, place.start, place.end) if needle else -1
            if found >= 0:
                before = self.text[:found]
                return before.count("\n") + 1, found - before.rfind("\n")
        return place.line, place.column

    def problem(
        self, rule: Rule, path: Path, message: str, hint: str = "", *, place: tuple[int, int] | None = None
    ) -> Problem:
        """``rule`` broken by the value at ``path``."""
        line, column = place or self.at(path)
        return rule.problem(sentence(message), sentence(hint) if hint else "", file=self.name, line=line, column=column)
