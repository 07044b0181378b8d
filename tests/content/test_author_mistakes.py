"""Every mistake of author_mistakes.txt is told in exactly the words that stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from scormkit.content import rules
from scormkit.content.loader import load
from scormkit.rule import Rule
from tests.content.hygiene import hygiene
from tests.content.mistakes import Mistake, mistakes

MISTAKES = mistakes()
GOOD = {"session.yaml": MISTAKES["the good session"], "course.yaml": MISTAKES["the good course"]}

SHOWN_ELSEWHERE = {
    "FILE_READABLE", "FILE_SIZE", "DEPTH", "TOO_MANY", "LEADS_OUT", "LINK_SKIPPED", "NOTHING_FOUND", "COURSE_TWICE",
    "SESSION_ID_TWICE", "SESSION_UNLISTED", "TRANSLATION_TEXT",
}  # fmt: skip
"""Rules whose breach takes more than one file of text; see test_hostile_folders, test_loader, test_translations."""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return hygiene(tmp_path / "course")


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=lambda mistake: mistake.name)
def test_mistake_is_told_in_these_words(mistake: Mistake, session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = session.parent if mistake.file == "course.yaml" else session
    main = "course.yaml" if mistake.file == "course.yaml" else "session.yaml"
    good = GOOD[main].content("")
    (folder / main).write_bytes(good)
    # A translation is the good session again, with its mistake.
    (folder / mistake.file).write_bytes(mistake.content(good.decode()))
    monkeypatch.chdir(folder)
    loaded = load([Path(main)], ["scorm12", "scorm2004-4th"])
    assert [str(problem) for problem in loaded.problems] == mistake.told


def test_only_warnings_leave_a_session_usable(session: Path) -> None:
    (session / "session.yaml").write_bytes(MISTAKES["HTML"].content(GOOD["session.yaml"].content("").decode()))
    loaded = load([session])
    assert [problem.severity for problem in loaded.problems] == ["warning"]
    assert [course.course.about.id for course in loaded.courses] == ["washing-hands"]


def test_every_rule_of_the_loader_is_shown_by_a_mistake() -> None:
    told = {line.split()[1] for mistake in MISTAKES.values() for line in mistake.told}
    ours = {name: rule for name, rule in vars(rules).items() if isinstance(rule, Rule)}
    assert {name for name, rule in ours.items() if rule.id not in told} == SHOWN_ELSEWHERE
