"""Both sessions as cmi5 packages on a strict LMS: played, looked at, left, closed, reloaded and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import SESSIONS, Site
from tests.browser.lms_platform import (
    SUBMITTED,
    LmsLearner,
    LmsPlatform,
    goes_on_alone,
    query_of,
    read,
    shows_the_list,
)
from tests.browser.test_play import ALL_FIELDS
from tests.browser.test_trouble import MORTAL, kill
from tests.cmi5.second_opinion import complaints
from tests.fakes.cmi5 import judge, terms
from tests.fakes.cmi5.documents import Conditions
from tests.fakes.cmi5.lms import canonical
from tests.fakes.cmi5.server import Server

SESSION = "who-are-our-customers"


@pytest.fixture
def lms(lms_context: BrowserContext, site: Site, lms_server: Server) -> Iterator[LmsPlatform]:
    """The strict LMS, with a browser that may not complain."""
    platform = LmsPlatform(lms_context, site, lms_server)
    yield platform
    assert platform.complaints == []


def fields(learner: LmsLearner) -> list[tuple[str, object]]:
    """Every field with its value."""
    return [(name, value) for name, value in learner.frame.evaluate(ALL_FIELDS)]


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_played_to_the_end_is_taken_whole_by_a_strict_lms(lms: LmsPlatform, session: str) -> None:
    learner = lms.open(session)
    learner.pointer = True
    learner.work_through()
    learner.wait_until_stored()
    assert lms.refused == []
    assert learner.verbs[0] == "initialized"
    assert {"completed", "passed"} <= set(learner.verbs), "said as soon as it is true, not at the exit"
    assert learner.lost() == {}
    assert learner.enrolment.registration.satisfied == {learner.enrolment.registration.course.id}
    texts = fields(learner)
    step = learner.step.get_attribute("data-step")
    learner.exit()
    assert learner.verbs[-1] == "terminated"
    assert complaints(lms.server.lms.statements.kept) == [], "a second opinion"

    learner = lms.come_back(learner)
    learner.unit.locator(f".step.current[data-step='{step}']").wait_for()
    assert fields(learner) == texts, "every text is there again"
    learner.exit()
    assert learner.verbs == ["initialized", "terminated"]
    assert lms.refused == []


@pytest.mark.parametrize("session", SESSIONS)
def test_every_question_is_answered_under_an_id_of_its_own_that_stays(lms: LmsPlatform, session: str) -> None:
    learner = lms.open(session)
    learner.work_through()
    learner.wait_until_stored()
    ids: dict[str, set[str]] = {}
    texts = list(learner.said.values())
    for key, text in learner.said.items():
        if texts.count(text) > 1:
            continue  # the same choice in several fields
        ids[key] = {one["object"]["id"] for one in learner.answered if read(one) == text}
    assert {key: found for key, found in ids.items() if len(found) != 1} == {}
    assert len(set.union(*ids.values())) == len(ids), "two questions share an id"
    before = {one["object"]["id"]: one["object"]["definition"] for one in learner.answered}
    still_to_come = ("my-part.", "follow-up.")
    asked = {one["key"] for one in learner.data["interactions"] if not one["key"].startswith(still_to_come)}
    sent = {one["object"]["id"] for one in learner.statements if one["verb"]["id"] == SUBMITTED}
    assert len(before) + len(sent) >= len(asked), "each question and each form has its own object"
    learner.exit()

    other = lms.open(session, tab=lms.tab())
    other.work_through()
    other.wait_until_stored()
    relative = {name.removeprefix(learner.session.activity_id): about for name, about in before.items()}
    for one in other.answered:
        name = one["object"]["id"].removeprefix(other.session.activity_id)
        assert relative[name] == one["object"]["definition"], "the same question for every learner"


def test_where_nobody_can_fail_nobody_is_called_failed(lms: LmsPlatform) -> None:
    """The sample course has a check but no failing: what is wrong in it is answered, not judged."""
    learner = lms.open(SESSION)
    learner.wrong = True
    learner.go_to("check")
    learner.answer_step()
    learner.exit()
    assert learner.verbs == ["initialized", "terminated"]
    assert False in [one["result"].get("success") for one in learner.answered]


def test_no_delimiter_of_the_format_is_hidden_in_a_learner_s_text(lms: LmsPlatform) -> None:
    """``[,]`` would make two answers of one, and there is no way to escape it."""
    learner = lms.open(SESSION)
    learner.work_through()
    learner.wait_until_stored()
    for one in learner.answered:
        if one["object"]["definition"]["interactionType"] in {"fill-in", "long-fill-in"}:
            assert "[,]" not in one["result"]["response"]


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_looking_on_reports_nothing_but_its_beginning_and_its_end(lms: LmsPlatform, session: str, mode: str) -> None:
    learner = lms.open(session)
    learner.go_next()
    learner.answer_step()
    learner.wait_until_stored()
    texts = fields(learner)
    learner.exit()
    state = learner.stored_state()
    looking = lms.come_back(learner, mode)
    looking.unit.locator("#save-line").filter(has_text="looking back").wait_for()
    if mode == "Review":
        assert [one for one in fields(looking) if one[1]] == [one for one in texts if one[1]]
    while looking.step.locator("[data-next]").count():
        for one in looking.step.locator("input, textarea, select").all():
            expect(one).to_be_disabled()
        looking.go_next()
    looking.exit()
    assert [one["verb"]["id"] for one in looking.statements] == [
        terms.VERBS["initialized"],
        terms.VERBS["terminated"],
    ]
    assert looking.stored_state() == state
    assert lms.refused == []


def test_opening_says_initialized_and_nothing_more(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION)
    lms.until(lambda: "initialized" in learner.verbs)
    assert learner.verbs == ["initialized"]
    asked = [request.resource for request, status in lms.server.exchanges if request.method != "OPTIONS" and status]
    said = asked.index("statements")
    assert {"fetch", "activities/state", "agents/profile"} <= set(asked[:said])
    lms.leave(learner)
    lms.until(lambda: not learner.session.open)
    assert learner.verbs == ["initialized", "terminated"], "closing completes nothing"
    assert lms.refused_but_late == []


def test_leaving_ends_the_session_and_leads_back_to_the_lms(lms: LmsPlatform) -> None:
    address = f"{lms.server.lms.base}/returned?course=1&from=au"
    learner = lms.open(SESSION, return_url=address)
    learner.go_next()
    learner.answer_step()
    learner.exit()
    learner.unit.get_by_text("You are back.").wait_for()
    assert learner.frame.url == address
    assert learner.tab.url.endswith("/frame"), "its own frame, not the LMS's window"
    assert learner.verbs == ["initialized", "terminated"]
    assert learner.lost() == {}
    assert "duration" in learner.statements[-1]["result"]
    assert lms.refused == []


@pytest.mark.parametrize("nothing", ["", None])
def test_without_an_address_to_return_to_the_page_says_that_it_can_be_closed(
    lms: LmsPlatform, nothing: str | None
) -> None:
    learner = lms.open(SESSION, return_url=nothing)
    learner.exit()
    expect(learner.unit.get_by_text("You can close this window now.")).to_be_visible()
    assert lms.refused == []


def test_who_fails_can_pass_in_a_later_session_and_never_fails_again(lms: LmsPlatform) -> None:
    learner = lms.open(lms.enrol_where_one_can_fail(SESSION))
    learner.wrong = True
    learner.work_through()
    learner.wait_until_stored()
    learner.exit()
    assert "failed" in learner.verbs
    assert "passed" not in learner.verbs
    failed = next(one for one in learner.statements if one["verb"]["id"] == terms.VERBS["failed"])
    assert failed["result"]["success"] is False
    second = lms.come_back(learner)
    second.go_to("check")
    second.answer_step()
    second.wait_until_stored()
    second.exit()
    assert "passed" in second.verbs
    third = lms.come_back(second)
    third.wrong = True
    third.go_to("check")
    third.answer_step()
    third.wait_until_stored()
    third.exit()
    assert third.verbs == ["initialized", "terminated"]
    assert lms.refused == []


@pytest.mark.parametrize("remembers", ["state", "device"])
def test_nothing_is_said_twice_in_a_registration(lms: LmsPlatform, remembers: str) -> None:
    """A second completed or passed is refused; an LMS that lost the AU's state, or a new computer, changes nothing."""
    learner = lms.open(SESSION)
    learner.work_through()
    learner.wait_until_stored()
    learner.exit()
    if remembers == "state":
        learner.frame.evaluate("localStorage.clear(); sessionStorage.clear()")
    if remembers == "device":
        for key in [key for key in lms.server.lms.states.kept if key[-1] != terms.LAUNCH_DATA]:
            lms.server.lms.states.delete(key, Conditions())
    second = lms.come_back(learner)
    second.work_through()
    second.wait_until_stored()
    second.exit()
    assert not {"completed", "passed", "failed"} & set(second.verbs)
    assert lms.refused == []
    assert second.lost() == {}


