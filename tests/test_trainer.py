"""The trainer's sheet: made from the course's own rule, the same bytes each time, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from scormkit.build import build
from scormkit.targets import targets
from tests.packages import course_in

REPORT = """\
forms:
  - id: report
    title: Report back
    purpose: report-back
    fields:
      - {id: result, type: long-text, label: What came of it, max_chars: 200}
      - {id: next, type: long-text, label: What I do next, max_chars: 200}
"""


def with_follow_up(settings: str, more: str = "") -> Callable[[str], str]:
    return lambda text: f"{text}{REPORT}follow_up: {{after: 2 weeks, form: report{settings}}}\n{more}"


def sheets(folder: Path, change: Callable[[str], str], target: str = "scorm12") -> dict[str, str]:
    """The words of each sheet by its file's name."""
    made = build([course_in(folder / "course", change)], [targets()[target]], folder / "dist")
    found = {}
    for one in made.packages:
        assert one.trainer.parent == one.path.parent
        page = html.document_fromstring(one.trainer.read_text(encoding="utf-8"))
        assert not page.xpath("//script | //link | //img | //@src | //@href")
        found[one.trainer.name] = " ".join(" ".join(page.xpath("//body//text()")).split())
    return found


def setting(words: str, name: str) -> str:
    """What stands after a setting's name."""
    return words.partition(f" {name} ")[2]


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_it_says_when_to_send_which_message_and_what_to_tick_in_moodle(tmp_path: Path, target: str) -> None:
    (words,) = sheets(tmp_path, with_follow_up(""), target).values()
    assert "2 weeks after the session, on the same day of the week." in words
    assert "Please open “A small session” on the learning platform once more." in words
    assert setting(words, "Activity completion: Require status").startswith("tick Completed")
    assert setting(words, "Number of attempts").startswith("1 attempt")
    assert setting(words, "Force new attempt").startswith("No")
    assert setting(words, "Lock after final attempt").startswith("No")
    assert "complete without this report" in words


def test_a_pass_is_ticked_as_passed_in_12_where_it_is_the_final_word(tmp_path: Path) -> None:
    def change(text: str) -> str:
        scored = text.replace("        correct: this\n", "        correct: this\n        scored: true\n")
        return scored.replace("forms: [action-plan]}", "quiz: passed}\nmastery_score: 0.5\non_fail: failed")

    (words,) = sheets(tmp_path / "12", change).values()
    assert setting(words, "Activity completion: Require status").startswith("tick Passed")
    assert setting(words, "Number of attempts").startswith("Unlimited")
    assert "The score reached 50%." in words
    (words,) = sheets(tmp_path / "2004", change, "scorm2004-4th").values()
    assert setting(words, "Activity completion: Require status").startswith("tick Completed")


def test_it_says_where_the_report_counts_and_how_often_it_is_asked(tmp_path: Path) -> None:
    (words,) = sheets(tmp_path, with_follow_up(", in_completion: true, next_plan: next, rounds: 3")).values()
    assert "complete only with this report" in words
    assert "“Report back” was filled in and saved, which is asked for later." in words
    assert "3 reports at most" in words


def test_a_report_in_a_package_of_its_own_has_its_own_sheet_with_the_message(tmp_path: Path) -> None:
    found = sheets(tmp_path, with_follow_up(", delivery: separate"))
    assert set(found) == {"small-scorm12.trainer.html", "small-follow-up-scorm12.trainer.html"}
    assert "have your plan at hand" not in found["small-scorm12.trainer.html"]
    assert "Upload it as a second activity." in found["small-scorm12.trainer.html"]
    assert "have your plan at hand" in found["small-follow-up-scorm12.trainer.html"]


def test_without_a_follow_up_there_is_no_message(tmp_path: Path) -> None:
    (words,) = sheets(tmp_path, str).values()
    assert "The message" not in words


def test_it_is_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        sheets(tmp_path / name, with_follow_up(""))
    first, second = (tmp_path / name / "dist/small-scorm12.trainer.html" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("target", ["cmi5", "xapi", "web"])
def test_where_moodle_s_scorm_player_takes_no_such_package_its_settings_are_not_named(
    tmp_path: Path, target: str
) -> None:
    (words,) = sheets(tmp_path, with_follow_up(""), target).values()
    for name in ("Moodle", "Grading method", "Force new attempt", "SCORM"):
        assert name not in words
    assert "2 weeks after the session" in words, "the message is for every standard"
    assert ("learning platform" in words) == (target != "web")
