"""Folders and files that mean harm get a clear error or a safe result, never a traceback, a hang or a leak."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import IO, Any

import pytest

from scormkit.content.loader import MOST_PROBLEMS, Loaded, load
from tests.content.hygiene import hygiene, sparse

SECRET = "the password is swordfish"  # noqa: S105 - that is the point


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return hygiene(tmp_path / "course")


def rules_of(loaded: Loaded) -> list[str]:
    assert SECRET not in "".join(map(str, loaded.problems))
    return [problem.rule for problem in loaded.problems]


def with_picture(session: Path, name: str) -> Loaded:
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("(files/plan.svg)", f"({name})"))
    return load([session])


@pytest.mark.parametrize("deep", ["a: " + "[" * 10_000, "a: " + "{a: " * 10_000, "- " * 10_000 + "a"])
def test_ten_thousand_levels_are_refused(session: Path, deep: str) -> None:
    (session / "session.yaml").write_text(deep)
    loaded = load([session])
    assert [str(problem).split(": ", 1)[0].partition(" ")[2] for problem in loaded.problems] == [
        "CNT-015 this is more than 50 levels deep. Check brackets and indentation."
    ]


def test_ten_thousand_levels_of_indentation_are_refused(session: Path) -> None:
    (session / "session.yaml").write_text("".join(f"{' ' * level}a:\n" for level in range(1_900)))
    assert rules_of(load([session])) == ["CNT-015"]


def test_anchor_bomb_is_refused_without_being_expanded(session: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    (session / "session.yaml").write_text("\n".join(lines))
    start = time.perf_counter()
    found = rules_of(load([session]))
    assert "CNT-010" in found
    assert time.perf_counter() - start < 10


def test_more_values_than_any_session_has_are_refused(session: Path) -> None:
    (session / "session.yaml").write_text(f"a: [{'x,' * 200_000}]")
    assert rules_of(load([session])) == ["CNT-015"]


def test_so_many_problems_are_told_up_to_a_bearable_number(session: Path) -> None:
    (session / "session.yaml").write_text("\n".join(f"key{n}: 1" for n in range(50_000)))
    found = rules_of(load([session]))
    assert found.count("CNT-016") == 1
    assert len(found) == MOST_PROBLEMS + 1


def test_session_file_of_50_mb_is_not_read(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = session / "session.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    assert [problem.message for problem in load([session]).problems] == [
        "this file has 50.0 MB, and at most 2.0 MB are read."
    ]


def test_picture_of_300_mb_is_not_read(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sparse(session / "files/huge.png", 300_000_000)
    with_picture(session, "files/huge.png")
    opened: list[str] = []
    ordinary = Path.open

    def watched(path: Path, mode: str = "r") -> IO[Any]:
        opened.append(path.name)
        return ordinary(path, mode)

    monkeypatch.setattr(Path, "open", watched)
    loaded = load([session])
    assert rules_of(loaded) == ["CNT-085"]
    assert "300.0 MB, and 20.0 MB are the most" in loaded.problems[0].message
    assert opened == ["session.yaml"]


def test_svg_of_many_mb_is_not_parsed(session: Path) -> None:
    (session / "files/plan.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 6_000_000)
    assert rules_of(load([session])) == ["CNT-087", "CNT-086"]


def test_html_with_a_script_is_shown_as_text_and_warned_about(session: Path) -> None:
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("Look at this.", "<script>alert(1)</script>"))
    loaded = load([session])
    assert rules_of(loaded) == ["CNT-089"]
    assert loaded.courses


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "files/../../secret.txt",
        "/etc/passwd",
        "%2e%2e/secret.txt",
        "files/%2e%2e/%2e%2e/secret.txt",
        "file:///etc/passwd",
        "//example.org/x.png",
        "data:image/png;base64,AAAA",
        "C:/secret.png",
        "files%5c..%5csecret.png",
    ],
)
def test_picture_outside_of_the_folder_is_refused(session: Path, name: str) -> None:
    (session.parent / "secret.txt").write_text(SECRET)
    assert rules_of(with_picture(session, name)) == ["CNT-081"]


@pytest.mark.parametrize("name", ["files/%00.png", "files", ".", "files/" + "x" * 300 + ".png", "files/plan.svg/x.png"])
def test_picture_name_that_cannot_be_is_refused(session: Path, name: str) -> None:
    assert rules_of(with_picture(session, name)) == ["CNT-080"]


def test_picture_by_a_link_out_of_the_folder_is_refused(session: Path) -> None:
    outside = session.parent.parent / "secret.png"
    outside.write_text(SECRET)
    (session / "files/link.png").symlink_to(outside)
    assert rules_of(with_picture(session, "files/link.png")) == ["CNT-081"]


def test_names_in_a_folder_outside_are_not_given_away(session: Path) -> None:
    outside = session.parent.parent / "private"
    outside.mkdir()
    (outside / "swordfish.png").write_text(SECRET)
    (session / "more").symlink_to(outside)
    loaded = with_picture(session, "more/swordfisch.png")
    assert rules_of(loaded) == ["CNT-081"]
    assert "swordfish" not in str(loaded.problems)


def test_picture_by_a_link_inside_of_the_folder_is_fine(session: Path) -> None:
    (session / "files/link.png").symlink_to(session / "files/photo.png")
    assert rules_of(with_picture(session, "files/link.png")) == []


def test_session_file_that_is_a_link_out_is_not_read(session: Path) -> None:
    outside = session.parent.parent / "secret.yaml"
    outside.write_text(f"{SECRET}\n")
    (session / "session.yaml").unlink()
    (session / "session.yaml").symlink_to(outside)
    assert rules_of(load([session])) == ["CNT-017"]
    assert rules_of(load([session.parent])) == ["CNT-017"]
    assert rules_of(load([session / "session.yaml"])) == ["CNT-017"]


def test_session_folder_that_is_a_link_out_is_not_read(session: Path) -> None:
    course = session.parent
    session.rename(course.parent / "elsewhere")
    session.symlink_to(course.parent / "elsewhere")
    assert rules_of(load([course])) == ["CNT-017"]


def test_folder_that_is_a_link_out_is_not_searched(session: Path) -> None:
    top = session.parent.parent / "top"
    top.mkdir()
    (top / "link").symlink_to(session.parent)
    loaded = load([top])
    assert rules_of(loaded) == ["CNT-018"]
    assert loaded.problems[0].severity == "warning"
    assert not loaded.courses


def test_links_in_a_circle_end(session: Path) -> None:
    (session.parent.parent / "again").symlink_to(session.parent.parent)
    (session / "files/again").symlink_to(session / "files")
    assert [course.course.about.id for course in load([session.parent.parent]).courses] == ["hygiene"]


def test_folder_in_place_of_a_file_is_told(session: Path) -> None:
    (session / "session.yaml").unlink()
    (session / "session.yaml").mkdir()
    assert rules_of(load([session])) == ["CNT-001"]
    assert rules_of(load([session.parent])) == ["CNT-001"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_in_place_of_a_file_does_not_hang(session: Path) -> None:
    (session / "session.yaml").unlink()
    os.mkfifo(session / "session.yaml")
    assert rules_of(load([session])) == ["CNT-001"]


def test_file_that_cannot_be_read_is_told(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert [problem.message for problem in load([session]).problems] == ["this file cannot be read: Permission denied."]


def test_folder_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    try:
        hygiene(tmp_path / name)
    except OSError:
        pytest.skip("the disk takes no such names")
    loaded = load([tmp_path / name])
    assert loaded.courses


def test_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert rules_of(load([tmp_path / "nowhere", tmp_path / "no\0where"])) == ["CNT-001", "CNT-001"]
