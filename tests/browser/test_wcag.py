"""WCAG 2.2 AA where axe cannot look: every kind and the page around it, measured before and after answering.

A page is opened once for all its measures. Each complaint names the step that it was seen on.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from scormkit.activities import KINDS
from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import ROOT, Site, bundled
from tests.browser.hands import Hands
from tests.browser.test_everybody import violations
from tests.browser.test_kinds import write_session
from tests.browser.test_quiz import SESSION as ASKED

WHOLE = {"asked": "web", "customer-care-who-are-our-customers": "web", "customer-care-customer-pathways": "scorm12"}
"""Sessions of which every step is looked at: results, plan, report. The last one finds no platform and says so."""
WIDE, NARROW, ZOOMED = (1280, 720), (320, 640), (320, 256)
"""Pixels: a desk, a small phone, a desk at 400 %."""
STICKY, LOOSE = (600, 560), (600, 480)
"""Windows in which the bar lies above the text, and in which it scrolls away."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all pages, each package in a folder of its name."""
    folder = tmp_path_factory.mktemp("wcag")
    kinds = [write_session(kind, folder / "kinds" / kind) for kind in KINDS.names()]
    (folder / "asked").mkdir()
    (folder / "asked/session.yaml").write_text(ASKED, encoding="utf-8")
    care = ROOT / "content/customer-care"
    made = [
        *build([*kinds, folder / "asked", care], [targets()["web"]], folder / "dist").packages,
        *build([care], [targets()["scorm12"]], folder / "dist").packages,
    ]
    for one in made:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(folder / one.path.stem)
    bundled(ROOT / "tests/browser/wcag.ts", folder / "wcag.js", "wcag")
    shutil.copy(ROOT / "node_modules/axe-core/axe.min.js", folder / "axe.js")
    return folder


@pytest.fixture(scope="module")
def window(browser: Browser, shelf: Path) -> Iterator[BrowserContext]:
    """One profile for all pages."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(path=shelf / "wcag.js")
    yield context
    context.close()


@dataclass(frozen=True)
class Sight:
    """A page that is looked at, as it opens or with everything answered."""

    page: Page
    steps: tuple[str, ...]
    answered: bool

    def look(self, size: tuple[int, int], *measures: str) -> dict[str, list[str]]:
        """What the measures of wcag.ts complain of, by step."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        found: dict[str, list[str]] = {}
        for step in self.walk():
            for measure in measures:
                if complaints := self.page.evaluate(f"wcag.{measure}()"):
                    found[f"{step}, {measure}, {size[0]} px"] = complaints
        return found

    def walk(self) -> Iterator[str]:
        """Each step, with the list of steps open over the first where it opens and closes."""
        for step in self.steps:
            self.page.evaluate("step => document.querySelector(`.steps-list [data-go-step='${step}']`).click()", step)
            self.page.locator(f".step.current[data-step='{step}']").wait_for()
            yield step
            button = self.page.locator(".steps-button")
            if step == self.steps[0] and button.is_visible():
                button.evaluate("button => button.click()")
                yield "the list of steps"
                button.evaluate("button => button.click()")


IMPATIENT = "const now = performance.now.bind(performance); performance.now = () => 20 * now();"
"""By the page's clock a platform that is not there was soon looked for long enough."""


def opened(window: BrowserContext, shelf: Path, name: str, *, answered: bool) -> Sight:
    folder = shelf / f"{name}-{WHOLE[name]}" if name in WHOLE else shelf / f"kind-{name}-web"
    page = window.new_page()
    page.set_default_timeout(10_000)
    alone = WHOLE.get(name, "web") != "web"
    if alone:
        page.add_init_script(IMPATIENT)
    page.goto((folder / "index.html").as_uri())
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("html[data-activities=ready]").wait_for(state="attached")
    if alone:
        page.locator("#notices").get_by_text("not being recorded").wait_for()  # or it would come between two pictures
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")  # what is missing
    steps = page.evaluate("scormkitPage.unit.steps.map(({ id }) => id)")
    sight = Sight(page, tuple(steps) if name in WHOLE else ("try",), answered)
    if answered:
        hands = Hands(page, page.main_frame)
        for step in sight.walk():
            for activity in page.locator(f".step.current[data-step='{step}'] [data-key]").all():
                hands.answer_at_once(activity)
    return sight


SEEN = [(name, answered) for name in (*KINDS.names(), *WHOLE) for answered in (False, True)]


@pytest.fixture(scope="module", params=SEEN, ids=lambda seen: f"{seen[0]}-{'answered' if seen[1] else 'opened'}")
def sight(window: BrowserContext, shelf: Path, request: pytest.FixtureRequest) -> Iterator[Sight]:
    """A page; the tests of one page run one after the other."""
    name, answered = request.param
    seen = opened(window, shelf, name, answered=answered)
    yield seen
    seen.page.close()


def test_nothing_is_lost_when_a_reader_spaces_text(sight: Sight) -> None:
    """1.4.12: lines 1.5, paragraphs 2, letters 0.12, words 0.16."""
    assert sight.look(WIDE, "cut") == {}, "as it is designed"
    plain = [sight.page.evaluate("wcag.controls()") for _ in sight.walk()]
    sight.page.evaluate("wcag.space(true)")
    try:
        assert sight.look(WIDE, "cut", "wide") == {}
        assert [sight.page.evaluate("wcag.controls()") for _ in sight.walk()] == plain
        assert sight.look(NARROW, "cut", "wide") == {}
    finally:
        sight.page.evaluate("wcag.space(false)")


