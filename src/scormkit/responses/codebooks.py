"""The codebooks of a run: out of files and packages, with every record's id in its place."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from scormkit.problem import Problem, ProblemsFound
from scormkit.responses import rules
from scormkit.targets.codebook import FILE_NAME, ActivityEntry, Codebook, Question, UnitEntry

LARGEST = 20_000_000
"""Bytes of a codebook, far beyond any."""
_HINT = "Give the NAME-TARGET.codebook.json that the build put beside the package, or the package itself."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with where it stands. ``number`` orders all questions of all codebooks."""

    number: int
    unit: int
    activity: ActivityEntry
    question: Question

    @property
    def role(self) -> str:
        """Its part in the follow-up loop."""
        return self.question.role or self.activity.role


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of a codebook. ``records``: id of a slot → question and place of the slot."""

    number: int
    codebook: Codebook
    unit: UnitEntry
    questions: tuple[Asked, ...]
    records: dict[str, tuple[Asked, int]]

    def by_place(self, index: int) -> tuple[Asked, int] | None:
        """The question that has its record at a place of the LMS's list."""
        for asked in self.questions:
            slot = index - asked.question.index
            if 0 <= slot < asked.question.slots:
                return asked, slot
        return None


@dataclass(frozen=True, slots=True)
class Codebooks:
    """All that were given. ``questions``: those of all units, each at its number."""

    units: tuple[KnownUnit, ...]
    questions: tuple[Asked, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Every id of a record."""
        return frozenset(key for unit in self.units for key in unit.records)

    @property
    def titles(self) -> frozenset[str]:
        """What platforms show of units and packages."""
        return frozenset(
            title for one in self.units for title in (one.unit.title, one.unit.title[:200], one.codebook.package.title)
        )


def codebooks_in(paths: Sequence[Path]) -> Codebooks:
    """The codebooks of some files. Raises :class:`ProblemsFound` with what is wrong with any of them."""
    problems: list[Problem] = []
    found: dict[bytes, Codebook] = {}
    for path in paths:
        try:
            codebook = _codebook(path)
        except ProblemsFound as trouble:
            problems += trouble.problems
        else:
            found.setdefault(codebook.as_json(), codebook)
    if problems:
        raise ProblemsFound(problems)
    units: list[KnownUnit] = []
    count = 0
    for codebook in found.values():
        for unit in codebook.units:
            asked = []
            for activity in unit.activities:
                for question in activity.questions:
                    asked.append(Asked(count, len(units), activity, question))
                    count += 1
            records = {key: (one, slot) for one in asked for slot, key in enumerate(one.question.record_ids)}
            records |= {one.question.part: (one, 0) for one in asked if one.question.part}
            units.append(KnownUnit(len(units), codebook, unit, tuple(asked), records))
    return Codebooks(tuple(units), tuple(asked for unit in units for asked in unit.questions))


def _codebook(path: Path) -> Codebook:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                if archive.getinfo(FILE_NAME).file_size > LARGEST:
                    raise ProblemsFound([rules.HOSTILE.problem(f"{FILE_NAME} is too large", file=str(path))])
                content = archive.read(FILE_NAME)
        else:
            if path.stat().st_size > LARGEST:
                raise ProblemsFound([rules.CODEBOOK.problem("this is no codebook", _HINT, file=str(path))])
            content = path.read_bytes()
        return Codebook.model_validate_json(content)
    except KeyError as error:
        message = "the package has no codebook: it was not made by scormkit, or by an early version"
        raise ProblemsFound([rules.CODEBOOK.problem(message, _HINT, file=str(path))]) from error
    except zipfile.BadZipFile as error:
        raise ProblemsFound(
            [rules.CODEBOOK.problem(f"the package cannot be unpacked: {error}", _HINT, file=str(path))]
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"this is no codebook: {f'{where}: ' if where else ''}{first['msg']}"
        raise ProblemsFound([rules.CODEBOOK.problem(message, _HINT, file=str(path))]) from error
