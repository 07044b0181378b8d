"""The build: the same bytes, everything or nothing, and words that say what to do."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scormkit.build import build
from scormkit.problem import ProblemsFound
from scormkit.targets import targets
from tests.packages import ROOT, course_in

ALL = list(targets().values())


def scormkit(*words: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, in a folder, with an environment."""
    return subprocess.run(
        [sys.executable, "-m", "scormkit", *words],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_same_source_gives_the_same_bytes_anywhere_and_at_any_time(tmp_path: Path) -> None:
    """Another folder, other dates of the files, another locale, time zone and order of hashes."""
    made = []
    for number, environment in enumerate(
        (
            {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "77"},
        )
    ):
        folder = tmp_path / f"somewhere-{number}" / ("deep" * number or "flat")
        shutil.copytree(ROOT / "content/customer-care", folder)
        for path in folder.rglob("*"):
            os.utime(path, (10**9 * (number + 1), 10**9 * (number + 1)))
        out = tmp_path / f"out-{number}"
        run = scormkit("build", folder, "--out", out, folder=tmp_path, **environment)
        assert run.returncode == 0, run.stderr
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 2 * (3 * len(ALL) + 1), "each session: packages with codebook and sheet, and one plan"


def test_a_build_with_a_problem_writes_nothing_and_leaves_the_old_package(tmp_path: Path) -> None:
    good, out = course_in(tmp_path / "small"), tmp_path / "dist"
    build([good], ALL, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    course_in(tmp_path / "small", lambda text: text.replace("A small session", "Changed"))
    course_in(
        tmp_path / "broken",
        lambda text: text.replace("correct: this", "correct: neither").replace("id: small", "id: b"),
    )
    with pytest.raises(ProblemsFound) as found:
        build([tmp_path], ALL, out)
    assert "neither" in str(found.value)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_build_says_what_it_made_and_where_to_upload_it(tmp_path: Path) -> None:
    course_in(tmp_path / "small")
    run = scormkit("build", "small", folder=tmp_path)
    assert run.returncode == 0
    assert "dist/small-scorm12.zip  SCORM 1.2" in run.stdout
    assert "in Moodle: Add an activity, SCORM package" in run.stdout


def test_the_report_for_machines_names_packages_sizes_and_room(tmp_path: Path) -> None:
    course_in(tmp_path / "small")
    run = scormkit("build", "small", "--target", "scorm12", "--format", "json", folder=tmp_path)
    (one,) = json.loads(run.stdout)["packages"]
    assert one["target"] == "scorm12"
    assert one["bytes"] == (tmp_path / one["path"]).stat().st_size
    room = one["stored_state"]["small"]
    assert room["limit"] == 4096
    assert room["skeleton"] < room["usual"] < room["worst"]


def test_an_unknown_target_is_wrong_use_and_says_which_there_are(tmp_path: Path) -> None:
    run = scormkit("build", "--target", "scorm13", folder=tmp_path)
    assert run.returncode == 2
    assert ", ".join(targets()) in run.stderr


def test_problems_end_with_exit_code_1_and_stand_in_the_report_for_machines(tmp_path: Path) -> None:
    course_in(tmp_path / "small", lambda text: text.replace("length: 2m", "length: 3m"))
    run = scormkit("build", "small", "--format", "json", folder=tmp_path)
    assert run.returncode == 1
    (problem,) = json.loads(run.stdout)["problems"]
    assert (problem["line"], problem["column"]) == (4, 9)
    assert "phases add up to 2m, but length is 3m" in problem["message"]


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    course_in(tmp_path / "small")
    (tmp_path / "dist").write_text("a file in the way", encoding="utf-8")
    run = scormkit("build", "small", folder=tmp_path)
    assert run.returncode in {1, 2}
    assert "Traceback" not in run.stderr
    assert run.stderr.strip()


def _with_many_long_lists(text: str) -> str:
    """Ids that hardly pack: what is chosen must be stored, and nothing of it can be shed."""
    questions = ""
    for number in range(12):
        ids = [f"o{hashlib.sha256(f'{number} {option}'.encode()).hexdigest()[:30]}" for option in range(36)]
        options = "".join(f"          - {{id: {key}, text: Option}}\n" for key in ids)
        questions += (
            f"      - activity: multiple-choice\n        id: long-{number}\n        question: Which?\n"
            f"        options:\n{options}        correct: [{ids[0]}]\n"
        )
    place = "      - activity: multiple-choice\n        id: question\n"
    return text.replace(place, questions + place)


def test_a_session_that_cannot_fit_fails_with_the_activity_and_three_ways_out(tmp_path: Path) -> None:
    folder = course_in(tmp_path / "small", _with_many_long_lists)
    with pytest.raises(ProblemsFound) as found:
        build([folder], [targets()["scorm12"]], tmp_path / "dist")
    (problem,) = [one for one in found.value.problems if one.rule == "CNT-091"]
    assert "4096" in problem.message
    assert "long-" in problem.message
    for way in ("fewer entries", "session of its own", "suspend_data_limit"):
        assert way in problem.hint


def test_a_platform_that_takes_more_is_believed_when_the_author_says_so(tmp_path: Path) -> None:
    folder = course_in(tmp_path / "small", lambda text: _with_many_long_lists(text) + "suspend_data_limit: 64000\n")
    made = build([folder], [targets()["scorm12"]], tmp_path / "dist")
    assert made.packages[0].capacity[0][1].limit == 64_000
