"""Collects what is wrong with one file, and keeps back what only follows from something told already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scormkit.content.document import Document
    from scormkit.model.text import Path
    from scormkit.problem import Problem
    from scormkit.rule import Rule


class Mended(NamedTuple):
    """What was put in place of wrong values, so that the rest could be checked."""

    paths: frozenset[Path] = frozenset()
    activities: frozenset[str] = frozenset()
    """Ids of activities that are there but were not understood; "" where even the id is unknown."""
    unsure: frozenset[str] = frozenset()
    """Ids of rules that cannot be judged now."""

    def concerns(self, rule: Rule, path: Path) -> bool:
        """Whether a finding may come from a stand-in."""
        return rule.id in self.unsure or any(
            path[: len(mended)] == mended or (path and mended[: len(path)] == path) for mended in self.paths
        )


@dataclass(slots=True)
class Findings:
    """The problems of one file."""

    document: Document
    mended: Mended = field(default_factory=Mended)
    problems: list[Problem] = field(default_factory=list)

    def add(
        self, rule: Rule, path: Path, message: str, hint: str = "", *, place: tuple[int, int] | None = None
    ) -> None:
        """``rule`` is broken by the value at ``path``, or at a more exact ``place`` inside it."""
        if not self.mended.concerns(rule, path):
            self.problems.append(self.document.problem(rule, path, message, hint, place=place))
