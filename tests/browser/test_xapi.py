"""Both sessions as packages for plain xAPI, launched as tincan.xml packages are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import SESSIONS, Site
from tests.browser.lms_platform import Enrolment, LmsLearner, LmsPlatform
from tests.browser.test_play import ALL_FIELDS
from tests.cmi5.second_opinion import complaints
from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.course_structure import AssignableUnit, Course
from tests.fakes.cmi5.lms import Launch
from tests.fakes.cmi5.server import Server
from tests.fakes.cmi5.session import Session

SESSION = "who-are-our-customers"
REGISTRATION = "6a1c0f5e-4d0b-4e37-9a53-3d1b2c7f9e01"


@pytest.fixture
def lms(lms_context: BrowserContext, site: Site, lms_server: Server) -> Iterator[LmsPlatform]:
    """An LMS that only knows xAPI."""
    platform = LmsPlatform(lms_context, site, lms_server)
    yield platform
    assert platform.complaints == []
    assert platform.refused == []


def launched(
    lms: LmsPlatform,
    session: str,
    said: dict[str, str] | None = None,
    tab: Page | None = None,
    *,
    failing: bool = False,
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
    learner.wait_until_ready()
    return learner


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


def of(session: Session) -> str:
    return session.activity_id


@pytest.mark.parametrize("old", [False, True], ids=["agent", "arrays"])
@pytest.mark.parametrize("registration", [REGISTRATION, None], ids=["registration", "no registration"])
def test_a_session_played_to_the_end_arrives_whole(lms: LmsPlatform, old: bool, registration: str | None) -> None:
    learner = launched(lms, SESSION, old=old, registration=registration)
    learner.work_through()
    learner.wait_until_stored()
    assert learner.lost() == {}
    assert learner.verbs[0] == "initialized"
    for verb in ("completed", "passed"):
        assert learner.verbs.count(verb) == 1
    texts = learner.frame.evaluate(ALL_FIELDS)
    learner.exit()
    assert learner.verbs[-1] == "terminated"
    assert complaints(learner.statements) == [], "a second opinion"
    actors = [one["actor"] for one in learner.statements]
    assert all(actor == actors[0] for actor in actors)
    assert actors[0]["mbox"] == "mailto:learner@example.org"
    registrations = {one["context"].get("registration") for one in learner.statements}
    assert len(registrations) == 1
    assert registration is None or registrations == {registration}

    again = launched(lms, SESSION, said=learner.said, old=old, registration=registration)
    again.wait_until_stored()
    assert again.frame.evaluate(ALL_FIELDS) == texts
    again.exit()
    assert [again.verbs.count(verb) for verb in ("completed", "passed", "failed")] == [1, 1, 0]


@pytest.mark.parametrize("session", SESSIONS)
def test_no_part_is_completed_or_passed_and_nothing_says_cmi5(lms: LmsPlatform, session: str) -> None:
    """Some LMSs complete the course with the first completed of anything."""
    learner = launched(lms, session, registration=REGISTRATION)
    learner.work_through()
    learner.wait_until_stored()
    learner.exit()
    for one in learner.statements:
        verb = one["verb"]["id"].rpartition("/")[2]
        if verb in {"completed", "passed", "failed", "initialized", "terminated"}:
            assert one["object"]["id"] == of(learner.session)
        else:
            assert one["object"]["id"] != of(learner.session) or verb in {"suspended", "resumed", "submit"}
        categories = one["context"].get("contextActivities", {}).get("category", [])
        assert not [category for category in categories if "cmi5" in category["id"]]


def test_who_fails_is_not_called_complete_by_the_same_statement(lms: LmsPlatform) -> None:
    """Cornerstone reads a failed with completion as completed."""
    learner = launched(lms, SESSION, failing=True, registration=REGISTRATION)
    learner.wrong = True
    learner.work_through()
    learner.wait_until_stored()
    learner.exit()
    (failed,) = [one for one in learner.statements if one["verb"]["id"] == terms.VERBS["failed"]]
    assert failed["result"]["success"] is False
    assert "completion" not in failed["result"]
    assert set(failed["result"]["score"]) >= {"scaled", "raw", "min", "max"}


def test_a_closed_tab_leaves_nothing_behind(lms: LmsPlatform) -> None:
    keeper = lms.tab()
    learner = launched(lms, SESSION, tab=lms.tab(), registration=REGISTRATION)
    learner.go_to("plan")
    learner.answer_step()
    learner.tab.close()
    keeper.title()
    lms.until(lambda: "terminated" in learner.verbs)
    assert learner.lost() == {}
    again = launched(lms, SESSION, said=learner.said, tab=keeper, registration=REGISTRATION)
    again.wait_until_stored()
    assert again.lost() == {}