def test_a_reload_goes_on_with_the_same_session(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION)
    learner.go_next()
    learner.answer_step()
    texts = fields(learner)
    learner.frame.evaluate("document.documentElement.removeAttribute('data-activities'); location.reload()")
    learner.wait_until_ready()
    learner.wait_until_stored()
    assert fields(learner) == texts
    learner.go_next()
    learner.answer_step()
    learner.wait_until_stored()
    learner.exit()
    assert learner.verbs == ["initialized", "terminated"]
    assert learner.lost() == {}
    assert [status for _, status in lms.server.requests("fetch", "POST")] == [200]
    assert lms.refused == []


def test_a_window_that_the_browser_reloads_tells_the_truth_and_loses_nothing(lms: LmsPlatform) -> None:
    """By the browser's own button a reload looks like closing: the session may be over, and then the page says so."""
    enrolment = lms.enrol(SESSION)
    learner = lms.open(enrolment, ready=False)
    tab = lms.tab()
    lms.leave(learner)
    launch = lms.server.lms.launch(enrolment.registration, enrolment.unit, enrolment.content)
    tab.goto(launch.url)
    tab.locator("html[data-activities=ready]").wait_for(state="attached")
    tab.locator(".step.current [data-next]").click()
    entry = tab.locator(".step.current input[type=text]").first
    entry.fill("Neighbours")
    entry.press("Enter")
    tab.reload()
    tab.locator("html[data-activities=ready]").wait_for(state="attached")
    if launch.session.terminated:
        expect(tab.locator("#save-line")).to_contain_text("closed this session")
    else:
        expect(tab.locator("#save-line")).to_contain_text("Saved")
    tab.close()
    lms.until(lambda: not launch.session.open)
    again = lms.open(enrolment)
    again.wait_until_stored()
    assert "Neighbours" in [one["result"].get("response") for one in again.answered]
    assert launch.session.verbs.count("initialized") == 1
    assert lms.refused_but_late == []


