"""Every kind of trouble in every SCORM target: no answer is lost, or the learner is told before it is.

A small session has three answers: a text, a question and a plan. ``Trial`` plays it in a real browser; each test is a
row of trouble. Time is faked, so a minute of failure takes a moment.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import TARGETS, Site, standard_of
from tests.browser.learner import Learner
from tests.packages import course_in

KEYS = {"thoughts", "question", "action-plan.action", "action-plan.by"}


@dataclass
class Trial:
    """A learner with a small session on a platform that gets into trouble."""

    learner: Learner
    target: str
    address: str

    @property
    def page(self) -> Page:
        """The platform's page."""
        return self.learner.tab

    def open(self, **options: str) -> None:
        """A new page of the platform, and the session in it."""
        query = urlencode({**standard_of(self.target), "keep": "record", **options})
        self.page.goto(f"/player.html?{query}")
        self.learner.open(self.address)

    def fail(self, failure: str) -> None:
        """Let the platform fail in one of the ways of tests/fakes/failing.ts, or work again: none."""
        self.page.evaluate("failure => { lms.fault.failure = failure }", failure)
        self.page.context.set_offline(failure == "offline")

    def answer(self) -> None:
        """Give all answers."""
        for step in ("think", "plan"):
            self.learner.go_to(step)
            self.learner.answer_step()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.page.clock.run_for(int(seconds * 1000))

    @property
    def lost(self) -> set[str]:
        """Answers that the platform's records do not have as they were given."""
        answers = self.learner.answers()
        wrong = {key for key, said in self.learner.said.items() if answers[key] != said}
        return wrong | {key for key in KEYS if not answers[key]}

    def says(self, words: str) -> None:
        """The line about saving says this."""
        expect(self.learner.unit.locator("#save-line")).to_contain_text(words)

    def exits(self, words: str) -> None:
        """The learner leaves by the button and is told this."""
        self.learner.unit.locator("#exit").click()
        expect(self.learner.unit.locator("#closing")).to_contain_text(words)

    @property
    def copy(self) -> str:
        """What the learner can take home as a file."""
        button = self.learner.unit.get_by_role("button", name="Download my answers").locator("visible=true").first
        with self.page.expect_download() as download:
            button.click()
        return Path(download.value.path()).read_text(encoding="utf-8-sig")

    @property
    def shown(self) -> str:
        """Every text in a field."""
        texts: str = self.learner.frame.evaluate(
            "[...document.querySelectorAll('textarea')].map(field => field.value).join('|')"
        )
        return texts

    def bring_back(self) -> None:
        """Say yes where the page offers what this device kept."""
        self.learner.unit.get_by_role("button", name="Yes, bring them back").click()


