"""Everybody can use a session: no axe violation on any step, a whole session by keyboard, narrow and zoomed pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import SESSIONS, Platform, Site
from tests.browser.learner import Learner

RULES = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}"
)


COLOURS = "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}, resultTypes: ['violations']}"
"""What depends on the colours alone: enough for a page in the dark that was looked at in the light."""


def violations(frame: Frame, site: Site, rules: str = RULES) -> list[str]:
    """What axe finds on the page as it is now."""
    if not frame.evaluate("typeof axe !== 'undefined'"):
        # The page's policy lets no foreign script in; this one comes through the debugger.
        frame.evaluate((site.folder / "axe.js").read_text(encoding="utf-8") + "; undefined")
    found: list[dict[str, Any]] = frame.evaluate(f"axe.run(document, {rules}).then(result => result.violations)")
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("session", SESSIONS)
def test_axe_finds_nothing_on_any_step_before_and_after_answering(
    browser: Browser, site: Site, session: str, scheme: Any
) -> None:
    context = browser.new_context(
        base_url=site.address, color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    learner = Platform(page, site).play(session, "scorm12")
    rules = RULES if scheme == "light" else COLOURS
    found: dict[str, list[str]] = {}
    while True:
        step = learner.step.get_attribute("data-step") or ""
        if before := violations(learner.frame, site, rules):
            found[f"{step}, before"] = before
        if not learner.step.locator("[data-next]").count():
            break
        learner.answer_step()
        if after := violations(learner.frame, site, rules):
            found[f"{step}, after"] = after
        learner.go_next()
    assert found == {}
    learner.unit.locator("#exit").click()
    learner.unit.locator("#closing h2").wait_for()
    assert violations(learner.frame, site) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_trouble_and_on_the_sheet_of_what_is_sent(
    browser: Browser, site: Site, scheme: Any
) -> None:
    context = browser.new_context(base_url=site.address, color_scheme=scheme, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.clock.install()
    learner = Platform(page, site).play("who-are-our-customers", "scorm12", failure="session-lost")
    learner.go_to("plan")
    learner.answer_step()
    page.clock.run_for(20_000)
    learner.unit.get_by_role("button", name="Download my answers").first.wait_for()
    room = learner.frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] <= room[1]
    assert violations(learner.frame, site) == []
    learner.unit.locator("#exit").click()
    learner.unit.locator("#closing").get_by_role("button", name="Download my answers").wait_for()
    assert violations(learner.frame, site) == []
    page.goto(site.package("who-are-our-customers", "scorm12").replace("index.html", "what-is-sent.html"))
    room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] <= room[1]
    assert violations(page.main_frame, site) == []
    context.close()


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_or_scrolls_sideways_on_a_narrow_or_zoomed_page(
    browser: Browser, site: Site, session: str, width: int
) -> None:
    """320 CSS pixels are a small phone, and a 1280 pixel window at 400 % (WCAG 2.2, 1.4.10)."""
    context = browser.new_context(base_url=site.address, viewport={"width": width, "height": 256})
    learner = Platform(context.new_page(), site).play(session, "scorm12")
    for step in learner.steps:
        learner.go_to(step)
        room = learner.frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert room[0] <= room[1], step
    context.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focus_by_tab(page: Page, frame: Frame, selector: str) -> None:
    """Press Tab until the focus is on the element, as somebody without a mouse does."""
    for _ in range(400):
        if frame.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {selector}")


def test_a_whole_session_can_be_done_with_the_keyboard_alone(platform: Platform) -> None:
    page = platform.page
    learner = platform.play("who-are-our-customers", "scorm12")
    frame = learner.frame
    frame.evaluate("document.querySelector('.step.current h2').focus()")
    while learner.step.locator("[data-next]").count():
        for activity in learner.step.locator("[data-key]").all():
            by_keyboard(page, frame, learner, activity.get_attribute("data-key") or "")
        step = learner.step.get_attribute("data-step")
        focus_by_tab(page, frame, f".step[data-step='{step}'] [data-next]")
        page.keyboard.press("Enter")
        expect(learner.step).not_to_have_attribute("data-step", step or "")
        focused = frame.evaluate("document.activeElement.closest('.step.current') && document.activeElement.localName")
        assert focused == "h2", "after a change of step the focus is on its heading"
    focus_by_tab(page, frame, ".step.current [data-exit]")
    page.keyboard.press("Enter")
    expect(learner.unit.locator("#closing h2")).to_have_text("Everything is saved")
    assert learner.stored("cmi.core.lesson_status") == "completed"
    assert learner.refused == []


def by_keyboard(page: Page, frame: Frame, learner: Learner, key: str) -> None:
    """Do what an activity asks with keys only."""
    within = f"[data-key='{key}']"
    kind = frame.evaluate("selector => document.querySelector(selector).localName", within)
    keys = Keys(page, frame, learner, key, within)
    getattr(keys, kind.removeprefix("scormkit-").replace("-", "_"))()


@dataclass
class Keys:
    """Answers one activity with keys only."""

    page: Page
    frame: Frame
    learner: Learner
    key: str
    within: str

    def to(self, selector: str) -> None:
        """Tab to an element of the activity."""
        focus_by_tab(self.page, self.frame, f"{self.within} {selector}")

    def save(self) -> None:
        """Press the button that records the answer."""
        self.to("button[data-answer]")
        self.page.keyboard.press("Enter")

    def count(self, selector: str) -> int:
        """How many elements of the activity there are."""
        return self.learner.step.locator(f"{self.within} {selector}").count()

    def text(self) -> None:
        """It is read."""

    def sort(self) -> None:
        """It is not required; its selects are native."""

    def reveal(self) -> None:
        """Open all cards."""
        self.to("[data-all]")
        self.page.keyboard.press("Enter")

    def brainstorm(self) -> None:
        """Add entries, then compare each group."""
        self.to("input[type=text]")
        for entry in ("Neighbours", "Suppliers", "Colleagues", "Callers"):
            self.page.keyboard.type(entry)
            self.page.keyboard.press("Enter")
        self.to("[data-compare]")
        self.page.keyboard.press("Enter")
        for number in range(self.count("fieldset[data-group]")):
            self.to(f"fieldset[data-group]:nth-of-type({number + 1}) input")
            self.page.keyboard.press("Space")

    def open_text(self) -> None:
        """Pick topics where there are any, and write."""
        for number in range(self.count("[data-place]")):
            place = f"[data-number='{number + 1}']"
            if self.count(f"{place} select"):
                self.to(f"{place} select")
                press(self.page, *["ArrowDown"] * (number + 1))
            self.to(f"{place} textarea")
            self.page.keyboard.type("They come back and they tell others.")
        self.save()

    def multiple_choice(self) -> None:
        """Choose the right options: arrows between radios, the space bar on boxes."""
        for option in self.learner.data["activities"][self.key]["data"]["correct"]:
            if self.count("input[type=radio]"):
                self.to("input")
                self.page.keyboard.press("Space")
                for _ in range(10):
                    if self.frame.evaluate("value => document.activeElement.value === value", option):
                        break
                    self.page.keyboard.press("ArrowDown")
            else:
                self.to(f"input[value='{option}']")
                self.page.keyboard.press("Space")
        self.save()

    def form(self) -> None:
        """Fill in all texts."""
        for area in self.learner.step.locator(f"{self.within} textarea").all():
            focus_by_tab(self.page, self.frame, f"#{area.get_attribute('id')}")
            self.page.keyboard.type("Ring back within a day")
        self.save()


def test_the_focus_is_always_seen(platform: Platform) -> None:
    """Each element that takes the focus shows a ring and is not under a sticky part (WCAG 2.2, 2.4.7 and 2.4.11)."""
    page = platform.page
    page.set_viewport_size({"width": 360, "height": 500})
    learner = platform.play("who-are-our-customers", "scorm12")
    learner.go_to("check")
    frame = learner.frame
    for _ in range(40):
        page.keyboard.press("Tab")
        if not frame.evaluate("document.hasFocus() && document.activeElement !== document.body"):
            continue
        ring, seen = frame.evaluate(
            """() => {
                const element = document.activeElement, style = getComputedStyle(element);
                const box = element.getBoundingClientRect();
                const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10));
                const label = element.closest("label");
                const around = label ? getComputedStyle(label) : style;
                return [style.outlineStyle !== "none" || around.outlineStyle !== "none",
                        !!at && (element.contains(at) || at.contains(element) || !!label?.contains(at))];
            }"""
        )
        what = frame.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert ring, f"no ring: {what}"
        assert seen, f"covered: {what}"
