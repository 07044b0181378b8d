"""Packages on the strict LMS, in a real browser: enrolled, launched in a frame or a window of its own, judged."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import ROOT, Site
from tests.browser.learner import NOTHING_WAITS, Learner
from tests.fakes.cmi5 import terms, tincan
from tests.fakes.cmi5.course_structure import AssignableUnit, Course, imported
from tests.fakes.cmi5.lms import Launch, Registration
from tests.fakes.cmi5.server import Refused, Server
from tests.fakes.cmi5.session import Session

JsonObject = dict[str, Any]
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
SUBMITTED = "http://activitystrea.ms/schema/1.0/submit"
HARMLESS = ("Failed to load resource", "net::ERR_", "Permissions policy violation: The Clipboard API")
"""A browser says so of every 404, also of one that only means "nothing stored yet"; and a frame of another origin may
not use the clipboard: the page shows what is to be copied."""

SHOWN = """
address => new Promise(loaded => {
    const frame = document.getElementById("au");
    frame.addEventListener("load", () => loaded(), { once: true });
    frame.src = address;
})
"""
"""Until the new page is there: the old one is ready too."""


def stem(session: str, target: str) -> str:
    """The name of a package: of a session of the first sample course, or of another as ``COURSE/SESSION``."""
    course, _, name = session.rpartition("/")
    return f"{course or 'customer-care'}-{name}-{target}"


@dataclass
class Enrolment:
    """A learner in a course of one session."""

    registration: Registration
    unit: AssignableUnit
    content: str
    """Where the unpacked package is served."""


@dataclass(kw_only=True)
class LmsLearner(Learner):
    """A learner in a launch. What was said before is still in ``said`` when they come back."""

    platform: LmsPlatform
    enrolment: Enrolment
    launch: Launch
    wrong: bool = False
    """Chooses what is not right."""

    # --- what the LMS has ---------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        return self.launch.session

    @property
    def statements(self) -> list[JsonObject]:
        """What this session said."""
        return self.platform.server.lms.said(self.session)

    @property
    def verbs(self) -> list[str]:
        """The verbs of this session's defined statements."""
        return self.session.verbs

    @property
    def answered(self) -> list[JsonObject]:
        """Every ``answered`` of this registration, in order."""
        kept = self.platform.server.lms.statements.kept
        mine = [one for one in kept if one.get("context", {}).get("registration") == self.session.registration]
        return [one for one in mine if one["verb"]["id"] == ANSWERED]

    def lost(self) -> dict[str, str]:
        """Texts that no ``answered`` of this registration holds whole."""
        arrived = {read(one) for one in self.answered}
        return {key: text for key, text in self.said.items() if text not in arrived}

    def stored_state(self) -> dict[str, bytes]:
        """What the AU keeps in the LMS, by its id."""
        kept = self.platform.server.lms.states.kept
        return {key[-1]: one.body for key, one in kept.items() if key[-1] != terms.LAUNCH_DATA}

    # --- what the learner does ----------------------------------------------------------------------------------

    def wait_until_stored(self) -> None:
        """Until the page says that everything is saved and nothing waits on this device."""
        self.unit.locator("#save-line").filter(has_text="Saved").wait_for()
        self.platform.until(lambda: self.frame.evaluate(NOTHING_WAITS))

    def exit(self) -> None:
        """Leave by the button, until the LMS knows."""
        self.unit.locator("[data-exit]:visible").first.click()
        self.platform.until(lambda: "terminated" in self.verbs)

    def close(self) -> None:
        """Close the tab, until the LMS has what its page sent at the end."""
        self.tab.close(run_before_unload=False)

    def _multiple_choice(self, activity: Locator, key: str) -> None:
        if not self.wrong:
            super()._multiple_choice(activity, key)
            return
        right = self.data["activities"][key]["data"]["correct"]
        for option in activity.locator("input").all():
            if option.get_attribute("value") not in right:
                self.check(option)
                break
        self.press(activity.locator("button[data-answer]"))


