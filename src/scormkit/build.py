"""The one way through the house: content → compiled → target → archive → check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scormkit.archive import put, zipped
from scormkit.check import checked
from scormkit.compiled.capacity import Capacity, capacity
from scormkit.compiled.capacity import problems as capacity_problems
from scormkit.compiled.compiler import compiled
from scormkit.compiled.course import Package
from scormkit.content.loader import LoadedCourse, load
from scormkit.problem import Problem, ProblemsFound, errors
from scormkit.targets import other_targets
from scormkit.targets import targets as all_targets
from scormkit.targets.target import Target
from scormkit.trainer import sheet


@dataclass(frozen=True, slots=True)
class Built:
    """One package that lies in its place."""

    path: Path
    package: str
    title: str
    target: Target
    size: int
    """Bytes of the zip."""
    files: int
    interactions: int
    """Records that a learner's answers take in the LMS's list."""
    capacity: tuple[tuple[str, Capacity], ...]
    """The stored state of each unit."""
    trainer: Path
    """The sheet for the trainer, beside the zip."""

    def as_dict(self) -> dict[str, object]:
        """For ``--format json``."""
        return {
            "path": str(self.path),
            "trainer": str(self.trainer),
            "package": self.package,
            "title": self.title,
            "target": self.target.name,
            "bytes": self.size,
            "files": self.files,
            "interactions": self.interactions,
            "stored_state": {unit: room.as_dict() for unit, room in self.capacity},
        }


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made, and what it found on the way."""

    packages: tuple[Built, ...]
    warnings: tuple[Problem, ...]


def build(paths: Sequence[Path], targets: Sequence[Target], out: Path, *, control_documents: bool = True) -> Build:
    """Build every course below ``paths`` for every target into the folder ``out``.

    Raises :class:`ProblemsFound` with all problems of all courses before anything is written; zips of an earlier
    build are then untouched.
    """
    loaded = load(paths, lambda: {*all_targets(), *other_targets()})
    found = list(loaded.problems)
    if errors(found):
        raise ProblemsFound(found)
    finished: list[tuple[Built, dict[Path, bytes]]] = []
    for course in loaded.courses:
        made: dict[bool, tuple[Package, ...]] = {}
        for target in targets_of(course, targets):
            # Where each session is a package of its own, all targets share what was compiled.
            several = target.several_units or course.course.about.packages == "one-per-session"
            if several not in made:
                made[several] = compiled(course, several_units=several)
            for package in made[several]:
                one, files, problems = _packaged(package, target, out, control_documents)
                found += problems
                finished.append((one, files))
    if errors(found):
        raise ProblemsFound(found)
    for _, files in finished:
        for path, content in files.items():
            put(path, content)
    return Build(tuple(one for one, _ in finished), tuple(sorted(set(found))))


def targets_of(course: LoadedCourse, targets: Sequence[Target]) -> list[Target]:
    """The targets asked for, without those that the course does not want."""
    wanted = course.course.about.targets
    return [target for target in targets if not wanted or target.name in wanted]


def _packaged(
    package: Package, target: Target, out: Path, control_documents: bool
) -> tuple[Built, dict[Path, bytes], list[Problem]]:
    """What was built, the zip and what lies beside it, by path, and what is wrong with it."""
    problems: list[Problem] = []
    rooms = []
    records = 0
    for unit in package.units:
        room = capacity(unit, target.suspend_data_limit)
        problems += capacity_problems(unit, room, target.title, str(unit.file))
        rooms.append((unit.id, room))
        records += target.records(unit)
    files = target.packaged(package, control_documents=control_documents)
    content = zipped((file.name, file.content) for file in files)
    path = out / f"{package.id}-{target.name}.zip"
    problems += checked(path, content)
    trainer = path.with_name(f"{path.stem}.trainer.html")
    built = Built(path, package.id, package.title, target, len(content), len(files), records, tuple(rooms), trainer)
    return built, {path: content, trainer: sheet(package, target)}, problems