def test_a_session_that_was_abandoned_tells_its_learner_and_the_next_one_has_everything(lms: LmsPlatform) -> None:
    lms.tolerant = True
    first = lms.open(SESSION)
    first.go_next()
    first.answer_step()
    first.wait_until_stored()
    second = lms.come_back(first, tab=lms.tab())
    assert not first.session.open
    first.go_to("reflect")
    first.answer_step()
    expect(first.unit.locator("#save-line")).to_contain_text("closed this session")
    first.tab.close()
    third = lms.come_back(second, tab=lms.tab())
    third.wait_until_stored()
    assert third.lost() == {}
    third.exit()
    assert third.verbs == ["initialized", "terminated"]
    assert {one.requirement for one in lms.refused} <= {"9.3.6.0-2 (d2)"}, "only the old session was refused"


def test_of_two_launches_side_by_side_the_second_is_told_and_overwrites_nothing(lms: LmsPlatform) -> None:
    enrolment = lms.enrol(SESSION)
    one = lms.open(enrolment)
    two = lms.open(enrolment, tab=lms.tab(), said=one.said, leave_open=True)
    goes_on_alone(one, two)
    shows_the_list(lms.come_back(one))


def test_the_same_launch_opened_in_a_second_tab_says_that_it_is_not_recorded(lms: LmsPlatform) -> None:
    lms.tolerant = True
    learner = lms.open(SESSION)
    second = lms.tab()
    lms.show(second, learner.launch.url)
    unit = second.frame_locator("iframe")
    unit.locator("html[data-activities=ready]").wait_for(state="attached")
    expect(unit.locator("#save-line")).to_contain_text("closed this session")
    learner.go_next()
    learner.answer_step()
    learner.wait_until_stored()
    second.close()
    learner.exit()
    assert learner.lost() == {}
    assert lms.refused == []


