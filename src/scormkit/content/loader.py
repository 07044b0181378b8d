"""From paths to courses: reads, validates and checks everything, and tells all problems of all files at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from scormkit import colour
from scormkit.activities import KINDS
from scormkit.content.findings import Findings
from scormkit.content.languages import judge_language
from scormkit.content.media import Media, MediaReader
from scormkit.content.rules import (
    ACCENT_CONTRAST,
    COURSE_TWICE,
    LEADS_OUT,
    SESSION_ID_TWICE,
    SESSION_MISSING,
    SESSION_TWICE,
    SESSION_UNLISTED,
    TARGET_KNOWN,
    TOO_MANY,
)
from scormkit.content.session_rules import SessionRules
from scormkit.content.sources import SESSION_FILE, Source, leads_out, sources_in
from scormkit.content.translations import Read, compare, translations_in
from scormkit.content.wording import listed, nearest, quoted
from scormkit.content.yaml_source import read
from scormkit.identifier import is_identifier
from scormkit.model.course import Course, CourseFile
from scormkit.model.session import Session
from scormkit.model.text import Model
from scormkit.problem import Problem, errors
from scormkit.share import WHOLE, Share

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from scormkit.content.document import Document
    from scormkit.rule import Rule

M = TypeVar("M", bound=Model)

MOST_PROBLEMS = 200
"""Problems of one file that are told."""


class LoadedSession(NamedTuple):
    """A session without errors. Paths are written as the user wrote them."""

    session: Session
    """Its activities are resolved."""
    folder: Path
    file: Path
    media: Mapping[str, Media]
    """Files by the names that texts give them: ``image.file`` as written, addresses as the Markdown parser has them."""
    translations: tuple[LoadedSession, ...] = ()
    """The same session in other languages, each named in its ``language``."""
    place: int = 0
    """Which one it is of its course, counted from 0."""


class LoadedCourse(NamedTuple):
    """A course without errors."""

    course: Course
    folder: Path
    sessions: tuple[LoadedSession, ...]
    place: int = 0
    """Which one it is of all that were found, counted from 0."""


class Loaded(NamedTuple):
    """What was found. A course with an error is not among ``courses``; ``problems`` are sorted by place."""

    courses: tuple[LoadedCourse, ...]
    problems: list[Problem]
    files: int = 0
    """How many course and session files were read."""
    ids: Mapping[str, str] = {}
    """Ids that must be one of a kind → the file that has each."""


def load(
    paths: Sequence[Path],
    known_targets: Collection[str] | Callable[[], Collection[str]] | None = None,
    share: Share = WHOLE,
) -> Loaded:
    """Every course and session below ``paths``.

    A path is the folder of a course, that of a session (which then is a course of its own), one of their files, or a
    folder with many of these below. ``known_targets`` are the names that a course may build for, or give them when
    they are first needed; None leaves them unchecked. Sessions are read that are of the ``share``, in courses where
    each is a package of its own; other courses are read whole or not. Never raises because of what files hold.
    """
    sources, problems = sources_in(paths)
    loader = _Loader(known_targets, problems, share)
    courses = tuple(course for place, source in enumerate(sources) if (course := loader.course(place, source)))
    return Loaded(courses, sorted(set(loader.problems)), loader.files, loader.ids)


def session_count(paths: Sequence[Path]) -> int:
    """How many sessions there are below ``paths``, without reading any."""
    sources, _ = sources_in(paths)
    return sum(1 if one.kind == "session" else len(_session_folders(one.folder)) for one in sources)


@dataclass(frozen=True, slots=True)
class _Judged(Generic[M]):
    """A file that was understood, perhaps with stand-ins for what is wrong in it."""

    model: M
    findings: Findings

    @property
    def name(self) -> str:
        """The file's name."""
        return self.findings.document.name

    def unsure(self, rule: Rule) -> bool:
        """Whether a rule cannot be judged."""
        return rule.id in self.findings.mended.unsure


