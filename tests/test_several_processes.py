"""A build in several processes gives what it gives in one, and nothing is lost where one of them comes to grief."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from scormkit import build as building
from scormkit import share
from scormkit.build import Build, build
from scormkit.last_build import module_files
from scormkit.problem import ProblemsFound
from scormkit.share import Share, processes, together
from scormkit.targets import targets
from tests.packages import ROOT, course_in

ALL = list(targets().values())

Sessions = Callable[..., Path]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Says in how many processes the next build is made."""

    def say(number: int) -> None:
        monkeypatch.setattr(building, "processes", lambda _pieces, _least: number)

    return say


@pytest.fixture
def course(tmp_path: Path) -> Sessions:
    """Makes a course of small sessions with the given ids."""

    def make(*ids: str, key: str = "course", packages: str = "one-per-session", broken: tuple[str, ...] = ()) -> Path:
        folder = tmp_path / "source" / key
        for number, name in enumerate(ids):
            ours = {"id: small": f"id: {name}", "correct: this": f"correct: {'nowhere' if name in broken else 'this'}"}
            course_in(folder / f"session-{number}", partial(replaced, words=ours))
        listed = ", ".join(f"session-{number}" for number in range(len(ids)))
        (folder / "course.yaml").write_text(
            f"id: {key}\ntitle: A course\nlanguage: en\npackages: {packages}\nsessions: [{listed}]\n"
        )
        return folder

    return make


def replaced(text: str, words: dict[str, str]) -> str:
    """The text with other words."""
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def said(result: Build, out: Path) -> list[object]:
    """What a build tells of its packages, without the folder."""
    return [str(one.as_dict()).replace(str(out), "") for one in result.packages] + list(result.warnings)


def test_several_processes_make_the_same_bytes_and_say_the_same_in_the_same_order(
    tmp_path: Path, several: Callable[[int], None], course: Sessions
) -> None:
    """All our courses, with reports apart, translations, and courses that are one package."""
    course("one", "two", "three", key="whole", packages="one-for-all")
    course("one", key="alone")
    sources = [ROOT / "content", ROOT / "tests/courses", tmp_path / "source"]
    told, made = [], []
    for number in (1, 2, 3):
        several(number)
        out = tmp_path / f"out-{number}"
        told.append(said(build(sources, ALL[:5], out), out))
        made.append(files(out))
    assert len(told[0]) > 60
    assert told[0] == told[1] == told[2]
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize(
    "make",
    [
        lambda course: course("one", "two", "three", broken=("two", "three")),
        lambda course: course("one", "same", "same", "four"),
        lambda course: [course("one", "two", key="a"), course("three", "four", key="b", broken=("four",))],
        lambda course: (
            [
                course("one", "two", key=key, packages=packages)
                for key, packages in (("a", "one-for-all"), ("b", "one-for-all"))
            ]
            + [
                (course("x", "y", key="c") / "course.yaml").write_text(
                    "id: a\ntitle: Again\nlanguage: en\nsessions: [session-0, session-1]\n"
                )
            ]
        ),
    ],
    ids=["two broken sessions", "an id twice", "the second course broken", "a course's id twice"],
)
def test_several_processes_find_the_same_problems_and_write_nothing(
    make: Callable[[Sessions], object], tmp_path: Path, several: Callable[[int], None], course: Sessions
) -> None:
    make(course)
    found = []
    for number in (1, 2):
        several(number)
        with pytest.raises(ProblemsFound) as problems:
            build([tmp_path / "source"], ALL, tmp_path / "out")
        found.append(problems.value.problems)
    assert found[0] == found[1]
    assert found[0]
    assert not (tmp_path / "out").exists()


def test_two_sessions_alone_with_one_id_are_found_in_different_processes(
    tmp_path: Path, several: Callable[[int], None]
) -> None:
    """Neither process sees both."""
    course_in(tmp_path / "source" / "a")
    course_in(tmp_path / "source" / "b")
    several(2)
    with pytest.raises(ProblemsFound, match="the id small is that of another course"):
        build([tmp_path / "source"], ALL, tmp_path / "out")


