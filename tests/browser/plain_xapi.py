"""Packages for plain xAPI on the strict LMS, launched as tincan.xml packages are."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.lms_platform import Enrolment, LmsLearner, LmsPlatform
from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.course_structure import AssignableUnit, Course
from tests.fakes.cmi5.lms import Launch

REGISTRATION = "6a1c0f5e-4d0b-4e37-9a53-3d1b2c7f9e01"


class PlainLearner(LmsLearner):
    """Everything in this LMS is this learner's."""

    @property
    def answered(self) -> list[dict[str, Any]]:
        return [one for one in self.statements if one["verb"]["id"].endswith("/answered")]

    @property
    def verbs(self) -> list[str]:
        """What was said of the session itself."""
        about = [one for one in self.statements if one["object"]["id"] == self.session.activity_id]
        return [one["verb"]["id"].rpartition("/")[2] for one in about]

    def exit(self) -> None:
        """Leave by the button, until the record store knows; earlier launches were terminated too."""
        before = self.verbs.count("terminated")
        self.unit.locator("[data-exit]:visible").first.click()
        self.platform.until(lambda: self.verbs.count("terminated") > before)


def launched(
    lms: LmsPlatform,
    session: str,
    said: dict[str, str] | None = None,
    tab: Page | None = None,
    *,
    failing: bool = False,
    ready: bool = True,
    **options: Any,
) -> LmsLearner:
    package, content = lms.tincan(session, failing=failing)
    address, run = lms.server.lms.launch_plain(package, content, **options)
    unit = AssignableUnit(package.activity_id, package.launch, package.title)
    course = Course(package.activity_id, package.title, [unit])
    enrolment = Enrolment(lms.server.lms.register(course), unit, content)
    lms.server.lms.statements.kept[:] = [
        one for one in lms.server.lms.statements.kept if one["verb"]["id"] != terms.VERBS["satisfied"]
    ]
    learner = PlainLearner(
        tab=tab or lms.learners_tab,
        said={} if said is None else said,
        platform=lms,
        enrolment=enrolment,
        launch=Launch(address, run, unit, "", ""),
    )
    lms.show(learner.tab, address)
    if ready:
        learner.wait_until_ready()
    return learner


STANDARDS = ("cmi5", "xapi")


def opened(
    lms: LmsPlatform, standard: str, session: str, before: LmsLearner | None = None, **options: Any
) -> LmsLearner:
    """A launch by one of the standards that send statements; ``before``: once more, by the same learner."""
    said = {} if before is None else before.said
    if standard == "xapi":
        return launched(lms, session, said=said, registration=REGISTRATION, **options)
    return lms.open(before.enrolment if before else session, said=said, **options)
