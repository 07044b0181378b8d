"""Paths become courses; all problems of all files come in one run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scormkit.content.loader import Loaded, load
from tests.content.hygiene import hygiene

SAMPLES = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return hygiene(Path("courses/hygiene"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def ids(loaded: Loaded) -> list[str]:
    assert loaded.problems == []
    return [course.course.about.id for course in loaded.courses]


def told(loaded: Loaded) -> list[str]:
    return [f"{problem.file} {problem.rule}" for problem in loaded.problems]


def test_samples_have_no_problem() -> None:
    loaded = load([SAMPLES])
    assert loaded.problems == []
    assert loaded.courses


@pytest.mark.parametrize(
    ("path", "course"),
    [
        ("courses", "hygiene"),
        ("courses/hygiene", "hygiene"),
        ("courses/hygiene/course.yaml", "hygiene"),
        ("courses/hygiene/washing-hands", "washing-hands"),
        ("courses/hygiene/washing-hands/session.yaml", "washing-hands"),
    ],
)
def test_path_may_be_a_course_a_session_a_file_or_a_folder_above(session: Path, path: str, course: str) -> None:
    assert ids(load([Path(path)])) == [course]


def test_session_alone_is_a_course_with_its_id_and_title(session: Path) -> None:
    [course] = load([session]).courses
    assert course.course.about.title == "Washing hands"
    assert course.course.about.sessions == ("washing-hands",)
    assert course.folder == session
    assert [one.session for one in course.sessions] == list(course.course.sessions)


def test_folders_are_searched_in_order_and_hidden_ones_are_left_out(session: Path) -> None:
    for name in ("courses/b/deeper", "courses/a", "courses/.hidden"):
        target = Path(name) / "washing"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(session, target)
        change(target / "session.yaml", "id: washing-hands", f"id: {Path(name).name.strip('.')}")
    assert ids(load([Path("courses")])) == ["a", "deeper", "hygiene"]


def test_course_named_twice_is_loaded_once(session: Path) -> None:
    assert ids(load([Path("courses"), Path("courses/hygiene"), Path("courses/hygiene").absolute()])) == ["hygiene"]


def test_files_are_called_as_the_user_wrote_the_path(session: Path) -> None:
    (session / "session.yaml").write_text("")
    assert told(load([Path("courses")])) == ["courses/hygiene/washing-hands/session.yaml CNT-005"]
    absolute = Path("courses").absolute()
    assert told(load([absolute])) == [f"{absolute}/hygiene/washing-hands/session.yaml CNT-005"]


def test_activities_are_resolved(session: Path) -> None:
    [course] = load([session]).courses
    brainstorm = course.course.sessions[0].phases[0].blocks[1]
    # The second record is that of comparing with the resource: only a resolved activity has it.
    assert [interaction.key for interaction in brainstorm.interactions()] == ["", "compare"]


def test_folder_without_courses_is_told(tmp_path: Path) -> None:
    assert told(load([tmp_path])) == [f"{tmp_path} CNT-019"]
    (tmp_path / "notes.txt").write_text("x")
    assert told(load([tmp_path / "notes.txt"])) == [f"{tmp_path}/notes.txt CNT-019"]


def test_problems_of_all_files_come_in_one_run(session: Path) -> None:
    second = Path("courses/hygiene/gloves")
    shutil.copytree(session, second)
    change(session.parent / "course.yaml", "[washing-hands]", "[washing-hands, gloves, masks]")
    change(session.parent / "course.yaml", "language: en", "lang: en")
    change(session / "session.yaml", "length: 5m", "length: five")
    change(second / "session.yaml", "id: washing-hands", "id: Gloves")
    change(second / "session.yaml", "(files/plan.svg)", "(files/plans.svg)")
    other = Path("courses/other")
    shutil.copytree(session, other)
    (other / "session.yaml").write_text("- a\n")
    loaded = load([Path("courses")])
    assert told(loaded) == [
        "courses/hygiene/course.yaml CNT-020",
        "courses/hygiene/course.yaml CNT-060",
        "courses/hygiene/gloves/session.yaml CNT-027",
        "courses/hygiene/gloves/session.yaml CNT-080",
        "courses/hygiene/washing-hands/session.yaml CNT-028",
        "courses/other/session.yaml CNT-006",
    ]
    assert loaded.courses == ()


def test_course_file_that_cannot_be_read_does_not_hide_its_sessions(session: Path) -> None:
    (session.parent / "course.yaml").write_text("id: [")
    change(session / "session.yaml", "length: 5m", "length: 6m")
    assert told(load([Path("courses")])) == [
        "courses/hygiene/course.yaml CNT-009",
        "courses/hygiene/washing-hands/session.yaml CNT-014",
    ]


def test_session_that_a_course_does_not_list_is_warned_about(session: Path) -> None:
    shutil.copytree(session, session.parent / "draft")
    loaded = load([Path("courses")])
    assert [str(problem) for problem in loaded.problems] == [
        (
            "courses/hygiene/course.yaml:4:11 CNT-065 warning: the session in the folder 'draft' is not listed. "
            "Add it to sessions, or move it elsewhere."
        )
    ]
    assert loaded.courses


def test_missing_session_with_a_similar_folder_is_suggested(session: Path) -> None:
    session.rename(session.parent / "washing-hand")
    [problem] = [problem for problem in load([Path("courses")]).problems if problem.rule == "CNT-060"]
    assert problem.hint == "Did you mean washing-hand?"


def test_courses_with_the_same_id_are_told(session: Path) -> None:
    shutil.copytree(session.parent, "courses/hygiene-2")
    assert [str(problem) for problem in load([Path("courses")]).problems] == [
        (
            "courses/hygiene-2/course.yaml:1:5 CNT-062 the id hygiene is that of another course, in "
            "courses/hygiene/course.yaml. Give one of them another id."
        )
    ]


def test_sessions_of_a_course_with_the_same_id_are_told(session: Path) -> None:
    shutil.copytree(session, session.parent / "gloves")
    change(session.parent / "course.yaml", "[washing-hands]", "[washing-hands, gloves]")
    assert [str(problem) for problem in load([Path("courses")]).problems] == [
        (
            "courses/hygiene/gloves/session.yaml:1:5 CNT-064 the id washing-hands is that of another session, in "
            "courses/hygiene/washing-hands/session.yaml. Give one of them another id."
        )
    ]


def test_targets_are_asked_for_only_where_a_course_names_some(session: Path) -> None:
    asked: list[str] = []

    def known() -> list[str]:
        asked.append("")
        return ["scorm12"]

    load([Path("courses")], known)
    assert asked
    asked.clear()
    change(session.parent / "course.yaml", "targets: [scorm12]\n", "")
    load([Path("courses")], known)
    assert not asked


def test_one_mistake_hides_no_other_of_the_same_file(session: Path) -> None:
    file = session / "session.yaml"
    change(file, "title: Washing hands", "titel: Washing hands")
    change(file, "length: 5m", "length: 7m")
    change(file, "kind: activity", "kind: activities")
    change(file, "        question: How long does it take?\n", "")
    change(file, "form: looking-back", "form: looking-forward")
    change(file, "(files/plan.svg)", "(files/nothing.svg)")
    assert [problem.rule for problem in load([session]).problems] == [
        "CNT-020", "CNT-014", "CNT-023", "CNT-080", "CNT-021", "CNT-041",
    ]  # fmt: skip


def test_what_only_follows_from_a_mistake_is_not_told(session: Path) -> None:
    file = session / "session.yaml"
    change(file, "      - activity: brainstorm\n", "      - activity: brainstrom\n")
    assert [problem.rule for problem in load([session]).problems] == ["CNT-030"]