STEPS = ("activity", "reflect", "conclude", "plan")


@pytest.mark.parametrize("step", STEPS)
def test_a_closed_tab_ends_the_session_with_everything_answered(lms: LmsPlatform, step: str) -> None:
    """Right after the last answer: no time to save before the page goes."""
    keeper = lms.tab()
    learner = lms.open(SESSION, tab=lms.tab())
    learner.go_to(step)
    learner.answer_step()
    learner.tab.close()
    keeper.title()
    lms.until(lambda: not learner.session.open)
    assert learner.verbs[-1] == "terminated"
    assert learner.lost() == {}
    again = lms.come_back(learner, tab=keeper)
    again.wait_until_stored()
    assert again.lost() == {}
    assert lms.refused_but_late == []


@pytest.mark.parametrize("step", STEPS)
def test_a_tab_that_is_killed_is_abandoned_and_loses_nothing(
    lms: LmsPlatform, lms_context: BrowserContext, step: str
) -> None:
    lms_context.add_init_script(MORTAL)
    keeper = lms.tab()
    learner = lms.open(SESSION, tab=lms.tab())
    learner.go_to(step)
    learner.answer_step()
    kill(learner.tab)
    assert "terminated" not in learner.verbs
    again = lms.come_back(learner, tab=keeper)
    assert learner.session.abandoned
    again.wait_until_stored()
    assert again.lost() == {}
    again.exit()
    # A save that was under way when the tab died may arrive when its session is over.
    over = "9.3.6.0-2 (d2)"
    assert [one for one in lms.refused_but_late if (one.resource, one.requirement) != ("activities/state", over)] == []


def test_the_token_is_fetched_once_by_a_bare_post(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION)
    learner.go_next()
    learner.exit()
    ((request, status),) = lms.server.requests("fetch", "POST")
    assert status == 200
    assert request.body == b""
    assert not {"authorization", "x-experience-api-version"} & set(request.headers)
    assert lms.server.requests("fetch", "GET") == []


def test_every_statement_keeps_the_launch_s_context_and_actor(lms: LmsPlatform) -> None:
    """The judge compares them; here it is made sure that there was something to compare."""
    learner = lms.open(SESSION)
    learner.work_through()
    learner.exit()
    assert len(learner.statements) > 20
    for one in learner.statements:
        assert one["actor"] == learner.session.actor
        grouping = one["context"]["contextActivities"]["grouping"]
        assert grouping[:2] == learner.session.template["contextActivities"]["grouping"]
        if judge.is_defined(one):
            assert one["object"]["id"] == learner.session.activity_id
    assert lms.refused == []


def test_no_verb_of_cmi5_is_said_of_a_part(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION)
    learner.work_through()
    learner.exit()
    parts = [one for one in learner.statements if not judge.is_defined(one)]
    assert parts
    for one in parts:
        assert one["verb"]["id"] not in terms.NAMES
        assert one["object"]["id"].startswith(f"{learner.session.activity_id}/")


def test_the_preferences_are_read_before_the_first_statement_and_kept_to(lms: LmsPlatform) -> None:
    enrolment = lms.enrol(SESSION)
    key = (canonical(enrolment.registration.actor), terms.PREFERENCES)
    body = b'{"languagePreference":"de-AT,en","audioPreference":"off"}'
    lms.server.lms.agent_profiles.put(key, body, "application/json", Conditions(none_match="*"), careful=True)
    learner = lms.open(enrolment)
    learner.go_next()
    learner.exit()
    ((request, status),) = lms.server.requests("agents/profile", "GET")
    assert status == 200
    assert request.query["profileId"] == terms.PREFERENCES
    assert learner.frame.evaluate("[...document.querySelectorAll('audio, video')].every(one => one.muted)")
    assert lms.refused == []


