"""Translations beside a session: what is compared, and what they share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scormkit.content.loader import Loaded, load
from tests.packages import ROOT, SMALL

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A plan</title></svg>'


def told(folder: Path, original: str, translation: str) -> list[str]:
    """What is said of a session with a German translation."""
    return [f"{Path(one.file).name} {one.rule} {one.message}" for one in loaded(folder, original, translation).problems]


def loaded(folder: Path, original: str, translation: str) -> Loaded:
    folder.mkdir(exist_ok=True)
    (folder / "session.yaml").write_text(original, encoding="utf-8")
    (folder / "session.de.yaml").write_text(translation, encoding="utf-8")
    return load([folder])


def test_every_sample_session_is_a_translation_of_itself(tmp_path: Path) -> None:
    """Whatever kinds and options there are: nothing of them is taken for a difference."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for session in (tmp_path / "content").rglob("session.yaml"):
        text = session.read_text(encoding="utf-8").replace("language: en\n", "language: de\n")
        session.with_name("session.de.yaml").write_text(text, encoding="utf-8")
    found = load([tmp_path / "content"])
    assert [str(one) for one in found.problems if one.severity == "error"] == []
    assert all(len(session.translations) == 1 for course in found.courses for session in course.sessions)


def test_a_text_that_is_left_out_is_told(tmp_path: Path) -> None:
    with_title = SMALL.replace("        id: thoughts\n", "        id: thoughts\n        title: Your thoughts\n")
    assert told(tmp_path / "one", with_title, SMALL) == [
        "session.de.yaml CNT-098 title is missing; it is in line 16 of session.yaml."
    ]
    assert told(tmp_path / "other", SMALL, with_title) == [], "a translation may say more"


CALCULATOR = """\
      - activity: calculator
        id: sum
        prompt: Work it out.
        inputs:
          - {id: price, label: Price, value: 2}
        results:
          - {id: all, label: All of it, formula: price * 3}
"""
SCALE = """\
      - activity: likert
        id: opinion
        prompt: What do you think?
        scale: [No, Perhaps, Yes]
        statements: [{id: one, text: It helps.}]
"""


@pytest.mark.parametrize(
    ("block", "change", "message"),
    [
        (
            CALCULATOR,
            lambda text: text.replace("price * 3", "price * 4"),
            "formula is price * 4, but price * 3 in line",
        ),
        (CALCULATOR, lambda text: text.replace("All of it", "Zusammen"), ""),
        (SCALE, lambda text: text.replace("[No, Perhaps, Yes]", "[Nein, Ja]"), "opinion records other answers than"),
        (SCALE, lambda text: text.replace("[No, Perhaps, Yes]", "[Nein, Vielleicht, Ja]"), ""),
        ("", lambda text: text.replace("max_chars: 400", "max_chars: 300"), "max_chars is 300, but 400 in line"),
        ("", lambda text: text.replace("required: true", "required: false"), "required is false, but true in line"),
        ("", lambda text: text.replace("        fields:", "        record: kept\n        fields:"), "record is kept"),
        ("", lambda text: text.replace("type: date", "type: short-text"), "type is short-text, but date in line"),
        ("", lambda text: text.replace("forms: [action-plan]", "forms: []"), "forms is [], but [action-plan] in line"),
        ("", lambda text: text + "mastery_score: 0.5\n", "mastery_score is 0.5, but nothing is said in session.yaml"),
        ("", lambda text: text + "quiz: {attempts: 2}\n", "attempts is 2, but nothing is said in session.yaml"),
        ("", lambda text: text.replace("id: small", "id: klein"), "id is klein, but small in line 1"),
    ],
)
def test_only_texts_may_differ(tmp_path: Path, block: str, change: Callable[[str], str], message: str) -> None:
    text = SMALL.replace("      - text: Read **this**.\n", f"      - text: Read **this**.\n{block}")
    assert change(text) != text
    found = told(tmp_path, text, change(text))
    if not message:
        assert found == []
        return
    assert len(found) == 1
    assert found[0].startswith("session.de.yaml CNT-097")
    assert message in found[0]


def test_one_file_has_one_name_in_the_package_whichever_language_names_it(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir(parents=True)
    for name in ("Größe.svg", "PLAN.svg", "plan.svg"):
        (tmp_path / "files" / name).write_text(PICTURE, encoding="utf-8")
    names = {"session.yaml": ("Größe.svg", "plan.svg"), "session.de.yaml": ("Größe.svg", "PLAN.svg")}
    texts = [
        SMALL.replace("Read **this**.", "See " + " ".join(f"![A plan](<files/{name}>)" for name in some))
        for some in names.values()
    ]
    found = loaded(tmp_path, *texts)
    assert found.problems == []
    (course,) = found.courses
    (session,) = course.sessions
    (translation,) = session.translations
    hrefs = [{media.file.name: media.href for media in one.media.values()} for one in (session, translation)]
    assert hrefs[0]["Größe.svg"] == hrefs[1]["Größe.svg"]
    assert hrefs[0]["plan.svg"].lower() != hrefs[1]["PLAN.svg"].lower()


def test_a_mistake_in_a_translation_keeps_the_course_from_being_built_and_is_told_beside_the_others(
    tmp_path: Path,
) -> None:
    broken = SMALL.replace("title: A small session", "titel: Klein").replace("correct: this", "correct: that")
    found = loaded(tmp_path, SMALL.replace("id: think", "id: Think"), broken)
    assert found.courses == ()
    files = {Path(one.file).name for one in found.problems}
    assert files == {"session.yaml", "session.de.yaml"}
    assert {"CNT-020", "CNT-097"} <= {one.rule for one in found.problems}
