"""What a learner can keep and see again: a plan to download and to print, and a word where a platform has no room."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Platform


def test_the_plan_can_be_downloaded_as_text_with_every_answer(platform: Platform) -> None:
    learner = platform.play("who-are-our-customers", "scorm12")
    learner.go_to("plan")
    learner.answer_step()
    with platform.page.expect_download() as download:
        learner.step.get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    texts = [one["key"] for one in learner.data["interactions"] if one["type"] == "long-fill-in"]
    plan = [key for key in texts if key.startswith("action-plan.")]
    assert len(plan) == 3
    for key in plan:
        assert learner.said[key].splitlines()[0] in text


def test_the_plan_alone_is_printed(platform: Platform) -> None:
    learner = platform.play("who-are-our-customers", "scorm12")
    learner.go_to("plan")
    learner.answer_step()
    learner.frame.evaluate("window.print = () => { window.printed = document.body.dataset.print }")
    learner.step.get_by_role("button", name="Print").first.click()
    assert learner.frame.evaluate("window.printed") == "action-plan"


def incompressible(key: str) -> str:
    """Text that no packer makes shorter, three bytes a character, another for each field."""
    source = random.Random(key)  # noqa: S311 - an example text
    return "".join(chr(source.randrange(0x4E00, 0x9FA5)) for _ in range(400))


@pytest.mark.parametrize("session", ["who-are-our-customers", "customer-pathways"])
def test_where_the_platform_has_too_little_room_the_trainer_gets_all_and_the_learner_is_told(
    platform: Platform, session: str
) -> None:
    learner = platform.play(session, "scorm12")
    learner.write = incompressible
    learner.work_through()
    learner.wait_until_stored()
    assert learner.refused == [], "not one value was too long for the platform"
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert len(learner.stored("cmi.suspend_data") or "") <= 4096
    told = learner.unit.locator(".notice", has_text="recorded in full")
    assert told.count() > 0
    platform.page.evaluate("lms.leave()")
    platform.page.evaluate("localStorage.clear()")  # on another device: this one has a copy
    learner.come_back()
    learner.go_to("plan")
    assert learner.step.locator("textarea").first.input_value(), "what the learner is going to do is the last to go"
    first = "reflect" if session == "who-are-our-customers" else "activity"
    learner.go_to(first)
    expect(learner.step.get_by_text("no room").first).to_be_visible()
    assert learner.refused == []
