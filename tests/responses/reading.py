"""Reads sources as the command does, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scormkit.problem import Problem
from scormkit.responses.codebooks import Codebooks, codebooks_in
from scormkit.responses.reading import Service, read
from scormkit.responses.record import Attempt, Notes
from scormkit.responses.report import Report
from scormkit.responses.source import attempts_in
from scormkit.targets.codebook import Codebook
from tests.responses.recorded import written

TODAY = date(2026, 12, 3)


@dataclass
class Reader:
    """Codebooks in a folder, and what was noticed."""

    folder: Path
    codebooks: Sequence[Codebook]
    notes: Notes = field(default_factory=Notes)

    @property
    def known(self) -> Codebooks:
        """The codebooks, out of their files."""
        return codebooks_in([written(self.folder, one) for one in self.codebooks])

    def attempts(self, path: Path) -> list[Attempt]:
        """What one reader tells."""
        known = self.known
        return list(attempts_in(path, known.ids, known.titles, self.notes))

    def report(
        self, *sources: Path, services: Iterable[Service] = (), today: date = TODAY, anonymous: bool = False
    ) -> Report:
        """The report on some sources."""
        collection = read(sources, list(services), self.known, self.notes, lambda _: None)
        return Report(
            collection,
            today=today,
            anonymous=anonymous,
            sources=tuple(path.name for path in sources),
            problems=tuple(self.notes.problems),
        )

    @property
    def noticed(self) -> list[Problem]:
        """Warnings so far."""
        return self.notes.problems


def answers_of(report: Report, label: str, number: int = 1, unit: int | None = None) -> dict[str, str]:
    """Id of a question → answer, of one learner's attempt."""
    (person,) = [one for one in report.people() if one.label == label]
    (attempt,) = [one for one in report.attempts_of(person) if one.number == number and unit in {None, one.unit}]
    return {asked.question.id: given.text for asked, given in report.answers_of(attempt)}
