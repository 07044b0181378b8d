"""The one way through the house: content → compiled → target → archive → check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from scormkit.archive import Staging, zipped
from scormkit.check import checked
from scormkit.compiled.capacity import Capacity, capacity
from scormkit.compiled.capacity import problems as capacity_problems
from scormkit.compiled.compiler import compiling
from scormkit.compiled.course import Package
from scormkit.content.loader import LoadedCourse, load
from scormkit.problem import Problem, ProblemsFound, errors
from scormkit.session_plan import session_plans
from scormkit.targets import other_targets
from scormkit.targets import targets as all_targets
from scormkit.targets.codebook import FILE_NAME
from scormkit.targets.target import Target
from scormkit.trainer import sheet


class Built(NamedTuple):
    """One package that lies in its place."""

    path: Path
    codebook: Path
    """The same file as in the package: what its answers mean."""
    trainer: Path
    """The sheet for the trainer, beside the zip."""
    plans: tuple[Path, ...]
    """A plan for each session in a room; the packages of all targets share them."""
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

    @property
    def places(self) -> tuple[Path, ...]:
        """The zip and what lies beside it."""
        return self.path, self.codebook, self.trainer, *self.plans

    def as_dict(self) -> dict[str, object]:
        """For ``--format json``."""
        return {
            "path": str(self.path),
            "codebook": str(self.codebook),
            "trainer": str(self.trainer),
            "session_plans": [str(plan) for plan in self.plans],
            "package": self.package,
            "title": self.title,
            "target": self.target.name,
            "bytes": self.size,
            "files": self.files,
            "interactions": self.interactions,
            "stored_state": {unit: room.as_dict() for unit, room in self.capacity},
        }


class Build(NamedTuple):
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
    packages: list[Built] = []
    places = {target.name: place for place, target in enumerate(targets)}
    with Staging(out) as staging:
        for course in loaded.courses:
            made: list[Built] = []
            for one, files, problems in _made(course, targets_of(course, targets), out, control_documents):
                found += problems
                made.append(one)
                for path, content in files:
                    staging.add(path.name, content)
            packages += sorted(made, key=lambda one: places[one.target.name])
        if errors(found):
            raise ProblemsFound(found)
        staging.put()
    return Build(tuple(packages), tuple(sorted(set(found))))


def _made(course: LoadedCourse, targets: Sequence[Target], out: Path, control_documents: bool) -> Iterator[_Made]:
    """Every package of a course for every target, one in memory at a time."""
    for_each = course.course.about.packages == "one-per-session"
    for several in (True, False):
        # Where each session is a package of its own, all targets share what was compiled.
        alike = [target for target in targets if (target.several_units or for_each) is several]
        if alike:
            for package in compiling(course, several_units=several):
                measured = _measured(package)
                for target in alike:
                    yield _packaged(measured, target, out, control_documents)


def targets_of(course: LoadedCourse, targets: Sequence[Target]) -> list[Target]:
    """The targets asked for, without those that the course does not want."""
    wanted = course.course.about.targets
    return [target for target in targets if not wanted or target.name in wanted]


class _Measured(NamedTuple):
    """A package with what is the same for all targets: the room that its units take, and the plans of its sessions."""

    package: Package
    rooms: tuple[Capacity, ...]
    plans: tuple[tuple[str, bytes], ...]


def _measured(package: Package) -> _Measured:
    return _Measured(package, tuple(capacity(unit) for unit in package.units), session_plans(package))


class _Made(NamedTuple):
    """A package with what goes to its place: the zip and what lies beside it."""

    built: Built
    files: tuple[tuple[Path, bytes], ...]
    problems: list[Problem]


def _packaged(measured: _Measured, target: Target, out: Path, control_documents: bool) -> _Made:
    package = measured.package
    problems: list[Problem] = []
    rooms = []
    records = 0
    for unit, size in zip(package.units, measured.rooms, strict=True):
        room = size if size.limit else size._replace(limit=target.suspend_data_limit)
        problems += capacity_problems(unit, room, target.title, str(unit.file))
        rooms.append((unit.id, room))
        records += target.records(unit)
    files = target.packaged(package, control_documents=control_documents)
    content = zipped((file.name, file.content) for file in files)
    path = out / f"{package.id}-{target.name}.zip"
    problems += checked(path, content)
    book = next(file.content for file in files if file.name == FILE_NAME and isinstance(file.content, bytes))
    codebook = path.with_name(f"{path.stem}.codebook.json")
    trainer = path.with_name(f"{path.stem}.trainer.html")
    built = Built(
        path,
        codebook,
        trainer,
        tuple(out / name for name, _ in measured.plans),
        package.id,
        package.title,
        target,
        len(content),
        len(files),
        records,
        tuple(rooms),
    )
    plans = ((out / name, page) for name, page in measured.plans)
    return _Made(built, ((path, content), (codebook, book), (trainer, sheet(package, target)), *plans), problems)
