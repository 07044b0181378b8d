"""Trouble between a learner and a record store: nothing answered is lost, nothing arrives twice, all is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Site
from tests.browser.lms_platform import LmsLearner, LmsPlatform, save_line, told
from tests.browser.plain_xapi import STANDARDS, opened
from tests.fakes.cmi5.server import Server
from tests.fakes.cmi5.trouble import Kind

SESSION = "who-are-our-customers"


@pytest.fixture
def lms(lms_context: BrowserContext, site: Site, lms_server: Server) -> LmsPlatform:
    """The strict LMS; a browser that may grumble about the trouble that is made."""
    return LmsPlatform(lms_context, site, lms_server, tolerant=True)


@pytest.fixture(params=STANDARDS)
def standard(request: pytest.FixtureRequest) -> str:
    """Each kind of trouble comes by cmi5 and by plain xAPI."""
    name: str = request.param
    return name


@pytest.fixture
def learner(lms: LmsPlatform, standard: str) -> Iterator[LmsLearner]:
    """Somebody in the middle of a session, whose clock the test moves."""
    lms.learners_tab.clock.install()
    found = opened(lms, standard, SESSION)
    found.go_to("reflect")
    lms.pass_time(found, lambda: "initialized" in found.verbs)
    lms.pass_time(found, lambda: quiet(lms))
    yield found
    assert lms.complaints == []
    ids = [one["id"] for one in lms.server.lms.statements.kept]
    assert len(set(ids)) == len(ids)
    said = [(one["object"]["id"], one["result"].get("response")) for one in found.answered]
    assert len(set(said)) == len(said), "an answer arrived twice"


def quiet(lms: LmsPlatform) -> bool:
    return sum(lms.server.under_way.values()) == 0


TROUBLES: dict[str, tuple[Kind, int, str | None]] = {
    "refused": ("refused", 0, None),
    "500": ("status", 500, None),
    "503 with Retry-After": ("status", 503, "20"),
    "429 with Retry-After": ("status", 429, "20"),
    "429 without": ("status", 429, None),
    "stored but 500": ("stored-but-500", 500, None),
    "stored but silent": ("stored-but-silent", 0, None),
    "no CORS": ("no-cors", 0, None),
}


@pytest.mark.parametrize("at", ["", "statements", "activities/state"])
@pytest.mark.parametrize("name", TROUBLES)
def test_what_could_not_be_saved_is_told_and_arrives_when_all_is_well_again(
    lms: LmsPlatform, learner: LmsLearner, name: str, at: str
) -> None:
    kind, status, later = TROUBLES[name]
    trouble = lms.server.trouble(kind, at, status, retry_after=later)
    learner.answer_step()
    lms.pass_time(learner, lambda: trouble.met > 0)
    lms.pass_time(learner, lambda: "Not yet saved" in save_line(learner).inner_text())
    learner.tab.clock.run_for(60_000)
    told(learner, "Not yet saved")
    trouble.over()
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text())
    assert learner.lost() == {}
    assert lms.refused == []


def test_a_store_that_says_when_to_come_again_is_left_alone_until_then(lms: LmsPlatform, learner: LmsLearner) -> None:
    trouble = lms.server.trouble("status", "statements", 429, method="POST", retry_after="60")
    learner.answer_step()
    lms.pass_time(learner, lambda: trouble.met == 1)
    lms.pass_time(learner, lambda: "Not yet saved" in save_line(learner).inner_text())
    learner.tab.clock.run_for(50_000)
    assert trouble.met == 1
    trouble.over()
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text())
    assert learner.lost() == {}


def test_a_slow_store_hinders_nobody(lms: LmsPlatform, learner: LmsLearner) -> None:
    trouble = lms.server.trouble("slow", "statements", method="POST")
    learner.answer_step()
    lms.pass_time(learner, lambda: trouble.met > 0)
    for _ in range(2):
        learner.go_next()
        learner.answer_step()
    assert lms.server.most_at_once["POST statements"] == 1
    trouble.over()
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text())
    lms.pass_time(learner, lambda: not learner.lost())
    assert lms.server.most_at_once["POST statements"] == 1
    assert lms.refused == []


def test_offline_and_back(lms: LmsPlatform, learner: LmsLearner) -> None:
    lms.context.set_offline(True)
    learner.answer_step()
    lms.pass_time(learner, lambda: "Not yet saved" in save_line(learner).inner_text())
    learner.go_next()
    learner.answer_step()
    lms.context.set_offline(False)
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text())
    assert learner.lost() == {}
    assert lms.refused == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_session_that_is_over_is_told_and_its_answers_come_with_the_next(
    lms: LmsPlatform, learner: LmsLearner, standard: str, status: int
) -> None:
    trouble = lms.server.trouble("status", "", status)
    learner.answer_step()
    lms.pass_time(learner, lambda: "closed this session" in save_line(learner).inner_text())
    told(learner, "Not yet saved")
    met = trouble.met
    learner.tab.clock.run_for(120_000)
    assert trouble.met == met, "nobody knocks at a closed door"
    trouble.over()
    again = opened(lms, standard, SESSION, learner)
    lms.pass_time(again, lambda: not again.lost())
    lms.pass_time(again, lambda: "Saved" in save_line(again).inner_text())
    assert lms.refused == []


@pytest.mark.parametrize("status", [409, 412])
def test_a_state_that_somebody_else_changed_is_written_all_the_same(
    lms: LmsPlatform, learner: LmsLearner, standard: str, status: int
) -> None:
    trouble = lms.server.trouble("status", "activities/state", status, method="POST", times=1)
    learner.answer_step()
    lms.pass_time(learner, lambda: trouble.met == 1)
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text() and quiet(lms))
    learner.exit()
    again = opened(lms, standard, SESSION, learner)
    again.go_to("reflect")
    for area in again.step.locator("textarea:visible").all():
        expect(area).not_to_have_value("")
    assert lms.refused == []


def test_one_statement_that_is_stored_already_does_not_hold_up_the_others(
    lms: LmsPlatform, learner: LmsLearner
) -> None:
    """The store took them and its answer was lost: an array is refused as a whole, so they go one by one."""
    lms.server.trouble("stored-but-silent", "statements", method="POST", times=1)
    learner.answer_step()
    learner.go_next()
    learner.answer_step()
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text() and not learner.lost())
    assert lms.refused == []


def test_a_body_that_is_too_large_is_sent_in_parts(lms: LmsPlatform, learner: LmsLearner) -> None:
    lms.server.manners.most_bytes = 12_000
    trouble = lms.server.trouble("refused", "statements")
    for _ in range(3):
        learner.answer_step()
        learner.go_next()
    trouble.over()
    lms.pass_time(learner, lambda: not learner.lost())
    assert {one.status for one in lms.refused} <= {413}


def test_a_store_that_hides_its_etags_and_forbids_conditions_is_enough(lms: LmsPlatform, learner: LmsLearner) -> None:
    lms.server.cors.exposes_etag = False
    lms.server.cors.conditional_headers = False
    lms.server.manners.state_needs_conditions = True
    learner.answer_step()
    lms.pass_time(learner, lambda: not learner.lost())
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text())
    assert lms.refused == []


def test_a_player_that_counts_bytes_gets_what_json_stringify_writes(lms: LmsPlatform, learner: LmsLearner) -> None:
    lms.server.manners.compact_json = True
    lms.server.manners.version = "2.0.0"
    learner.answer_step()
    lms.pass_time(learner, lambda: not learner.lost())
    assert lms.refused == []


def is_ready(learner: LmsLearner) -> bool:
    return learner.unit.locator("html[data-activities=ready]").count() > 0


STARTS = [
    *(("cmi5", at) for at in ("fetch", "activities/state", "agents/profile", "statements")),
    *(("xapi", at) for at in ("activities/state", "statements")),
]


@pytest.mark.parametrize(("standard", "at"), STARTS)
def test_a_store_in_trouble_at_the_start_is_waited_for_while_the_page_can_be_read(
    lms: LmsPlatform, standard: str, at: str
) -> None:
    lms.learners_tab.clock.install()
    trouble = lms.server.trouble("status", at, 500)
    found = opened(lms, standard, SESSION, ready=False)
    lms.pass_time(found, lambda: trouble.met > 1)
    found.go_to("reflect")
    expect(found.step.locator("h2").first).to_be_visible()
    trouble.over()
    lms.pass_time(found, lambda: is_ready(found))
    found.answer_step()
    lms.pass_time(found, lambda: not found.lost() and "Saved" in save_line(found).inner_text())
    assert found.verbs == ["initialized"]
    assert lms.refused == []


@pytest.mark.parametrize(("standard", "at"), [("cmi5", "fetch"), ("xapi", "activities/state")])
def test_while_a_slow_lms_thinks_the_page_is_read_and_nothing_can_be_written_in_vain(
    lms: LmsPlatform, standard: str, at: str
) -> None:
    trouble = lms.server.trouble("slow", at)
    found = opened(lms, standard, SESSION, ready=False)
    found.go_to("reflect")
    told(found, "Connecting")
    for area in found.step.locator("textarea, input, select").all():
        expect(area).to_be_disabled()
    assert found.verbs == []
    trouble.over()
    found.wait_until_ready()
    found.answer_step()
    found.wait_until_stored()
    assert found.lost() == {}
    assert lms.refused == []


@pytest.mark.parametrize("at", ["fetch", ""])
def test_a_store_that_browsers_may_not_speak_to_is_told_and_the_page_can_be_used(
    lms: LmsPlatform, standard: str, at: str
) -> None:
    """It sends no CORS headers, so that no launch can ever work; a page cannot know that it never will."""
    if standard == "xapi" and at:
        pytest.skip("a plain launch has nothing to fetch")
    lms.learners_tab.clock.install()
    trouble = lms.server.trouble("no-cors", at)
    found = opened(lms, standard, SESSION, ready=False)
    lms.pass_time(found, lambda: is_ready(found))
    told(found, "does not answer")
    found.go_to("reflect")
    found.answer_step()
    told(found, "leave this page open")
    expect(found.unit.get_by_role("button", name="Download my answers")).to_be_visible()
    found.unit.locator("[data-exit]:visible").first.click()
    closing = found.unit.locator("#closing")
    expect(closing).to_contain_text("Not everything is saved")
    expect(closing).to_contain_text("cannot keep a copy")
    found.unit.get_by_role("button", name="Back to the session").click()
    expect(found.step).to_have_attribute("data-step", "reflect")
    assert found.verbs == []
    trouble.over()
    if standard == "cmi5":
        # The token was given out to a page that could not read it, and there is no second one.
        lms.pass_time(found, lambda: "closed this session" in save_line(found).inner_text())
        told(found, "Kept on this device")
        found = opened(lms, standard, SESSION, found)
    lms.pass_time(found, lambda: not found.lost() and "Saved" in save_line(found).inner_text())
    assert lms.refused == []


@pytest.mark.parametrize("at", ["", "statements", "activities/state"])
def test_what_a_store_took_and_did_not_keep_is_found_out_at_the_next_launch(
    lms: LmsPlatform, learner: LmsLearner, standard: str, at: str
) -> None:
    """It says 200 to everything: until it is asked what it has nobody can know."""
    trouble = lms.server.trouble("lost-but-200", at, method="POST")
    learner.answer_step()
    lms.pass_time(learner, lambda: trouble.met > 0)
    lms.pass_time(learner, lambda: "Saved" in save_line(learner).inner_text())
    if at == "activities/state":
        lms.pass_time(learner, lambda: not learner.lost())
    else:
        assert learner.lost() != {}
    trouble.over()
    learner.exit()
    again = opened(lms, standard, SESSION, learner)
    lms.pass_time(again, lambda: not again.lost())
    lms.pass_time(again, lambda: "Saved" in save_line(again).inner_text())
    again.exit()
    again.frame.evaluate("localStorage.clear(); sessionStorage.clear()")
    third = opened(lms, standard, SESSION, again)
    third.go_to("reflect")
    for area in third.step.locator("textarea:visible").all():
        expect(area).not_to_have_value("")
    assert lms.refused == []


def test_what_could_not_be_sent_before_the_tab_closed_comes_with_the_next_launch(
    lms: LmsPlatform, standard: str
) -> None:
    keeper = lms.tab()
    found = opened(lms, standard, SESSION, tab=lms.tab())
    found.go_to("plan")
    found.wait_until_stored()
    trouble = lms.server.trouble("refused")
    found.answer_step()
    found.tab.close()
    lms.until(lambda: trouble.met > 0)
    trouble.over()
    again = opened(lms, standard, SESSION, found, tab=keeper)
    assert found.session.abandoned == (standard == "cmi5")
    again.wait_until_stored()
    assert again.lost() == {}
    again.exit()
    late = {"9.3.6.0-2 (d2)"}
    assert {one.requirement for one in lms.refused_but_late} <= late, "the browser tries again for a closed page"


def test_another_learner_on_the_same_computer_sees_nothing(lms: LmsPlatform) -> None:
    found = lms.open(SESSION)
    found.go_to("plan")
    trouble = lms.server.trouble("refused")
    found.answer_step()
    lms.leave(found)
    trouble.over()
    other_actor = {"objectType": "Agent", "account": {"homePage": "https://lms.example/people", "name": "other"}}
    enrolment = lms.enrol(SESSION)
    enrolment.registration = lms.server.lms.register(enrolment.registration.course, other_actor)
    other = lms.open(enrolment)
    other.go_to("plan")
    for area in other.step.locator("textarea").all():
        expect(area).to_have_value("")
    other.exit()
    assert other.answered == []


def test_a_tab_that_closes_with_everything_unsent_ends_its_session_and_loses_nothing(
    lms: LmsPlatform, standard: str
) -> None:
    keeper = lms.tab()
    found = opened(lms, standard, "customer-pathways", tab=lms.tab())
    found.write = lambda key: "".join(chr(0x4E00 + (number * 7919 + len(key)) % 20000) for number in range(4000))
    lms.until(lambda: "initialized" in found.verbs)
    trouble = lms.server.trouble("status", "statements", 503, method="POST", retry_after="3600")
    for step in ("activity", "reflect", "conclude", "plan"):
        found.go_to(step)
        found.answer_step()
    trouble.over()
    found.tab.close()
    lms.until(lambda: "terminated" in found.verbs)
    assert found.verbs == ["initialized", "terminated"]
    again = opened(lms, standard, "customer-pathways", found, tab=keeper)
    again.wait_until_stored()
    assert again.lost() == {}
    again.exit()
    assert lms.refused_but_late == []