@dataclass
class LmsPlatform:
    """The strict LMS and a browser."""

    context: BrowserContext
    site: Site
    server: Server
    complaints: list[str] = field(default_factory=list)
    tolerant: bool = False
    """Whether the browser may grumble about trouble that a test makes."""

    @cached_property
    def learners_tab(self) -> Page:
        return self.tab()

    def tab(self) -> Page:
        """A fresh tab; errors on its console count."""
        made = self.context.new_page()
        made.set_default_timeout(15_000)
        made.on("pageerror", lambda error: self.complaints.append(str(error)))

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and not self.tolerant and not message.text.startswith(HARMLESS):
                self.complaints.append(message.text)

        made.on("console", heard)
        return made

    def course(self, session: str, folder: str = "dist") -> Course:
        """The course of a package, as the LMS imports it."""
        content = (self.site.folder / folder / f"{stem(session, 'cmi5')}.zip").read_bytes()
        course, breaches = imported(content)
        assert breaches == []
        return course

    def enrol(self, session: str) -> Enrolment:
        course = self.course(session)
        content = f"{self.site.address}/{stem(session, 'cmi5')}"
        return Enrolment(self.server.lms.register(course), course.units[0], content)

    def where_one_can_fail(self, session: str, target: str) -> str:
        """The package by an author who calls it failed when the pass mark was missed; its folder below the site's."""
        folder = self.site.folder / "failing"
        name = f"customer-care-{session}-{target}"
        if not (folder / f"{name}.zip").exists():
            source = self.site.folder / "failing-source"
            if not source.exists():
                shutil.copytree(ROOT / "content/customer-care", source)
                about = source / session / "session.yaml"
                about.write_text(about.read_text(encoding="utf-8") + "on_fail: failed\n", encoding="utf-8")
            build([source], [targets()[target]], folder)
            with zipfile.ZipFile(folder / f"{name}.zip") as archive:
                archive.extractall(folder / name)
        return f"failing/{name}"

    def enrol_where_one_can_fail(self, session: str) -> Enrolment:
        content = f"{self.site.address}/{self.where_one_can_fail(session, 'cmi5')}"
        course = self.course(session, "failing")
        return Enrolment(self.server.lms.register(course), course.units[0], content)

    def open(
        self,
        enrolment: Enrolment | str,
        mode: str = "Normal",
        *,
        tab: Page | None = None,
        said: dict[str, str] | None = None,
        ready: bool = True,
        change_url: Callable[[str], str] = str,
        **options: Any,
    ) -> LmsLearner:
        """Launch in a frame of the LMS. ``options`` as those of ``Lms.launch``."""
        enrolled = self.enrol(enrolment) if isinstance(enrolment, str) else enrolment
        launch = self.server.lms.launch(enrolled.registration, enrolled.unit, enrolled.content, mode, **options)
        used = tab or self.learners_tab
        learner = LmsLearner(
            tab=used, said={} if said is None else said, platform=self, enrolment=enrolled, launch=launch
        )
        self.show(used, change_url(launch.url))
        if ready:
            learner.wait_until_ready()
        return learner

    def come_back(self, before: LmsLearner, mode: str = "Normal", **options: Any) -> LmsLearner:
        """A later launch of the same registration, by the same learner."""
        return self.open(before.enrolment, mode, said=before.said, **options)

    def show(self, tab: Page, address: str) -> None:
        """Put an address into the LMS's frame, which takes away what was there."""
        if not tab.url.startswith(self.server.lms.base):
            tab.goto(f"{self.server.lms.base}/frame")
        tab.evaluate(SHOWN, address)

    def leave(self, learner: LmsLearner) -> None:
        """The LMS takes the frame away."""
        learner.tab.goto(f"{self.server.lms.base}/frame")

    def until(self, condition: Callable[[], bool], seconds: float = 15) -> None:
        """Wait for something that the server will see; the browser goes on meanwhile."""
        tab = next((page for page in self.context.pages if not page.is_closed()), None) or self.tab()
        for _ in range(int(seconds * 50)):
            if condition():
                return
            with self.server.answered:
                self.server.answered.wait(timeout=0.02)
            tab.title()
        raise AssertionError("the LMS has waited in vain")

    def pass_time(self, learner: LmsLearner, condition: Callable[[], bool], seconds: int = 300) -> None:
        """Let the learner's clock run, up to so many of its seconds, until something is so."""
        for _ in range(seconds):
            if condition():
                return
            learner.tab.clock.run_for(1000)
            with self.server.answered:
                self.server.answered.wait(timeout=0.01)
        assert condition(), f"not within {seconds} seconds of the learner's time"

    @property
    def refused(self) -> list[Refused]:
        """What was refused; 409 for a statement that is sent again under its id, because no answer to it came, is none.

        (The store says "I have it". A page that closes, or a clock that a test moves, hears no answer.)
        """
        return [one for one in self.server.refused if one.requirement != "XC 2.1.1"]

    @property
    def refused_but_late(self) -> list[Refused]:
        """The same without a state that was under way when the page went and that ``terminated`` overtook.

        The device keeps that state until a later launch has stored it.
        """
        late = ("POST", "activities/state", "8.1.2.0-2 (d)")
        return [one for one in self.refused if (one.method, one.resource, one.requirement) != late]

    # --- plain xAPI ---------------------------------------------------------------------------------------------

    def tincan(self, session: str, *, failing: bool = False) -> tuple[tincan.TincanPackage, str]:
        """A package with tincan.xml as an LMS imports it, and where it is served."""
        name = stem(session, "xapi")
        served = self.where_one_can_fail(session, "xapi") if failing else name
        folder = self.site.folder / ("failing" if failing else "dist")
        package = tincan.imported((folder / f"{name}.zip").read_bytes())
        assert package.breaches == []
        return package, f"{self.site.address}/{served}"


def read(statement: JsonObject) -> str | None:
    """The learner's text in an answer. A separator of the format that they typed has one space more inside."""
    response: str | None = statement.get("result", {}).get("response")
    if response is None or statement["object"]["definition"]["interactionType"] not in {"fill-in", "long-fill-in"}:
        return response
    return re.sub(r"\[ ( *)([,.:]\])", r"[\1\2", response).removeprefix(" ")


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}


def save_line(learner: LmsLearner) -> Locator:
    return learner.unit.locator("#save-line")


def told(learner: LmsLearner, text: str) -> None:
    """The line about saving says something."""
    expect(save_line(learner)).to_contain_text(text)


def agent_of(request_query: dict[str, str]) -> JsonObject:
    found: JsonObject = json.loads(request_query["agent"])
    return found


def goes_on_alone(one: LmsLearner, two: LmsLearner) -> None:
    """Of two tabs the second is told and can write nothing; the first writes its list and leaves."""
    told(two, "Open in another tab")
    two.go_to("plan")
    expect(two.step.locator("textarea").first).to_be_disabled()
    one.go_to("activity")
    one.answer_step()
    one.wait_until_stored()
    two.tab.close()
    one.exit()


def shows_the_list(later: LmsLearner) -> None:
    """What was listed in an earlier visit is on the page."""
    later.go_to("activity")
    for text in later.said["customer-groups"].split("\n"):
        expect(later.step).to_contain_text(text, timeout=2000)
