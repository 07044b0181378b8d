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
    learner.work_through()
    learner.wait_until_stored()
    assert learner.refused == []
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert all(answers[one["key"]] for one in learner.data["interactions"] if one["type"] not in {"long-fill-in"})
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
