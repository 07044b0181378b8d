"""The one way through the house: content → compiled → target → archive → check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scormkit.archive import Staging, zipped
from scormkit.check import checked
from scormkit.compiled.capacity import Capacity, capacity
from scormkit.compiled.capacity import problems as capacity_problems
from scormkit.compiled.compiler import compiling
from scormkit.compiled.course import Package
from scormkit.content.loader import LoadedCourse, load, session_count
from scormkit.last_build import module_files
from scormkit.problem import Problem, ProblemsFound, errors
from scormkit.session_plan import session_plans
from scormkit.share import WHOLE, Share, processes, together
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
    program: frozenset[str] = frozenset()
    """The files of all modules that were at work."""


LEAST_SESSIONS = 4
"""For so many another process pays."""


def build(paths: Sequence[Path], targets: Sequence[Target], out: Path, *, control_documents: bool = True) -> Build:
    """Build every course below ``paths`` for every target into the folder ``out``; many sessions in several processes.

    Raises :class:`ProblemsFound` with all problems of all courses before anything is put in its place; zips of an
    earlier build are then untouched.
    """
    with Staging(out) as staging:

        def work(share: Share) -> _Worked:
            return _worked(paths, targets, staging, share, control_documents=control_documents)

        several = processes(session_count(paths), LEAST_SESSIONS)
        shares = together(work, several) if several > 1 else None
        # Where shares have something to tell, who does the whole work tells it best.
        if shares is None or not _agree(shares):
            staging.clear()
            shares = [work(WHOLE)]
        found = [problem for one in shares for problem in one.problems]
        if errors(found):
            raise ProblemsFound(found)
        made = sorted((one for share in shares for one in share.made), key=lambda one: one.place)
        staging.put()
    program = frozenset[str]().union(*(one.program for one in shares))
    return Build(tuple(one.built for one in made), tuple(sorted(set(found))), program)


class _Worked(NamedTuple):
    """What came of a share of the work: packages that wait for their place, and what was found."""

    made: tuple[_Made, ...]
    problems: list[Problem]
    ids: Mapping[str, str]
    """Ids that must be one of a kind → the file that has each."""
    program: frozenset[str]


class _Made(NamedTuple):
    """A package, and its place among all that are made."""

    place: tuple[int, int, bool, int]
    """Its course, its target, whether it asks for a report only, its session."""
    built: Built


def _agree(shares: Sequence[_Worked]) -> bool:
    """Whether nothing is wrong in any share, nor between them."""
    files: dict[str, str] = {}
    return not any(errors(one.problems) for one in shares) and all(
        files.setdefault(key, file) == file for one in shares for key, file in one.ids.items()
    )


def _worked(
    paths: Sequence[Path], targets: Sequence[Target], staging: Staging, share: Share, *, control_documents: bool
) -> _Worked:
    """Make the packages of a share; none where its sources have errors."""
    loaded = load(paths, lambda: {*all_targets(), *other_targets()}, share)
    found = list(loaded.problems)
    made: list[_Made] = []
    places = {target.name: place for place, target in enumerate(targets)}
    for course in () if errors(found) else loaded.courses:
        sessions = {one.session.id: one.place for one in course.sessions}
        for measured, target in _packages(course, targets_of(course, targets), staging):
            built, problems = _packaged(measured, target, staging, control_documents)
            found += problems
            first = measured.package.units[0]
            apart = first.steps[0].role != "start"
            made.append(_Made((course.place, places[target.name], apart, sessions[first.sessions[0].id]), built))
    return _Worked(tuple(made), found, loaded.ids, module_files())


def _packages(course: LoadedCourse, targets: Sequence[Target], staging: Staging) -> Iterator[tuple[_Measured, Target]]:
    """Every package of a course with every target that it is for, one in memory at a time; its plans are made."""
    for_each = course.course.about.packages == "one-per-session"
    for several in (True, False):
        # Where each session is a package of its own, all targets share what was compiled.
        alike = [target for target in targets if (target.several_units or for_each) is several]
        if alike:
            for package in compiling(course, several_units=several):
                measured = _Measured(package, tuple(map(capacity, package.units)), session_plans(package))
                for name, page in measured.plans:
                    staging.add(name, page)
                for target in alike:
                    yield measured, target


def targets_of(course: LoadedCourse, targets: Sequence[Target]) -> list[Target]:
    """The targets asked for, without those that the course does not want."""
    wanted = course.course.about.targets
    return [target for target in targets if not wanted or target.name in wanted]


class _Measured(NamedTuple):
    """A package with what is the same for all targets: the room that its units take, and the plans of its sessions."""

    package: Package
    rooms: tuple[Capacity, ...]
    plans: tuple[tuple[str, bytes], ...]


def _packaged(
    measured: _Measured, target: Target, staging: Staging, control_documents: bool
) -> tuple[Built, list[Problem]]:
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
    path = staging.folder / f"{package.id}-{target.name}.zip"
    problems += checked(path, content, made_for=target)
    book = next(file.content for file in files if file.name == FILE_NAME and isinstance(file.content, bytes))
    codebook = path.with_name(f"{path.stem}.codebook.json")
    trainer = path.with_name(f"{path.stem}.trainer.html")
    built = Built(
        path,
        codebook,
        trainer,
        tuple(staging.folder / name for name, _ in measured.plans),
        package.id,
        package.title,
        target,
        len(content),
        len(files),
        records,
        tuple(rooms),
    )
    for place, data in ((path, content), (codebook, book), (trainer, sheet(package, target))):
        staging.add(place.name, data)
    return built, problems
