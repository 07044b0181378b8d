"""What goes wrong on real platforms: late, mute, foreign, forgetful ones, and tabs that die."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import TARGETS, Platform, Site, standard_of
from tests.browser.learner import Learner

SESSION = "who-are-our-customers"
BOTH = ("scorm12", "scorm2004-4th")


def status(learner: Learner, target: str) -> str | None:
    return learner.stored("cmi.core.lesson_status" if target == "scorm12" else "cmi.completion_status")


@pytest.mark.parametrize("target", TARGETS)
def test_opening_and_closing_completes_nothing(platform: Platform, target: str) -> None:
    learner = platform.play(SESSION, target)
    platform.page.evaluate("lms.leave()")
    assert status(learner, target) == "incomplete"
    assert learner.refused == []


@pytest.mark.parametrize("target", TARGETS)
def test_leaving_in_the_middle_ends_the_run_once_with_everything_answered(platform: Platform, target: str) -> None:
    learner = platform.play(SESSION, target)
    learner.go_next()
    learner.answer_step()
    platform.page.evaluate("lms.leave()")
    counts = platform.page.evaluate("lms.counts")
    assert counts.get("LMSFinish", counts.get("Terminate")) == 1
    assert learner.refused == []
    learner.come_back()
    learner.unit.locator(".step.current[data-step='activity']").wait_for()
    for text in learner.said["customer-groups"].split("\n"):
        expect(learner.step).to_contain_text(text)


@pytest.mark.parametrize("target", BOTH)
def test_a_tab_that_is_killed_at_any_step_loses_nothing_that_was_answered(
    context: BrowserContext, site: Site, target: str
) -> None:
    """Each step is answered in a tab that dies at once: no pagehide, no commit. The next tab has it all."""
    context.add_init_script(MORTAL)
    said: dict[str, str] = {}
    steps: list[str] = []
    number = 0
    while not steps or number < len(steps) - 1:
        tab = context.new_page()
        query = "&".join(f"{key}={value}" for key, value in {**standard_of(target), "keep": "record"}.items())
        tab.goto(f"/player.html?{query}")
        learner = Learner(tab, said)
        learner.open(site.package(SESSION, target))
        steps = learner.steps
        learner.go_to(steps[number])
        learner.answer_step()
        kill(tab)
        number += 1
    tab = context.new_page()
    tab.goto(f"/player.html?{query}")
    learner = Learner(tab, said)
    learner.open(site.package(SESSION, target))
    learner.wait_until_stored()
    answers = learner.answers()
    assert {key: answers[key] for key in said} == said
    assert learner.refused == []


MORTAL = """
for (const name of ["pagehide", "visibilitychange", "beforeunload", "unload"]) {
  window.addEventListener(name, (event) => { if (window.dead) event.stopImmediatePropagation(); }, true);
}
"""
"""Runs before anything of the page: once a window is dead, nothing that its page does at the end is called."""


def kill(tab: Page) -> None:
    """End a tab as a crash does: nothing in it runs any more, no handler, no commit."""
    for frame in tab.frames:
        frame.evaluate("window.dead = true")
    tab.close()


@pytest.mark.parametrize("target", BOTH)
def test_a_platform_that_answers_nothing_gets_everything_all_the_same(platform: Platform, target: str) -> None:
    learner = platform.play(SESSION, target, fake="mute")
    learner.work_through()
    learner.wait_until_stored()
    assert learner.refused == []
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert status(learner, target) == "completed"
    learner.come_back()
    platform.page.evaluate("lms.leave()")
    assert status(learner, target) == "completed"


@pytest.mark.parametrize("target", BOTH)
def test_a_platform_that_comes_late_is_found(platform: Platform, target: str) -> None:
    learner = platform.play(SESSION, target, late="1500")
    learner.go_next()
    learner.answer_step()
    learner.wait_until_stored()
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert learner.refused == []


@pytest.mark.parametrize("target", BOTH)
def test_where_both_standards_are_there_only_its_own_is_used(platform: Platform, target: str) -> None:
    learner = platform.play(SESSION, target, both="1")
    learner.go_next()
    platform.page.evaluate("lms.leave()")
    methods = platform.page.evaluate("Object.keys(lms.counts)")
    assert all(method.startswith("LMS") == (target == "scorm12") for method in methods)


@pytest.mark.parametrize("target", BOTH)
def test_without_a_platform_the_page_says_so_and_works(page: Page, site: Site, target: str) -> None:
    page.clock.install()
    page.goto(site.package(SESSION, target))
    page.locator("html[data-activities=ready]").wait_for(state="attached")
    page.clock.run_for(20_000)
    expect(page.locator("#notices")).to_contain_text("not being recorded")
    page.locator(".step.current [data-next]").click()
    page.locator(".step.current input[type=text]").first.fill("Neighbours")
    page.locator(".step.current input[type=text]").first.press("Enter")
    expect(page.locator(".step.current .entries")).to_contain_text("Neighbours")


@pytest.mark.parametrize("target", BOTH)
def test_in_a_frame_of_another_origin_the_page_says_that_nothing_is_recorded(
    page: Page, site: Site, target: str
) -> None:
    page.clock.install()
    page.goto(f"/player.html?standard={standard_of(target)['standard']}")
    page.evaluate("address => void lms.play(address)", site.other + site.package(SESSION, target))
    unit = page.frame_locator("iframe")
    unit.locator("html[data-activities=ready]").wait_for(state="attached")
    page.clock.run_for(20_000)
    expect(unit.locator("#notices")).to_contain_text("not being recorded")


@pytest.mark.parametrize("mode", ["review", "browse"])
@pytest.mark.parametrize("target", BOTH)
def test_looking_back_shows_everything_and_writes_nothing(platform: Platform, target: str, mode: str) -> None:
    learner = platform.play(SESSION, target)
    learner.go_next()
    learner.answer_step()
    learner.wait_until_stored()
    platform.page.evaluate("lms.leave()")
    before = platform.page.evaluate("JSON.stringify(lms.record)")
    learner.come_back(mode=mode)
    learner.go_to("activity")
    for text in learner.said["customer-groups"].split("\n"):
        expect(learner.step).to_contain_text(text)
    for field in learner.step.locator("input, textarea, select").all():
        expect(field).to_be_disabled()
    learner.go_to("reflect")
    platform.page.evaluate("lms.leave()")
    calls = platform.page.evaluate("lms.calls.filter(call => call.launch === lms.launches)")
    written = {call["element"] for call in calls if "SetValue" in call["method"]}
    assert written <= {"cmi.core.exit", "cmi.exit"}, "only that the attempt stays as it is may be said"
    assert platform.page.evaluate("JSON.stringify(lms.record)") == before


FAULTS = ("commit-refused", "session-lost", "throws", "offline")


@pytest.mark.parametrize("fake", ["strict", "moodle"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("target", BOTH)
def test_what_could_not_be_saved_is_told_and_arrives_once_the_platform_is_back(
    platform: Platform, target: str, fault: str, fake: str
) -> None:
    page = platform.page
    page.clock.install()
    learner = platform.play(SESSION, target, fake=fake)
    learner.go_to("reflect")
    page.clock.run_for(3000)
    page.evaluate("failure => { lms.fault.failure = failure }", fault)
    page.context.set_offline(fault == "offline")
    learner.answer_step()
    page.clock.run_for(3000)
    line = learner.unit.locator("#save-line")
    expect(line).to_contain_text("Not yet saved")
    page.clock.run_for(30_000)
    page.evaluate("lms.fault.failure = 'none'")
    page.context.set_offline(False)
    page.clock.run_for(130_000)
    expect(line).to_contain_text("Saved")
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said


@pytest.mark.parametrize("target", BOTH)
def test_what_could_not_be_saved_before_the_tab_closed_arrives_at_the_next_launch(
    platform: Platform, target: str
) -> None:
    learner = platform.play(SESSION, target)
    learner.go_to("plan")
    learner.wait_until_stored()
    platform.page.evaluate("lms.fault.failure = 'session-lost'")
    learner.answer_step()
    platform.page.evaluate("lms.leave()")
    platform.page.evaluate("lms.fault.failure = 'none'")
    learner.come_back()
    learner.wait_until_stored()
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said


def test_another_learner_on_the_same_computer_sees_nothing(platform: Platform) -> None:
    learner = platform.play(SESSION, "scorm12")
    learner.go_to("plan")
    platform.page.evaluate("lms.fault.failure = 'session-lost'")
    learner.answer_step()
    platform.page.evaluate("lms.leave()")
    other = platform.play(SESSION, "scorm12", learner="learner-2")
    other.go_to("plan")
    for field in other.step.locator("textarea").all():
        expect(field).to_have_value("")


@pytest.mark.parametrize("target", BOTH)
def test_a_score_of_an_earlier_visit_is_not_lowered(platform: Platform, target: str) -> None:
    learner = platform.play(SESSION, target)
    learner.go_to("check")
    learner.answer_step()
    learner.wait_until_stored()
    learner.come_back()
    learner.go_to("check")
    first = learner.step.locator("scormkit-multiple-choice").first
    wrong = first.locator("input:not(:checked)").first
    wrong.check()
    first.locator("button[data-answer]").click()
    learner.wait_until_stored()
    assert learner.stored("cmi.core.score.raw" if target == "scorm12" else "cmi.score.raw") == "100"