def test_the_mastery_score_is_the_launch_s_not_the_course_s(lms: LmsPlatform) -> None:
    learner = lms.open(lms.enrol_where_one_can_fail(SESSION), mastery_score=1.0)
    learner.go_to("check")
    questions = learner.step.locator("scormkit-multiple-choice").all()
    for number, question in enumerate(questions):
        learner.wrong = number == 0
        learner.answer(question)
    learner.wait_until_stored()
    assert "100%" in (learner.frame.locator("[data-pass-mark]").text_content() or ""), "it is the launch's that is told"
    learner.exit()
    (failed,) = [one for one in learner.statements if one["verb"]["id"] == terms.VERBS["failed"]]
    assert 0.6 < failed["result"]["score"]["scaled"] < 1.0, "enough by the course, not by the launch"
    assert failed["context"]["extensions"][terms.MASTERY_SCORE] == 1.0
    easy = lms.open(SESSION, tab=lms.tab(), mastery_score=0.1)
    easy.go_to("check")
    for number, question in enumerate(easy.step.locator("scormkit-multiple-choice").all()):
        easy.wrong = number != 0
        easy.answer(question)
    easy.wait_until_stored()
    easy.exit()
    (passed,) = [one for one in easy.statements if one["verb"]["id"] == terms.VERBS["passed"]]
    assert 0.1 <= passed["result"]["score"]["scaled"] < 0.6
    assert lms.refused == []


@pytest.mark.parametrize("slash", [True, False])
def test_an_endpoint_may_end_in_a_slash_or_not(lms: LmsPlatform, slash: bool) -> None:
    lms.server.lms.slash = slash
    learner = lms.open(SESSION)
    learner.go_next()
    learner.exit()
    assert {request.path.partition("/xapi/")[0] for request, _ in lms.server.requests("statements")} == {""}
    assert lms.refused == []


def shuffled(address: str) -> str:
    """The same parameters in another order, percent-escaped to the last sign, with others among them."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query)
    own = sorted([*pairs, ("returnURL", ""), ("lang", "en & de")], key=lambda pair: pair[0][::-1])
    query = "&".join(f"{key}={''.join(f'%{byte:02X}' for byte in value.encode())}" for key, value in own)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def test_the_launch_s_words_may_come_in_any_order_and_beside_others(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION, change_url=shuffled)
    learner.go_next()
    learner.answer_step()
    learner.exit()
    assert learner.lost() == {}
    assert lms.refused == []


def test_spaces_may_be_written_as_plus(lms: LmsPlatform) -> None:
    def plus(address: str) -> str:
        parts = urlsplit(address)
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(parse_qsl(parts.query)), ""))

    learner = lms.open(SESSION, change_url=plus)
    learner.exit()
    assert "+" in plus(learner.launch.url)
    assert learner.verbs == ["initialized", "terminated"]


def test_what_was_done_is_told_one_request_at_a_time_and_with_the_version_of_xapi(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION)
    learner.work_through()
    learner.exit()
    assert lms.server.most_at_once["POST statements"] == 1
    assert lms.server.most_at_once["POST activities/state"] <= 1
    for request, _ in lms.server.exchanges:
        if request.path.startswith("/xapi") and request.method != "OPTIONS":
            assert request.headers["x-experience-api-version"].startswith("1.0")
            assert "method" not in request.query


def test_nobody_else_learns_what_the_launch_url_held(lms: LmsPlatform) -> None:
    learner = lms.open(SESSION)
    learner.go_next()
    learner.exit()
    for request, _ in lms.server.exchanges:
        if request.path.startswith(("/xapi", "/fetch")):
            assert "fetch" not in request.headers.get("referer", "")
            assert "actor" not in request.headers.get("referer", "")
    assert not {"fetch", "actor"} & set(query_of(learner.frame.url)), "the address holds no secret any more"
    assert quote(learner.launch.token) not in learner.frame.url