@pytest.mark.parametrize("how", ["killed", "raises"])
def test_a_build_is_whole_though_another_process_fails(
    how: str, tmp_path: Path, several: Callable[[int], None], course: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, first = course("one", "two", "three"), os.getpid()

    def failing() -> frozenset[str]:
        """Called when all files of a share are made."""
        if os.getpid() != first:
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise MemoryError
        return module_files()

    several(1)
    build([source], ALL, tmp_path / "alone")
    monkeypatch.setattr(building, "module_files", failing)
    several(2)
    assert len(build([source], ALL, tmp_path / "together").packages) == 3 * len(ALL)
    assert files(tmp_path / "together") == files(tmp_path / "alone")


def test_an_interrupted_build_ends_the_other_processes_and_leaves_nothing(
    tmp_path: Path, several: Callable[[int], None], course: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, first = course("one", "two", "three"), os.getpid()
    reader, writer = os.pipe()

    def interrupted() -> frozenset[str]:
        """Called when all files of a share are made."""
        if os.getpid() != first:
            os.write(writer, b"made")
            signal.pause()
        assert os.read(reader, 4) == b"made"
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "module_files", interrupted)
    several(2)
    with pytest.raises(KeyboardInterrupt):
        build([source], ALL, tmp_path / "out")
    os.close(writer)
    assert os.read(reader, 1) == b"", "nobody is left who could write"
    os.close(reader)
    assert not (tmp_path / "out").exists()


def test_what_only_another_process_imported_counts_as_at_work(
    tmp_path: Path, several: Callable[[int], None], course: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a build is not left out when a kind changed that only its sessions use."""
    (tmp_path / "only_there.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    first = os.getpid()

    def importing() -> frozenset[str]:
        if os.getpid() != first:
            __import__("only_there")
        return module_files()

    monkeypatch.setattr(building, "module_files", importing)
    several(2)
    assert str(tmp_path / "only_there.py") in build([course("one", "two")], ALL, tmp_path / "out").program
    assert "only_there" not in sys.modules


def test_shares_have_every_piece_once() -> None:
    for of in (1, 2, 5):
        taken = [[number for number in range(23) if Share(first, of).has(number)] for first in range(of)]
        assert sorted(number for one in taken for number in one) == list(range(23))
        assert max(map(len, taken)) - min(map(len, taken)) <= 1


def test_answers_of_any_length_come_back_in_order() -> None:
    assert together(lambda one: (one, "x" * 10**6 * one.first), 4) == [
        (Share(number, 4), "x" * 10**6 * number) for number in range(4)
    ]


def test_what_cannot_be_carried_over_is_a_failure_and_no_trouble() -> None:
    assert together(lambda one: (lambda: None) if one.first else None, 2) is None


def test_where_no_process_can_be_had_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc").exists() else 0
    monkeypatch.setattr(os, "fork", refused)
    assert together(lambda one: one, 2) is None
    assert not before or len(list(Path("/proc/self/fd").iterdir())) == before, "no pipe stays open"


def test_only_what_pays_is_done_in_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert [processes(pieces, 4) for pieces in (0, 1, 7, 8, 12, 10_000)] == [1, 1, 1, 2, 3, share.MOST]
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3})
    assert processes(100, 4) == 1


def test_a_program_with_threads_is_never_forked() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert processes(100, 4) == 1
    finally:
        stop.set()
        thread.join()


def test_a_system_that_cannot_fork_builds_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert processes(100, 4) == 1


def test_a_course_of_one_package_is_never_divided(
    tmp_path: Path, several: Callable[[int], None], course: Sessions
) -> None:
    several(3)
    packages = build([course("one", "two", "three", packages="one-for-all")], ALL[:1], tmp_path / "out").packages
    assert [len(one.capacity) for one in packages] == [3], "one zip of three SCOs"