@pytest.fixture(scope="module")
def small(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The launch page of the small session by target."""
    folder = course_in(tmp_path_factory.mktemp("small"))
    made = build([folder], list(targets().values()), site.folder / "small")
    places = {}
    for one in made.packages:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(site.folder / "small" / one.target.name)
        places[one.target.name] = f"/small/{one.target.name}/index.html"
    return places


@pytest.fixture
def trial(target: str, page: Page, small: dict[str, str]) -> Trial:
    """A trial of the target in question; the platform is not opened yet."""
    return Trial(Learner(page), target, small[target])


# --- saves that fail ------------------------------------------------------------------------------------------------

FAULTS = ("commit-refused", "session-lost", "throws", "offline")


@pytest.mark.parametrize("seconds", [1, 60], ids=["once", "a-minute"])
@pytest.mark.parametrize("fake", ["strict", "moodle"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_fault_that_passes_is_told_and_loses_nothing(trial: Trial, fault: str, fake: str, seconds: int) -> None:
    trial.page.clock.install()
    trial.open(fake=fake)
    trial.wait(2)
    trial.fail(fault)
    trial.answer()
    trial.wait(1.2)
    trial.says("Not yet saved: 3 answers")
    trial.wait(seconds)
    trial.fail("none")
    trial.wait(130)
    trial.says("3 of 3 answers")
    assert trial.lost == set()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_fault_for_ever_is_told_and_the_answers_can_be_taken_home_and_arrive_at_the_next_launch(
    trial: Trial, fault: str
) -> None:
    trial.page.clock.install()
    trial.open(fake="moodle")
    trial.wait(2)
    trial.fail(fault)
    trial.answer()
    trial.wait(20)
    expect(trial.learner.unit.locator("#notices")).to_contain_text("has not taken your answers")
    texts = [said for key, said in trial.learner.said.items() if key != "action-plan.by"]
    copy = trial.copy
    for words in (*texts, "What do you think?", "I am going to", "This one"):
        assert words.replace("\n", "\n") in copy.replace("\r\n", "\n")
    trial.exits("Not sent: 3 answers" if fault != "commit-refused" else "")
    assert texts[0] in trial.copy.replace("\r\n", "\n"), "and from the last panel too"
    trial.fail("none")
    trial.open(fake="moodle", mode="normal")
    trial.wait(3)
    trial.says("3 of 3 answers")
    assert trial.lost == set()


@pytest.mark.parametrize("target", TARGETS)
def test_a_platform_that_cuts_what_it_was_given_is_not_believed(trial: Trial) -> None:
    trial.page.clock.install()
    trial.open()
    trial.wait(2)
    trial.page.evaluate(CUTTING)
    trial.answer()
    trial.wait(3)
    trial.says("Not yet saved: 3 answers")
    trial.page.evaluate("window.cuts = false")
    trial.wait(70)
    trial.says("3 of 3 answers")
    assert trial.lost == set()


CUTTING = """() => {
  window.cuts = true;
  const api = window.API ?? window.API_1484_11;
  const name = api.LMSSetValue ? "LMSSetValue" : "SetValue";
  const set = api[name].bind(api);
  api[name] = (element, value) =>
    set(element, window.cuts && /suspend_data|_response$/.test(element) ? value.slice(0, 40) : value);
}"""


# --- saves that only seem to work -----------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_what_a_platform_confirmed_and_forgot_goes_again_at_the_next_launch(trial: Trial) -> None:
    trial.page.clock.install()
    trial.open()
    trial.wait(2)
    trial.fail("forgets")
    trial.answer()
    trial.wait(3)
    trial.exits("Everything is saved")
    trial.open()
    assert trial.lost, "the platform has nothing of it"
    trial.wait(3)
    trial.says("3 of 3 answers")
    assert trial.lost == set()


@pytest.mark.parametrize("target", TARGETS)
def test_where_a_platform_forgot_everything_the_learner_can_bring_it_back(trial: Trial) -> None:
    trial.page.clock.install()
    trial.open(failure="forgets")
    trial.answer()
    trial.wait(3)
    trial.exits("Everything is saved")
    trial.open()
    assert trial.shown.strip("|") == "", "it may be a new attempt: nothing comes back unasked"
    trial.bring_back()
    trial.wait(3)
    trial.says("3 of 3 answers")
    assert trial.lost == set()


@pytest.mark.parametrize("fake", ["strict", "moodle"])
@pytest.mark.parametrize("target", TARGETS)
def test_a_platform_that_cannot_save_any_more_while_the_page_goes_gets_it_at_the_next_launch(
    trial: Trial, fake: str
) -> None:
    trial.open(fake=fake, failure="sync-refused")
    trial.answer()
    trial.page.evaluate("lms.leave()")
    trial.open(fake=fake, mode="normal")
    trial.learner.wait_until_stored()
    assert trial.lost == set()


# --- tabs -----------------------------------------------------------------------------------------------------------

DEADLY = """
for (const name of ["pagehide", "visibilitychange"]) {
  window.addEventListener(name, (event) => { if (window.dead) event.stopImmediatePropagation(); }, true);
}
"""
"""Runs before anything of the page: once a window is dead, nothing that its page does at the end is called."""


def moments(trial: Trial) -> Iterator[list[str]]:
    """Twenty moments of a visit; each gives the texts that must be there afterwards."""
    learner = trial.learner
    learner.go_to("think")
    yield []
    said: list[str] = []
    words = ["They", " ring", " back", " the", " same", " day."]
    for number in range(len(words)):
        area = learner.step.locator("textarea")
        area.press("End")
        area.press_sequentially(words[number])
        said = ["".join(words[: number + 1])]
        yield said
    learner.step.locator("scormkit-open-text [data-answer]").click()
    yield said
    learner.step.locator("scormkit-multiple-choice input").first.check()
    yield said
    learner.step.locator("scormkit-multiple-choice input").first.check()
    learner.step.locator("scormkit-multiple-choice [data-answer]").click()
    yield said
    learner.go_to("plan")
    yield said
    for number in range(len(words)):
        area = learner.step.locator("textarea")
        area.press("End")
        area.press_sequentially(words[number])
        said = [said[0], "".join(words[: number + 1])]
        yield said
    learner.step.locator("input[type=date]").fill("2031-05-17")
    yield said
    learner.step.locator("form [data-answer]").click()
    yield said
    learner.go_to("_finish")
    yield said


@pytest.mark.parametrize("target", TARGETS)
def test_a_tab_that_dies_at_any_of_twenty_moments_loses_nothing(trial: Trial) -> None:
    trial.page.add_init_script(DEADLY)
    trial.open()
    count = 0
    for said in moments(trial):
        trial.learner.frame.evaluate("window.dead = true")
        trial.learner.come_back()
        for text in said:
            assert text in trial.shown.split("|"), f"moment {count}"
        count += 1
    assert count == 20
    trial.learner.wait_until_stored()
    answers = trial.learner.answers()
    assert (answers["thoughts"], answers["action-plan.action"]) == tuple(said)
    assert answers["action-plan.by"] == "2031-05-17"
    assert answers["question"]


NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })"


@pytest.mark.parametrize("means", ["locks", "asking"])
@pytest.mark.parametrize("target", TARGETS)
def test_a_second_tab_is_told_and_overwrites_nothing(
    trial: Trial, context: BrowserContext, means: str, small: dict[str, str]
) -> None:
    if means == "asking":
        context.add_init_script(NO_LOCKS)
    trial.open()
    trial.answer()
    second = Trial(Learner(context.new_page()), trial.target, small[trial.target])
    second.open()
    second.says("Open in another tab")
    expect(second.learner.unit.locator("#notices")).to_contain_text("Go on there")
    for field in second.learner.unit.locator("textarea, input").all():
        expect(field).to_be_disabled()
    second.exits("Nothing was recorded here")
    second.page.evaluate("lms.leave()")
    written = second.page.evaluate("lms.calls.map(call => call.method)")
    assert not [method for method in written if "Commit" in method or "Finish" in method or "Terminate" in method]
    trial.learner.wait_until_stored()
    assert trial.lost == set()
    trial.page.close(run_before_unload=False)
    third = Trial(Learner(context.new_page(), trial.learner.said), trial.target, small[trial.target])
    third.open()
    third.says("3 of 3 answers")
    assert third.lost == set()


# --- the device -----------------------------------------------------------------------------------------------------

NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  if (window !== window.top)
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""
FULL = """
if (window !== window.top) Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""


@pytest.mark.parametrize("device", [NO_STORAGE, FULL], ids=["private-browsing", "storage-full"])
@pytest.mark.parametrize("target", TARGETS)
def test_where_the_device_keeps_nothing_the_learner_is_told_before_anything_is_lost(trial: Trial, device: str) -> None:
    trial.page.add_init_script(device)
    trial.page.clock.install()
    trial.open()
    trial.wait(2)
    trial.fail("session-lost")
    trial.answer()
    trial.wait(1.2)
    trial.says("This device cannot keep a copy, so leave this page open")
    assert trial.learner.said["thoughts"] in trial.copy.replace("\r\n", "\n"), "the file is offered at once"
    trial.fail("none")
    trial.wait(70)
    trial.says("3 of 3 answers")
    assert trial.lost == set()


@pytest.mark.parametrize("target", TARGETS)
def test_a_clock_that_was_set_back_loses_nothing(trial: Trial) -> None:
    trial.page.clock.install(time="2031-05-17T10:00:00")
    trial.open()
    trial.wait(2)
    trial.learner.go_to("think")
    trial.learner.answer_step()
    trial.wait(2)
    trial.page.clock.set_system_time("2029-01-01T10:00:00")
    trial.answer()
    trial.wait(2)
    trial.says("3 of 3 answers")
    trial.exits("Everything is saved")
    assert trial.learner.refused == []
    trial.open()
    assert trial.lost == set()
    assert trial.learner.said["thoughts"] in trial.shown


@pytest.mark.parametrize("target", TARGETS)
def test_on_a_shared_computer_each_learner_sees_only_their_own(trial: Trial) -> None:
    trial.page.clock.install()
    trial.open(keep="first", learner="first")
    trial.wait(2)
    trial.fail("session-lost")
    trial.answer()
    trial.wait(2)
    trial.page.evaluate("lms.leave()")
    trial.open(keep="second", learner="second")
    trial.wait(2)
    assert trial.shown.strip("|") == ""
    expect(trial.learner.unit.locator("#notices")).to_be_empty()
    trial.page.evaluate("lms.leave()")
    trial.open(keep="first", learner="first")
    trial.wait(3)
    assert trial.learner.said["thoughts"] in trial.shown
    assert trial.lost == set()


@pytest.mark.parametrize("target", TARGETS)
def test_where_nobody_says_who_the_learner_is_nothing_is_shown_unasked(trial: Trial) -> None:
    trial.page.clock.install()
    trial.open(keep="first", learner="")
    trial.wait(2)
    trial.fail("session-lost")
    trial.answer()
    trial.wait(2)
    trial.page.evaluate("lms.leave()")
    trial.open(keep="second", learner="")
    trial.wait(2)
    assert trial.shown.strip("|") == ""
    trial.bring_back()
    trial.wait(3)
    assert trial.lost == set()


# --- texts ----------------------------------------------------------------------------------------------------------

TEXTS = {
    "Arabic": "أتصل بكل عميل في اليوم نفسه، وأشكره على ملاحظته.",
    "emoji": "👩🏽‍💻 rings back 🎉" * 12,
    "separators": "a[,]b[.]c[:]d [ ,] [[,]]",
    "brace": "{lang=en}Hello {name}",
    "formula": "=1+1",
    "HTML": '<script>alert(1)</script><b>bold</b> & &amp; "quoted" \\ %20',
    "lines": "First / second\n/\n// third ~\n~ end",
}


@pytest.mark.parametrize("target", TARGETS)
def test_every_text_arrives_whole_within_the_limits_of_the_standard(trial: Trial) -> None:
    trial.page.clock.install()
    trial.open()
    trial.learner.go_to("think")
    for name, text in TEXTS.items():
        trial.learner.step.locator("textarea").fill(text)
        trial.learner.step.locator("scormkit-open-text [data-answer]").click()
        trial.wait(3)
        trial.says("1 of 1 answer")
        assert trial.learner.answers()["thoughts"] == text, name
        trial.learner.come_back()
        assert text in trial.shown.split("|"), name
    assert trial.learner.refused == []


def noise(length: int) -> str:
    """Text that no packer makes shorter."""
    source = random.Random(7)  # noqa: S311 - an example text
    return "".join(chr(source.randrange(0x4E00, 0x9FA5)) for _ in range(length))


@pytest.mark.parametrize("target", TARGETS)
def test_ten_thousand_characters_that_were_pasted_are_refused_in_words_and_stay_where_they_are(trial: Trial) -> None:
    text = noise(10_000)
    trial.page.clock.install()
    trial.open()
    trial.learner.go_to("think")
    area = trial.learner.step.locator("textarea")
    area.fill(text)
    area.blur()
    expect(trial.learner.step.locator(".error").first).to_contain_text("characters too long")
    trial.wait(15)
    room = trial.target in {"scorm2004-3rd", "scorm2004-4th"}
    trial.exits("Everything is saved" if room else "Not sent: 1 answer")
    assert text in trial.copy
    trial.learner.come_back()
    assert text in trial.shown.split("|")
    assert trial.learner.refused == []
