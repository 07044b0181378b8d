"""The loop: a plan is made, comes back when it is due, and is joined to what became of it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import CLOCK, ROOT, Platform, Site
from tests.browser.learner import Learner
from tests.browser.test_everybody import COLOURS, RULES, focus_by_tab, press, violations

CUSTOMERS, PATHWAYS = "who-are-our-customers", "customer-pathways"
BOTH = ("scorm12", "scorm2004-4th")


def status_of(learner: Learner, target: str) -> str | None:
    return learner.stored("cmi.core.lesson_status" if target == "scorm12" else "cmi.completion_status")


def finish(learner: Learner) -> None:
    """Do everything and leave by the button."""
    learner.work_through()
    learner.wait_until_stored()
    learner.step.locator("[data-exit]").click()
    learner.unit.locator("#closing h2").wait_for()


def make_plan(learner: Learner) -> None:
    """Make the plan, nothing else."""
    learner.go_to("plan")
    learner.answer_step()
    learner.wait_until_stored()


def leave(learner: Learner) -> None:
    learner.unit.locator("#exit").click()
    learner.unit.locator("#closing h2").wait_for()


def shown_reports(learner: Learner) -> list[str]:
    found: list[str] = learner.step.locator("scormkit-form:visible").evaluate_all(
        "forms => forms.map(form => form.dataset.key)"
    )
    return found


@pytest.mark.parametrize("target", BOTH)
@pytest.mark.parametrize("session", [CUSTOMERS, PATHWAYS])
def test_the_plan_comes_back_when_it_is_due_and_the_report_arrives_beside_it(
    platform: Platform, session: str, target: str
) -> None:
    days = 14 if session == CUSTOMERS else 21
    learner = platform.play(session, target, restores="suspended")
    finish(learner)
    assert status_of(learner, target) == "completed"
    planned = learner.answers()

    learner.days_pass(days - 1)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", "_finish")
    learner.go_to("_follow-up")
    assert shown_reports(learner) == [], "the day before, it waits"
    expect(learner.step.locator("[data-when]")).to_contain_text("on you will be asked")
    leave(learner)

    learner.days_pass(days)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", "_follow-up")
    expect(learner.step.locator("[data-when]")).to_contain_text("time to look back")
    first = "action-plan.action" if session == CUSTOMERS else "action-plan.decision"
    expect(learner.step.locator(".follow-up-plan")).to_contain_text(learner.said[first].splitlines()[0])
    learner.report_back()
    learner.wait_until_stored()
    answers = learner.answers()
    reported = {key: text for key, text in learner.said.items() if key.startswith("follow-up.round-1.")}
    assert len(reported) >= 4
    assert {key: answers[key] for key in reported} == reported
    assert answers["follow-up.round-1.outcome"] == "I did what I planned"
    assert {key: text for key, text in answers.items() if not key.startswith("follow-up.")} == {
        key: text for key, text in planned.items() if not key.startswith("follow-up.")
    }, "nothing that was answered before is touched"
    assert status_of(learner, target) == "completed"
    assert learner.refused == []


def test_it_can_be_told_before_it_is_due(platform: Platform) -> None:
    learner = platform.play(CUSTOMERS, "scorm12")
    make_plan(learner)
    learner.come_back()
    learner.go_to("_follow-up")
    now = learner.step.get_by_role("button", name="Report now")
    now.focus()
    platform.page.keyboard.press("Enter")
    assert learner.frame.evaluate("document.activeElement.querySelector('[data-key]').dataset.key") == (
        "follow-up.round-1"
    )
    learner.report_back()
    expect(learner.step.locator("[data-when]")).to_contain_text("nothing more will be asked")
    learner.wait_until_stored()
    assert learner.refused == []


def test_without_a_saved_plan_it_leads_to_the_plan(platform: Platform) -> None:
    learner = platform.play(CUSTOMERS, "scorm12")
    learner.go_to("_follow-up")
    assert shown_reports(learner) == []
    expect(learner.step.locator("[data-when]")).to_contain_text("not saved one yet")
    learner.step.get_by_role("button", name="Go to my plan").click()
    expect(learner.step).to_have_attribute("data-step", "plan")


@pytest.mark.parametrize("target", BOTH)
def test_a_next_plan_is_asked_about_again_and_overwrites_no_report(platform: Platform, target: str) -> None:
    learner = platform.play(PATHWAYS, target, restores="suspended")
    make_plan(learner)
    learner.days_pass(21)
    learner.come_back()
    learner.report_back()
    expect(learner.step.locator("[data-when]")).to_contain_text("what became of your next plan")
    learner.wait_until_stored()
    first = learner.answers()
    leave(learner)

    learner.days_pass(41)
    learner.come_back()
    learner.go_to("_follow-up")
    assert shown_reports(learner) == ["follow-up.round-1"]
    leave(learner)
    learner.days_pass(42)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", "_follow-up")
    assert shown_reports(learner) == ["follow-up.round-2", "follow-up.round-1"]
    expect(learner.step.locator(".follow-up-plan")).to_contain_text(
        learner.said["follow-up.round-1.now-intend"].splitlines()[0]
    )
    learner.write = lambda key: f"The second time: {key}"
    learner.report_back()
    learner.wait_until_stored()
    answers = learner.answers()
    assert {key: text for key, text in answers.items() if ".round-2." not in key} == {
        key: text for key, text in first.items() if ".round-2." not in key
    }
    assert "The second time" in answers["follow-up.round-2.result"]
    expect(learner.step.locator("[data-when]")).to_contain_text("nothing more will be asked")
    assert learner.refused == []


@pytest.mark.parametrize("target", BOTH)
def test_a_report_that_was_begun_is_there_again(platform: Platform, target: str) -> None:
    learner = platform.play(CUSTOMERS, target, restores="suspended")
    make_plan(learner)
    learner.days_pass(20)
    learner.come_back()
    learner.step.locator("textarea:visible").first.fill("Half a report")
    learner.step.locator("h2").first.click()
    learner.wait_until_stored()
    # The clock of the device is put right, or wrong: what was begun stays open.
    learner.days_pass(-3000)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", "_follow-up")
    expect(learner.step.locator("textarea:visible").first).to_have_value("Half a report")


def test_a_clock_that_was_years_ahead_does_not_put_the_report_off_for_years(platform: Platform) -> None:
    learner = platform.play(CUSTOMERS, "scorm12")
    learner.days_pass(3000)
    learner.come_back()
    make_plan(learner)
    learner.days_pass(0)
    learner.come_back()
    learner.wait_until_stored()
    learner.days_pass(14)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", "_follow-up")
    assert len(shown_reports(learner)) == 1


@pytest.mark.parametrize("target", BOTH)
def test_moodle_launches_what_is_complete_for_looking_back_and_still_gets_the_report(
    platform: Platform, target: str
) -> None:
    learner = platform.play(CUSTOMERS, target, fake="moodle", limits="moodle")
    finish(learner)
    score = learner.stored("cmi.core.score.raw" if target == "scorm12" else "cmi.score.raw")
    learner.days_pass(14)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", "_follow-up")
    expect(learner.unit.locator("#save-line")).to_contain_text("Only your report")
    assert learner.unit.locator("[data-step=plan] textarea").first.is_disabled()
    learner.report_back()
    learner.unit.locator("#save-line").filter(has_text="Saved").wait_for()
    leave(learner)
    expect(learner.unit.locator("#closing h2")).to_have_text("Everything is saved")
    answers = learner.tab.evaluate("lms.stored('cmi.suspend_data')")
    assert answers
    learner.come_back()
    learner.go_to("_follow-up")
    expect(learner.step.locator("[data-when]")).to_contain_text("nothing more will be asked")
    stored = learner.answers()
    for key in ("follow-up.round-1.action", "follow-up.round-1.outcome", "follow-up.round-1.result"):
        assert stored[key] == learner.said[key]
    assert status_of(learner, target) == "completed"
    assert learner.stored("cmi.core.score.raw" if target == "scorm12" else "cmi.score.raw") == score
    assert learner.refused == []


def test_an_lms_that_forgets_what_came_on_looking_back_gets_it_again(platform: Platform) -> None:
    """The report was confirmed, but is not there at the next launch: this device still has it."""
    learner = platform.play(CUSTOMERS, "scorm12", fake="moodle", limits="moodle")
    finish(learner)
    before = learner.tab.evaluate("JSON.stringify(lms.record)")
    learner.days_pass(14)
    learner.come_back()
    learner.report_back()
    learner.unit.locator("#save-line").filter(has_text="Saved").wait_for()
    leave(learner)
    learner.tab.evaluate("before => { lms.record.attempts.splice(0, 9, ...JSON.parse(before).attempts) }", before)
    learner.come_back()
    learner.unit.locator("#save-line").filter(has_text="Saved").wait_for()
    assert learner.answers()["follow-up.round-1.result"] == learner.said["follow-up.round-1.result"]


@pytest.mark.parametrize("target", BOTH)
def test_where_the_report_counts_the_unit_is_complete_with_it_and_not_before(
    platform: Platform, site: Site, tmp_path: Path, target: str
) -> None:
    address = packaged(site, tmp_path, target, lambda text: text.replace("form: report-back}", COUNTS))
    learner = platform.play_at(f"{address}/index.html", target, restores="suspended")
    learner.work_through()
    learner.wait_until_stored()
    assert status_of(learner, target) == "incomplete"
    missing = learner.step.locator(".unit-missing")
    expect(missing).to_contain_text("Report back")
    missing.get_by_role("link").click()
    expect(learner.step).to_have_attribute("data-step", "_follow-up")
    learner.report_back()
    learner.wait_until_stored()
    assert status_of(learner, target) == "completed"
    assert learner.refused == []


@pytest.mark.parametrize("target", BOTH)
def test_a_package_of_its_own_asks_for_the_plan_and_is_complete_with_the_report(
    platform: Platform, site: Site, tmp_path: Path, target: str
) -> None:
    address = packaged(site, tmp_path, target, lambda text: text.replace("form: report-back}", APART))
    learner = platform.play_at(f"{address}-follow-up/index.html", target)
    learner.wait_until_stored()
    assert status_of(learner, target) == "incomplete"
    assert shown_reports(learner) == ["follow-up.plan", "follow-up.round-1"]
    for activity in learner.step.locator("scormkit-form").all():
        learner.answer(activity)
    learner.wait_until_stored()
    assert status_of(learner, target) == "completed"
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert learner.refused == []
    assert violations(learner.frame, site) == []
    learner.tab.evaluate("address => lms.play(address)", f"{address}/index.html")
    learner.wait_until_ready()
    assert "_follow-up" not in learner.steps


def test_a_course_in_one_unit_asks_for_the_report_of_each_session(platform: Platform) -> None:
    learner = platform.play_at("/customer-care-scorm2004-4th/index.html", "scorm2004-4th")
    for session in (CUSTOMERS, PATHWAYS):
        learner.go_to(f"{session}.plan")
        learner.answer_step()
    learner.wait_until_stored()
    learner.days_pass(14)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", f"{CUSTOMERS}._follow-up")
    learner.report_back(f"{CUSTOMERS}._follow-up")
    learner.go_to(f"{PATHWAYS}._follow-up")
    assert shown_reports(learner) == [], "three weeks are not over"
    learner.wait_until_stored()
    learner.days_pass(21)
    learner.come_back()
    expect(learner.step).to_have_attribute("data-step", f"{PATHWAYS}._follow-up")
    learner.report_back(f"{PATHWAYS}._follow-up")
    learner.wait_until_stored()
    answers = learner.answers()
    assert {key: answers[key] for key in learner.said} == learner.said
    assert learner.refused == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_the_follow_up(browser: Browser, site: Site, scheme: Any) -> None:
    context = browser.new_context(
        base_url=site.address, color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900}
    )
    context.add_init_script(CLOCK)
    learner = Platform(context.new_page(), site).play(PATHWAYS, "scorm12")
    found = {}

    def look(state: str) -> None:
        if problems := violations(learner.frame, site, RULES if scheme == "light" else COLOURS):
            found[state] = problems

    learner.go_to("_follow-up")
    look("no plan")
    make_plan(learner)
    look("a plan with reminders")
    learner.go_to("_finish")
    look("the end")
    learner.go_to("_follow-up")
    look("not due")
    learner.days_pass(21)
    learner.come_back()
    look("due")
    learner.step.get_by_role("button", name="Save my report").click()
    look("something is missing")
    learner.report_back()
    look("reported")
    learner.wait_until_stored()
    learner.days_pass(42)
    learner.come_back()
    look("the second round")
    leave(learner)
    look("left")
    context.close()
    assert found == {}


def test_all_of_it_works_by_keyboard_on_a_narrow_page(platform: Platform) -> None:
    page = platform.page
    page.set_viewport_size({"width": 320, "height": 640})
    learner = platform.play(CUSTOMERS, "scorm12")
    make_plan(learner)
    learner.go_to("_follow-up")
    frame = learner.frame
    assert frame.evaluate("document.documentElement.scrollWidth") <= 320
    focus_by_tab(page, frame, "[data-now]")
    page.keyboard.press("Enter")
    report = "[data-key='follow-up.round-1']"
    focus_by_tab(page, frame, f"{report} input[type=radio]")
    press(page, "Space", "ArrowDown")
    focus_by_tab(page, frame, f"{report} textarea")
    page.keyboard.type("I rang back twice.")
    focus_by_tab(page, frame, f"{report} button[data-answer]")
    page.keyboard.press("Enter")
    assert frame.evaluate("document.activeElement.matches('[data-saved]')"), "the focus goes to the confirmation"
    focus_by_tab(page, frame, f"{report} [data-prints]")
    assert frame.evaluate("document.documentElement.scrollWidth") <= 320
    learner.wait_until_stored()
    assert learner.answers()["follow-up.round-1.outcome"] == "I did part of it"


def test_a_plan_becomes_a_file_for_the_calendar(platform: Platform) -> None:
    learner = platform.play(CUSTOMERS, "scorm12")
    make_plan(learner)
    with platform.page.expect_download() as download:
        learner.step.get_by_role("button", name="Add to my calendar").click()
    assert download.value.suggested_filename.endswith(".ics")
    lines = Path(download.value.path()).read_bytes().decode().replace("\r\n ", "").split("\r\n")
    day = learner.said["action-plan.by"].replace("-", "")
    assert lines.count(f"DTSTART;VALUE=DATE:{day}") == 2, "the day of the plan and of the report, here the same"
    assert [line for line in lines if line.startswith("DESCRIPTION") and "I ring back" in line]


def test_a_plan_can_be_copied_by_hand_where_the_platform_allows_no_clipboard(platform: Platform) -> None:
    learner = platform.play(CUSTOMERS, "scorm12")
    make_plan(learner)
    # Many platforms' frames do not allow the clipboard.
    learner.frame.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); undefined")
    learner.step.get_by_role("button", name="Copy as text").click()
    field = learner.step.locator("[data-saved] textarea")
    expect(field).to_be_focused()
    assert learner.said["action-plan.because"].splitlines()[0] in field.input_value()


COUNTS = "form: report-back, in_completion: true}"
APART = "form: report-back, delivery: separate}"


def packaged(site: Site, folder: Path, target: str, change: Callable[[str], str]) -> str:
    """The first session with another follow-up, in a course of its own; the address of its package."""
    source = folder / "changed"
    shutil.copytree(ROOT / "content/customer-care", source)
    for file, edit in ((source / CUSTOMERS / "session.yaml", change), (source / "course.yaml", only_one)):
        text = file.read_text(encoding="utf-8")
        changed = edit(text)
        assert changed != text
        file.write_text(changed, encoding="utf-8")
    made = build([source], [targets()[target]], folder / "dist")
    place = folder.name
    for one in made.packages:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(site.folder / place / one.path.stem.replace(f"-{target}", ""))
    return f"/{place}/customer-care-{CUSTOMERS}"


def only_one(course: str) -> str:
    return course.replace(f", {PATHWAYS}]", "]").replace(f"[{CUSTOMERS}, ", "[")