def test_every_target_has_24_pixels_or_room_around_it(sight: Sight) -> None:
    """2.5.8."""
    assert sight.look(WIDE, "small") == {}
    assert sight.look(NARROW, "small") == {}


def test_nothing_is_cut_or_scrolls_sideways_at_400_percent(sight: Sight) -> None:
    """1.4.10."""
    assert sight.look(ZOOMED, "cut", "wide") == {}


@pytest.mark.parametrize(
    ("size", "key"), [(WIDE, "Tab"), (ZOOMED, "Tab"), (STICKY, "Shift+Tab")], ids=["wide", "zoomed", "under-the-bar"]
)
def test_the_focus_is_seen_wherever_keys_lead(sight: Sight, size: tuple[int, int], key: str) -> None:
    """2.4.7 and 2.4.11; going back, what takes the focus comes in from above, where the bar is."""
    sight.page.set_viewport_size({"width": size[0], "height": size[1]})
    found: dict[str, list[str]] = {}
    for step in sight.walk():
        sight.page.evaluate("wcag.remember()")
        if complaints := tabbed(sight.page, key):
            found[step] = complaints
    assert found == {}


def tabbed(page: Page, key: str) -> list[str]:
    """Once round, back to the first that took the focus: the way may begin in the middle and lead out of the page."""
    complaints: list[str] = []
    stops: list[str] = []
    for _ in range(400):
        page.keyboard.press(key)
        stop: dict[str, Any] | None = page.evaluate("wcag.focus()")
        if stop is None:
            continue
        if stop["at"] in stops:
            return complaints
        stops.append(stop["at"])
        if stop["wrong"]:
            complaints.append(stop["wrong"])
    raise AssertionError("the keys lead in no circle")


def test_forced_colours_take_nothing_away(sight: Sight, shelf: Path) -> None:
    """1.4.1 and 1.4.11 where the system's few colours replace those of the page: each state still looks like one."""
    sight.page.emulate_media(forced_colors="active", color_scheme="dark" if sight.answered else "light")
    # Nothing else may move while pictures are compared.
    sight.page.evaluate("for (const one of document.querySelectorAll('.clock-face, #save-line')) one.hidden = true")
    camera = sight.page.context.new_cdp_session(sight.page)
    try:
        found = sight.look(LOOSE, "unbounded")
        for step in sight.walk():
            if alike := [
                state for state in sight.page.evaluate("wcag.states()") if not is_told(sight.page, camera, state)
            ]:
                found[f"{step}, alike"] = alike
            if wrong := violations(sight.page.main_frame, Site(shelf, "", "")):
                found[f"{step}, axe"] = wrong
        assert found == {}
    finally:
        camera.detach()
        sight.page.emulate_media(forced_colors="none", color_scheme="light")


CLEARLY = 6
"""Pixels that differ: fewer than the smallest sign has."""


def is_told(page: Page, camera: CDPSession, state: str) -> bool:
    """Whether what is seen with the state and without it differs, however the same sight may differ from itself."""
    element = page.evaluate_handle("state => wcag.inState(state)", state).as_element()
    assert element
    element.evaluate("element => element.scrollIntoView({ block: 'center' })")
    pictures: dict[bool, list[str]] = {True: [], False: []}
    for on in (True, False, True, False):
        around = element.evaluate("(element, [state, on]) => wcag.turned(element, state, on)", [state, on])
        # By the protocol itself: the driver makes ready for each picture, which takes longer than the picture.
        taken = camera.send("Page.captureScreenshot", {"clip": {**around, "scale": 1}, "optimizeForSpeed": True})
        pictures[on].append(taken["data"])
    element.evaluate("(element, state) => wcag.turned(element, state, true)", state)
    compared = "([on, off]) => wcag.differences(on, off)"
    found: tuple[list[int], list[int]] = page.evaluate(compared, [pictures[True], pictures[False]])
    told, moved = found
    return min(told) >= max(moved) + CLEARLY


@pytest.mark.parametrize("name", WHOLE)
def test_the_closing_panel_is_for_everybody(window: BrowserContext, shelf: Path, name: str) -> None:
    """What is left of the page once somebody has gone: saved, kept here, or recorded nowhere."""
    page = opened(window, shelf, name, answered=False).page
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.locator("#exit").click()
    page.locator("#closing h2").wait_for()
    found: dict[str, list[str]] = {}
    for size in (WIDE, NARROW, ZOOMED):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for spaced in (False, True):
            page.evaluate("on => wcag.space(on)", spaced)
            found[f"{size[0]} by {size[1]}, spaced: {spaced}"] = page.evaluate(
                "[...wcag.cut(), ...wcag.wide(), ...wcag.small()]"
            )
        page.evaluate("wcag.space(false); wcag.remember()")
        found[f"{size[0]} by {size[1]}, focus"] = tabbed(page, "Tab")
    page.emulate_media(forced_colors="active")
    found["forced colours"] = [*page.evaluate("wcag.unbounded()"), *violations(page.main_frame, Site(shelf, "", ""))]
    page.close()
    assert {what: complaints for what, complaints in found.items() if complaints} == {}
