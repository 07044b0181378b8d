"""The sample courses, played to the end with arbitrary answers in every target: complete, and nothing is lost."""

from __future__ import annotations

import pytest
import yaml

from tests.browser.conftest import ROOT, SESSIONS, TARGETS, Platform
from tests.browser.hands import Hands
from tests.browser.test_play import ALL_FIELDS

UNITS = tuple(
    f"{about.parent.name}-{name}"
    for about in sorted((ROOT / "content").glob("*/course.yaml"))
    for name in yaml.safe_load(about.read_text(encoding="utf-8"))["sessions"]
    if name not in SESSIONS
)
"""Every session but those that are played answer by answer elsewhere."""

SHOWN_AGAIN = "() => [...document.querySelectorAll('[data-earlier]')].map(place => place.textContent)"
NOTHING_SHOWN = "() => document.querySelectorAll('[data-earlier]:not(:has(blockquote))').length"
"""Places for what was answered in an earlier step, where none of it stands."""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_session_is_completed_and_there_again_with_no_call_refused(
    platform: Platform, unit: str, target: str
) -> None:
    learner = platform.play_at(f"/{unit}-{target}/index.html", target)
    hands = Hands(learner.tab, learner.frame)
    # The page is used in the same way in every target; what differs is what becomes of the answers.
    answer = hands.answer if target == TARGETS[0] else hands.answer_at_once
    while learner.step.locator("[data-next]").count():
        for activity in learner.step.locator("[data-key]").all():
            answer(activity)
        learner.go_next()
    learner.wait_until_stored()
    assert hands.done > 5
    assert learner.refused == []
    status = "cmi.core.lesson_status" if target == "scorm12" else "cmi.completion_status"
    assert learner.stored(status) == "completed"

    assert learner.frame.evaluate(NOTHING_SHOWN) == 0
    fields, shown = learner.frame.evaluate(ALL_FIELDS), learner.frame.evaluate(SHOWN_AGAIN)
    learner.come_back()
    assert learner.frame.evaluate(SHOWN_AGAIN) == shown
    assert learner.frame.evaluate(ALL_FIELDS) == fields
    assert learner.stored(status) == "completed"
    assert learner.refused == []
