"""A build is left out only where nothing changed, and then says what the last one said."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scormkit.cli import main
from tests.packages import course_in

HOUR = 3_600_000_000_000


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a course, an hour after it was written."""
    course_in(tmp_path / "small")
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + HOUR)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dist").mkdir()
    return tmp_path


def run(*more: str) -> Result:
    result = CliRunner().invoke(main, ["build", "small", "--target", "scorm12", *more])
    assert result.exit_code == 0, result.output
    return result


def made(*more: str) -> bool:
    """Whether a package was put in place anew by a build: it then is another file."""
    before = {path.name: path.stat().st_ino for path in Path("dist").iterdir()}
    run(*more)
    return {path.name: path.stat().st_ino for path in Path("dist").iterdir()} != before


PACKAGE = Path("dist", "small-scorm12.zip")


def test_a_build_is_left_out_where_nothing_changed(folder: Path) -> None:
    assert made()
    assert not made()


def test_a_build_that_was_left_out_prints_what_the_first_one_printed(folder: Path) -> None:
    first, again = run(), run()
    assert (first.stdout, first.stderr) == (again.stdout, again.stderr)
    assert run("--format", "json").stdout == run("--format", "json", "--no-cache").stdout


def test_whoever_wants_a_build_gets_one(folder: Path) -> None:
    run()
    assert made("--no-cache")


def test_a_package_that_is_gone_or_was_tampered_with_is_built_again(folder: Path) -> None:
    run()
    whole, times = PACKAGE.read_bytes(), PACKAGE.stat()
    PACKAGE.unlink()
    assert made()
    PACKAGE.write_bytes(whole[:-1] + b"!")
    os.utime(PACKAGE, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert made()
    assert PACKAGE.read_bytes() == whole


def test_another_option_is_another_build(folder: Path) -> None:
    run()
    whole = PACKAGE.read_bytes()
    assert made("--no-control-documents")
    assert PACKAGE.read_bytes() != whole
    assert made()
    assert PACKAGE.read_bytes() == whole


def test_a_source_that_changed_is_built_though_size_and_time_are_the_same(folder: Path) -> None:
    run()
    source = folder / "small" / "session.yaml"
    source = source if source.exists() else next((folder / "small").rglob("session.yaml"))
    times = source.stat()
    text = source.read_text(encoding="utf-8").replace("A small session", "A SMALL session")
    source.write_text(text, encoding="utf-8")
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert made()
    with zipfile.ZipFile(PACKAGE) as package:
        assert b"A SMALL session" in package.read("index.html")


def test_a_folder_that_came_is_seen(folder: Path) -> None:
    run()
    (folder / "small" / "templates").mkdir()
    assert made()


def test_a_record_that_cannot_be_read_is_no_trouble(folder: Path) -> None:
    run()
    for text in ("{}", "[]", "no JSON", '{"call": 1, "sources": 2, "program": [3], "packages": 4, "report": 5}'):
        (record,) = Path(os.environ["XDG_CACHE_HOME"], "scormkit").iterdir()
        record.write_text(text, encoding="utf-8")
        assert made()


def test_what_changed_this_very_moment_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: (folder / "small").stat().st_mtime_ns)
    assert made()
    assert made()


def test_packages_among_the_sources_are_always_built(folder: Path) -> None:
    def number() -> int:
        return (folder / "small" / "out" / "small-scorm12.zip").stat().st_ino

    run("--out", "small/out")
    first = number()
    run("--out", "small/out")
    assert number() != first