@dataclass(slots=True)
class _Loader:
    """Reads sources one after the other and collects problems."""

    known_targets: Collection[str] | Callable[[], Collection[str]] | None
    problems: list[Problem]
    share: Share
    files: int = 0
    ids: dict[str, str] = field(default_factory=dict)
    """The id of a course, or the folder of a course and the id of a session → the file that has it."""
    _pieces: int = 0
    """What could be work for another: sessions, and courses that are one package."""

    def course(self, place: int, source: Source) -> LoadedCourse | None:
        """A course, or a session as a course of its own; None where something is wrong with it."""
        before = len(self.problems)
        about: CourseFile | None = None
        if source.kind == "session":
            if not self._ours():
                return None
            loaded, session = self._session(source.folder, source.file, "en")
            sessions = [loaded] if loaded else []
            if session:
                self._same_course(session.model.id, session.findings)
                self._tell(session.findings.problems)
                about = _course_of(session.model)
        else:
            course = self._judged(source.file, CourseFile)
            whole = course is not None and course.model.packages != "one-per-session"
            ours = not whole or self._ours()
            sessions = self._sessions(source.folder, course, None if whole else self._ours) if ours else []
            if course:
                self._about(course, source.folder)
                self._tell(course.findings.problems)
                about = course.model
        if about is None or errors(self.problems[before:]) or not sessions:
            return None
        one = Course.model_construct(about=about, sessions=tuple(one.session for one in sessions))
        return LoadedCourse(one, source.folder, tuple(sessions), place)

    def _ours(self) -> bool:
        """Whether the next piece of work is of our share."""
        self._pieces += 1
        return self.share.has(self._pieces - 1)

    def _judged(self, file: Path, model: type[M]) -> _Judged[M] | None:
        """The file as a model; None where it cannot be understood, which then has been told."""
        self.files += 1
        document, problems = read(file, str(file))
        if document is None:
            self._tell(problems)
            return None
        try:
            return _Judged(model.model_validate(document.data, context=KINDS), Findings(document, problems=problems))
        except ValidationError as error:
            return self._mended(error, document, model, problems)

    def _mended(
        self, error: ValidationError, document: Document, model: type[M], problems: list[Problem]
    ) -> _Judged[M] | None:
        """The file with stand-ins for what is wrong in it; None where it is too much."""
        # Imported late: most runs find nothing wrong.
        from scormkit.content.faults import faults_of  # noqa: PLC0415
        from scormkit.content.messages import problems_of  # noqa: PLC0415
        from scormkit.content.stand_ins import mended  # noqa: PLC0415

        faults = faults_of(error, document, model)
        problems += problems_of(faults[: MOST_PROBLEMS + 1])
        made = mended(model, document, faults) if len(faults) <= MOST_PROBLEMS else None
        if made is None:
            self._tell(problems)
            return None
        return _Judged(made[0], Findings(document, made[1], problems))

    def _session(
        self, folder: Path, file: Path, language: str | None
    ) -> tuple[LoadedSession | None, _Judged[Session] | None]:
        """A session where it has no errors, and what is understood of it in any case, its findings still untold.

        ``language``: that of the course.
        """
        judged = self._judged(file, Session)
        if judged is None:
            return None, None
        judge_language(judged.findings, judged.model.language)
        original, reader = _with_media(judged, folder)
        translations = self._translations(folder, original, judged.model.language or language)
        if errors(judged.findings.problems):
            return None, judged
        named = reader.names.union(*(one.names for _, _, one in translations))
        others = [LoadedSession(session, folder, place, one.finished(named)) for session, place, one in translations]
        return LoadedSession(original.resolved, folder, file, reader.finished(named), tuple(others)), judged

    def _translations(
        self, folder: Path, original: Read, language: str | None
    ) -> list[tuple[Session, Path, MediaReader]]:
        """The same session in other languages; what is wrong with them is told."""
        found: list[tuple[Session, Path, MediaReader]] = []
        translations, problems = translations_in(folder, language)
        self._tell(problems)
        for tag, file in translations:
            judged = self._judged(file, Session)
            if judged is None:
                continue
            judge_language(judged.findings, tag)
            read_, reader = _with_media(judged, folder)
            compare(original, read_, tag)
            self._tell(judged.findings.problems)
            if not errors(judged.findings.problems):
                found.append((read_.resolved.model_copy(update={"language": tag}), file, reader))
        return found

    def _sessions(
        self, folder: Path, course: _Judged[CourseFile] | None, ours: Callable[[], bool] | None
    ) -> list[LoadedSession]:
        """The sessions of a course that have no errors; all in its folder where its list cannot be read.

        ``ours`` says of one after the other whether it is to be read; without it all are.
        """
        there = _session_folders(folder)
        if course is None or course.unsure(SESSION_MISSING):
            names: Sequence[str] = there
        else:
            names = self._listed(course, folder, there)
        found: list[LoadedSession] = []
        for place, name in enumerate(names):
            if ours and not ours():
                continue
            loaded, judged = self._session(
                folder / name, folder / name / SESSION_FILE, course.model.language if course else None
            )
            if judged:
                key = judged.model.id
                first = self.ids.setdefault(f"{folder}/{key}", judged.name)
                if first != judged.name:
                    judged.findings.add(
                        SESSION_ID_TWICE,
                        ("id",),
                        f"the id {key} is that of another session, in {first}",
                        "Give one of them another id",
                    )
                self._tell(judged.findings.problems)
            if loaded:
                found.append(loaded._replace(place=place))
        return found

    def _listed(self, course: _Judged[CourseFile], folder: Path, there: Sequence[str]) -> list[str]:
        """The sessions of the list that can be read; problems for the others, and for those not listed."""
        names, add = course.model.sessions, course.findings.add
        readable = []
        for index, name in enumerate(names):
            path, file = ("sessions", index), folder / name / SESSION_FILE
            if name in names[:index]:
                add(SESSION_TWICE, path, f"the session {name} is listed twice", "Take one away")
            elif leads_out(folder / name, folder) or leads_out(file, folder / name):
                add(
                    LEADS_OUT,
                    path,
                    f"{file} leads out of the course's folder by a symbolic link",
                    "Put the folder itself here",
                )
            elif not file.exists():
                meant = nearest(name, [other for other in there if other not in names])
                add(
                    SESSION_MISSING,
                    path,
                    f"there is no session {name}: {file} is missing",
                    f"Did you mean {meant}?" if meant else f"Make it, or take {name} out of the list",
                )
            else:
                readable.append(name)
        for name in there:
            if name not in names:
                add(
                    SESSION_UNLISTED,
                    ("sessions",),
                    f"the session in the folder {quoted(name)} is not listed",
                    "Add it to sessions, or move it elsewhere",
                )
        return readable

    def _about(self, course: _Judged[CourseFile], folder: Path) -> None:
        """What must hold of a course beside its sessions."""
        self._same_course(course.model.id, course.findings)
        judge_language(course.findings, course.model.language)
        if course.model.targets and self.known_targets is not None:
            known = self.known_targets() if callable(self.known_targets) else self.known_targets
            for index, target in enumerate(course.model.targets):
                if target not in known:
                    meant = nearest(target, known)
                    course.findings.add(
                        TARGET_KNOWN,
                        ("targets", index),
                        f"there is no target {quoted(target)}",
                        f"Did you mean {meant}?" if meant else f"There are {listed(sorted(known), 'and')}",
                    )
        self._colours(course)
        MediaReader(course.findings, folder, pictures_allowed=False).read(course.model)

    def _colours(self, course: _Judged[CourseFile]) -> None:
        """An accent that is hard to read: how hard, and the nearest of the same hue that is not."""
        theme = course.model.theme
        for key, given, paper, nearest_one, page in (
            ("accent", theme.accent, colour.LIGHT_PAPER, colour.readable_on_light, "light"),
            ("accent_dark", theme.accent_dark, colour.DARK_PAPER, colour.readable_on_dark, "dark"),
        ):
            if given and nearest_one(given) != given:
                found = math.floor(colour.contrast(given, paper) * 100) / 100
                course.findings.add(
                    ACCENT_CONTRAST,
                    ("theme", key),
                    f"{key} {given} has a contrast of {found:.2f}:1 on the {page} page, but needs {colour.LEAST}:1",
                    f'Write "{nearest_one(given)}", the nearest of this hue that can be read',
                )

    def _same_course(self, key: str, findings: Findings) -> None:
        name = findings.document.name
        first = self.ids.setdefault(key, name)
        if first != name:
            findings.add(
                COURSE_TWICE,
                ("id",),
                f"the id {key} is that of another course, in {first}",
                "Give one of them another id",
            )

    def _tell(self, problems: Sequence[Problem]) -> None:
        """Add what was found in one file, up to a bearable number."""
        self.problems += problems[:MOST_PROBLEMS]
        if len(problems) > MOST_PROBLEMS:
            self.problems.append(
                TOO_MANY.problem(
                    f"there are more than {MOST_PROBLEMS} problems in this file.",
                    "Mend these first.",
                    file=problems[0].file,
                )
            )


def _with_media(judged: _Judged[Session], folder: Path) -> tuple[Read, MediaReader]:
    """A session checked by itself, with the pictures and files that it names."""
    resolved = SessionRules(judged.model, judged.findings).resolved()
    reader = MediaReader(judged.findings, folder)
    reader.read(judged.model)
    return Read(judged.model, resolved, judged.findings), reader


def _course_of(session: Session) -> CourseFile:
    """The course that a session makes when it stands alone."""
    return CourseFile.model_construct(
        id=session.id, title=session.title, language=session.language or "en", sessions=(session.id,)
    )


def _session_folders(folder: Path) -> list[str]:
    """Names of the folders in a course's folder that hold a session."""
    try:
        return sorted(
            entry.name
            for entry in folder.iterdir()
            if is_identifier(entry.name) and not leads_out(entry, folder) and (entry / SESSION_FILE).is_file()
        )
    except OSError:
        return []
