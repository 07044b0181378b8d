"""A Moodle backup (.mbz) with users: a tar.gz, on older sites a zip. The one file with the time of every answer."""

from __future__ import annotations

import re
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from scormkit.problem import ProblemsFound
from scormkit.responses import rules
from scormkit.responses.elements import attempt_of
from scormkit.responses.record import Attempt, Learner
from scormkit.responses.tables import LARGEST_MEMBER, checked_zip, released

if TYPE_CHECKING:
    from scormkit.manifest_xml import Element

NULL = "$@NULL@$"
RANK = 4
_SCORM = re.compile(r"(\./)?activities/scorm_\d+/scorm\.xml\Z")
_USERS = re.compile(r"(\./)?users\.xml\Z")


def attempts(path: Path) -> Iterator[Attempt]:
    """The attempts of all SCORM activities of the backup. Raises :class:`ProblemsFound`."""
    with _members(path) as each, closing(sqlite3.connect("")) as pile:
        # The learners' names may stand behind their answers, and values come in the order of writing: they are
        # piled on disk first, so that a large course takes no more memory than a small one.
        pile.execute("CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT, email TEXT)")
        pile.execute(
            "CREATE TABLE tracks (activity TEXT, sco TEXT, title TEXT, user TEXT, attempt INT,"
            " element TEXT, value TEXT, at REAL)"
        )
        activities = 0
        for name, open_member in each:
            if _USERS.match(name):
                with open_member() as file:
                    pile.executemany("INSERT OR REPLACE INTO users VALUES (?, ?, ?)", _users(file, path))
            elif _SCORM.match(name):
                activities += 1
                with open_member() as file:
                    pile.executemany("INSERT INTO tracks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _tracks(file, path, name))
        users = pile.execute("SELECT count(*) FROM users").fetchone()[0]
        if not activities or not users:
            what = "no SCORM activity" if not activities else "no users"
            raise ProblemsFound(
                [
                    rules.NO_ANSWERS.problem(
                        f"the backup holds {what}",
                        "Back up the activity or its course again and tick: Include enrolled users.",
                        file=str(path),
                    )
                ]
            )
        yield from _piled(pile, path)


def _piled(pile: sqlite3.Connection, path: Path) -> Iterator[Attempt]:
    people = {
        user: Learner(name=name, email=email, id=f"moodle:{user}")
        for user, name, email in pile.execute("SELECT id, name, email FROM users")
    }
    rows = pile.execute(
        "SELECT activity, sco, title, user, attempt, element, value, at FROM tracks"
        " ORDER BY activity, sco, user, attempt"
    )
    current: tuple[str, str, str, int] | None = None
    title = ""
    elements: dict[str, str] = {}
    times: dict[str, float] = {}

    def finished() -> Iterator[Attempt]:
        if current is not None:
            _, _, user, number = current
            learner = people.get(user, Learner(id=f"moodle:{user}"))
            yield attempt_of(elements, str(path), learner, number, sco=title, times=times, rank=RANK)

    for activity, sco, named, user, number, element, value, at in rows:
        if (activity, sco, user, number) != current:
            yield from finished()
            current, title, elements, times = (activity, sco, user, number), named, {}, {}
        elements[element] = value
        times[element] = at
    yield from finished()


Member = tuple[str, Callable[[], IO[bytes]]]


@contextmanager
def _members(path: Path) -> Iterator[Iterator[Member]]:
    """Names and openers of the archive's parts, in their order."""
    if zipfile.is_zipfile(path):
        with checked_zip(path) as archive:
            yield ((name, partial(archive.open, name)) for name in archive.namelist())
        return
    try:
        with tarfile.open(path, "r|gz") as archive:
            yield _in_tar(archive, path)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise ProblemsFound(
            [rules.CUT.problem(f"the backup cannot be unpacked: {error}", "Download it again.", file=str(path))]
        ) from error


def _in_tar(archive: tarfile.TarFile, path: Path) -> Iterator[Member]:
    for member in archive:
        if not member.isfile():
            continue
        if member.size > LARGEST_MEMBER:
            raise ProblemsFound(
                [rules.HOSTILE.problem(f"{member.name} would unpack to {member.size} bytes", file=str(path))]
            )
        file = archive.extractfile(member)
        if file is not None:
            yield member.name, partial(_same, file)


def _same(file: IO[bytes]) -> IO[bytes]:
    return file


def _users(file: IO[bytes], path: Path) -> Iterator[tuple[str, str, str]]:
    for user in _elements(file, path, "users.xml", "user"):
        name = " ".join(part for part in (_text(user, "firstname"), _text(user, "lastname")) if part)
        yield user.get("id") or "", name, _text(user, "email")


def _tracks(file: IO[bytes], path: Path, name: str) -> Iterator[tuple[str, str, str, str, int, str, str, float]]:
    title = ""
    sco = ""
    for one in _elements(file, path, name, "title", "sco_track"):
        if one.tag == "title":
            parent = one.getparent()
            title, sco = one.text or "", (parent.get("id") or "") if parent is not None else ""
            continue
        number = _text(one, "attempt")
        at = _text(one, "timemodified")
        yield (
            name,
            sco,
            title,
            _text(one, "userid"),
            int(number) if number.isdecimal() else 1,
            _text(one, "element"),
            _text(one, "value"),
            float(at) if at.isdecimal() else 0.0,
        )


def _elements(file: IO[bytes], path: Path, name: str, *tags: str) -> Iterator[Element]:
    """Elements by and by, each forgotten after its turn; no entities, no network."""
    from lxml import etree  # noqa: PLC0415 - only for backups

    try:
        for _, element in etree.iterparse(file, events=("end",), tag=tags, resolve_entities=False, no_network=True):
            yield element
            if element.tag != "title":
                released(element)
    except etree.XMLSyntaxError as error:
        raise ProblemsFound(
            [
                rules.CUT.problem(
                    f"{name} in the backup breaks off or is damaged: {error.msg}", "Download it again.", file=str(path)
                )
            ]
        ) from error


def _text(element: Element, tag: str) -> str:
    text = element.findtext(tag) or ""
    return "" if text == NULL else text
