"""Both sessions as packages for plain xAPI, launched as tincan.xml packages are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import SESSIONS, Site
from tests.browser.lms_platform import LmsPlatform, goes_on_alone, shows_the_list
from tests.browser.plain_xapi import REGISTRATION, launched
from tests.browser.test_play import ALL_FIELDS
from tests.cmi5.second_opinion import complaints
from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.server import Server
from tests.fakes.cmi5.session import Session

SESSION = "who-are-our-customers"


@pytest.fixture
def lms(lms_context: BrowserContext, site: Site, lms_server: Server) -> Iterator[LmsPlatform]:
    """An LMS that only knows xAPI."""
    platform = LmsPlatform(lms_context, site, lms_server)
    yield platform
    assert platform.complaints == []
    assert platform.refused == []


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


def test_a_reload_loses_nothing_and_counts_as_a_visit_of_its_own(lms: LmsPlatform) -> None:
    learner = launched(lms, SESSION, registration=REGISTRATION)
    learner.go_next()
    learner.answer_step()
    texts = learner.frame.evaluate(ALL_FIELDS)
    learner.frame.evaluate("document.documentElement.removeAttribute('data-activities'); location.reload()")
    learner.wait_until_ready()
    learner.wait_until_stored()
    assert learner.frame.evaluate(ALL_FIELDS) == texts
    learner.go_next()
    learner.answer_step()
    learner.wait_until_stored()
    learner.exit()
    assert learner.lost() == {}
    visits = [verb for verb in learner.verbs if verb in {"initialized", "terminated"}]
    assert visits == ["initialized", "terminated"] * 2, "there is no session but the visit"


def test_a_second_tab_is_told_and_overwrites_nothing(lms: LmsPlatform) -> None:
    one = launched(lms, SESSION, registration=REGISTRATION)
    two = launched(lms, SESSION, said=one.said, tab=lms.tab(), registration=REGISTRATION)
    goes_on_alone(one, two)
    three = launched(lms, SESSION, said=one.said, registration=REGISTRATION)
    three.wait_until_stored()
    assert three.lost() == {}
    shows_the_list(three)


def test_who_fails_can_pass_in_a_later_session_and_never_fails_again(lms: LmsPlatform) -> None:
    first = launched(lms, SESSION, failing=True, registration=REGISTRATION)
    first.wrong = True
    first.work_through()
    first.wait_until_stored()
    first.exit()
    assert [first.verbs.count(verb) for verb in ("passed", "failed")] == [0, 1]
    for wrong in (False, True):
        later = launched(lms, SESSION, said=first.said, failing=True, registration=REGISTRATION)
        later.wrong = wrong
        later.go_to("check")
        later.answer_step()
        later.wait_until_stored()
        later.exit()
        assert [later.verbs.count(verb) for verb in ("passed", "failed")] == [1, 1]
