"""Both sessions, played to the end in every target on strict platforms: nothing refused, nothing lost."""

from __future__ import annotations

import pytest

from tests.browser.conftest import SESSIONS, TARGETS, Platform


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("target", TARGETS)
def test_every_answer_arrives_whole_and_is_there_again_with_no_call_refused(
    platform: Platform, session: str, target: str
) -> None:
    learner = platform.play(session, target)
    learner.pointer = True
    learner.work_through()
    learner.wait_until_stored()
    assert learner.refused == []
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    asked = {one["key"] for one in learner.data["interactions"]}
    places_left_free = {key for key in asked if key.startswith("my-part.") and key not in learner.said}
    still_to_come = {key for key in asked if key.startswith("follow-up.")}
    assert {key for key in asked if not answers[key]} == places_left_free | still_to_come, "nothing else was left out"
    status = "cmi.core.lesson_status" if target == "scorm12" else "cmi.completion_status"
    assert learner.stored(status) == "completed"
    raw = "cmi.core.score.raw" if target == "scorm12" else "cmi.score.raw"
    assert learner.stored(raw) == "100"

    texts = learner.frame.evaluate(ALL_FIELDS)
    step = learner.step.get_attribute("data-step")
    learner.come_back()
    learner.unit.locator(f".step.current[data-step='{step}']").wait_for()
    assert learner.frame.evaluate(ALL_FIELDS) == texts
    assert learner.stored(status) == "completed"
    assert learner.refused == []


ALL_FIELDS = """
[...document.querySelectorAll("textarea, input, select")].map(field =>
  [field.id || field.name + field.value, /checkbox|radio/.test(field.type) ? field.checked : field.value])
"""


def test_a_course_in_one_package_is_one_unit_with_a_menu_in_2004(platform: Platform) -> None:
    learner = platform.play_at("/customer-care-scorm2004-4th/index.html", "scorm2004-4th")
    for session in SESSIONS:
        learner.go_to("_start")
        learner.step.locator(f".menu a[href*='{session}']").click()
        while learner.step.get_attribute("data-of") == session:
            learner.answer_step()
            learner.go_next()
    learner.go_to("_finish")
    learner.wait_until_stored()
    assert learner.refused == []
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert {key.partition(".")[0] for key in learner.said} == set(SESSIONS)
    assert learner.stored("cmi.completion_status") == "completed"


@pytest.mark.parametrize("session", SESSIONS)
def test_a_course_in_one_package_is_several_scos_in_12_each_complete_in_itself(
    platform: Platform, session: str
) -> None:
    learner = platform.play_at(f"/customer-care-scorm12/{session}.html", "scorm12")
    learner.work_through()
    learner.wait_until_stored()
    assert learner.refused == []
    assert learner.stored("cmi.core.lesson_status") == "completed"
