"""Every session of the sample courses as cmi5, as plain xAPI and as web pages: played whole, and only looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import ROOT, Site
from tests.browser.hands import Hands
from tests.browser.learner import Learner
from tests.browser.lms_platform import SUBMITTED, LmsLearner, LmsPlatform, stem
from tests.browser.plain_xapi import REGISTRATION, launched
from tests.browser.test_play import ALL_FIELDS
from tests.cmi5.second_opinion import complaints
from tests.fakes.cmi5.lms import Lms
from tests.fakes.cmi5.server import Server, listening

SESSIONS = tuple(
    f"{about.parent.name}/{name}"
    for about in sorted((ROOT / "content").glob("*/course.yaml"))
    for name in yaml.safe_load(about.read_text(encoding="utf-8"))["sessions"]
)
FIELDS = """
shared => [...document.querySelectorAll("[data-key]")].flatMap(activity => {
    const { record } = scormkitPage.unit.activities[activity.dataset.key] ?? {};
    if (shared !== (record !== "private")) return [];
    return [...activity.querySelectorAll("textarea, input, select")]
        .filter(field => !field.readOnly)
        .map(field => ({
            name: field.id || field.name + field.value,
            value: /checkbox|radio/.test(field.type) ? field.checked : field.value,
            sent: record !== "kept" && /^text/.test(field.type) && !field.id.endsWith("_centre")
                && field.closest("[data-type]")?.dataset.type !== "name",
        }));
})
"""
"""Every field with its value, outside of private activities or inside; and whether a trainer is to have what it says:
not names, not what is only kept for the learner, not the word in the middle of a map."""


@pytest.fixture(scope="module")
def one_lms(browser: Browser, site: Site) -> Iterator[LmsPlatform]:
    """One server, one profile and one tab for all sessions: to open them takes longer than to play one."""
    with listening(Server()) as server:
        context = browser.new_context(base_url=site.address, reduced_motion="reduce", permissions=["clipboard-write"])
        yield LmsPlatform(context, site, server)
        context.close()


@pytest.fixture
def asked(one_lms: LmsPlatform) -> Iterator[list[str]]:
    """Addresses that the browser asks for during a test."""
    found: list[str] = []
    listen: Callable[..., None] = lambda request: found.append(request.url)  # noqa: E731 - taken away by its name
    one_lms.context.on("request", listen)
    yield found
    one_lms.context.remove_listener("request", listen)


@pytest.fixture
def lms(one_lms: LmsPlatform, asked: list[str]) -> Iterator[LmsPlatform]:
    """The strict LMS with nothing left of earlier tests. Nothing may be refused, nor asked for elsewhere."""
    server = one_lms.server
    server.lms = Lms(base=server.lms.base)
    for book in (server.refused, server.exchanges, one_lms.complaints):
        book.clear()
    one_lms.learners_tab.goto(f"{one_lms.site.address}/player.html")
    one_lms.learners_tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    yield one_lms
    assert one_lms.refused == []
    assert one_lms.complaints == []
    assert [one for one in asked if not one.startswith((one_lms.site.address, server.lms.base, "blob:"))] == []


def play(learner: Learner) -> None:
    """Do everything on every step."""
    hands = Hands(learner.tab, learner.frame)
    while learner.step.locator("[data-next]").count():
        for activity in learner.step.locator("[data-key]").all():
            hands.answer_at_once(activity)
        learner.go_next()
    assert hands.done > 5


def fields(learner: Learner, *, shared: bool = True) -> list[dict[str, Any]]:
    """The fields as they stand, without private activities or only those."""
    found: list[dict[str, Any]] = learner.frame.evaluate(FIELDS, shared)
    return found


def played(lms: LmsPlatform, learner: LmsLearner) -> None:
    """Play to the end, until the store has every text that it is to have, whole, and none that it is not."""
    play(learner)
    learner.wait_until_stored()
    assert learner.verbs[0] == "initialized"
    assert "completed" in learner.verbs
    texts = {one["value"] for one in fields(learner) if one["sent"] and one["value"]}
    responses = [one["result"]["response"] for one in learner.answered]
    assert {text for text in texts if not any(text in response for response in responses)} == set()
    forms = {one["object"]["id"] for one in learner.statements if one["verb"]["id"] == SUBMITTED}
    assert len(forms) >= len([one for one in learner.data["forms"] if one["form"] == "plan"])
    private = [one["value"] for one in fields(learner, shared=False) if isinstance(one["value"], str)]
    sent = b"".join(request.body for request, _ in lms.server.exchanges).decode()
    assert [text for text in private if " & two " in text and text in sent] == []
    assert complaints(learner.statements) == [], "a second opinion"


def forgotten_here(learner: LmsLearner) -> None:
    """Leave, and come back from another computer."""
    learner.exit()
    assert learner.verbs[-1] == "terminated"
    expect(learner.unit.get_by_text("You can close this window now.")).to_be_visible()
    learner.frame.evaluate("localStorage.clear(); sessionStorage.clear()")


@pytest.mark.parametrize("session", SESSIONS)
def test_a_strict_lms_takes_a_session_whole_and_gives_it_back(lms: LmsPlatform, session: str) -> None:
    learner = lms.open(session)
    played(lms, learner)
    assert learner.enrolment.registration.satisfied == {learner.enrolment.registration.course.id}
    before = fields(learner)
    forgotten_here(learner)
    again = lms.come_back(learner)
    assert fields(again) == before, "from the LMS alone"
    again.exit()
    assert again.verbs == ["initialized", "terminated"]


@pytest.mark.parametrize("session", SESSIONS)
def test_a_record_store_takes_a_session_whole_and_gives_it_back(lms: LmsPlatform, session: str) -> None:
    learner = launched(lms, session, registration=REGISTRATION)
    played(lms, learner)
    before = fields(learner)
    forgotten_here(learner)
    again = launched(lms, session, registration=REGISTRATION)
    assert fields(again) == before, "from the record store alone"
    again.exit()
    assert [again.verbs.count(verb) for verb in ("initialized", "completed", "terminated")] == [2, 1, 2]
    assert again.verbs.count("passed") <= 1


class Visitor(Learner):
    """Somebody on a web site: the page is the whole tab."""

    @property
    def step(self) -> Locator:
        return self.tab.locator(".step.current")

    def open(self, address: str) -> None:
        self.tab.goto(address)
        self.tab.locator("html[data-activities=ready]").wait_for(state="attached")

    def wait_until_stored(self) -> None:
        expect(self.tab.locator("#save-line")).to_contain_text("Kept on this device")


@pytest.mark.parametrize("session", SESSIONS)
def test_a_web_page_keeps_a_session_and_sends_nothing(lms: LmsPlatform, asked: list[str], session: str) -> None:
    folder = f"{lms.site.address}/{stem(session, 'web')}/"
    visitor = Visitor(lms.learners_tab)
    asked.clear()
    visitor.open(f"{folder}index.html")
    play(visitor)
    visitor.wait_until_stored()
    before = visitor.frame.evaluate(ALL_FIELDS)
    visitor.open(f"{folder}index.html")
    assert visitor.frame.evaluate(ALL_FIELDS) == before, "private or not: nothing leaves this device"
    assert [one for one in asked if not one.startswith((folder, "blob:"))] == []
    assert {urlsplit(one).query for one in asked} == {""}
    assert lms.server.exchanges == []


@pytest.mark.parametrize("session", SESSIONS)
def test_browsing_and_reviewing_show_a_session_and_send_nothing_of_it(lms: LmsPlatform, session: str) -> None:
    learner = lms.open(session)
    learner.go_next()
    hands = Hands(learner.tab, learner.frame)
    while not hands.done:
        for activity in learner.step.locator("[data-key]").all():
            hands.answer_at_once(activity)
        if not hands.done:
            learner.go_next()
    learner.wait_until_stored()
    before = learner.frame.evaluate(ALL_FIELDS)
    learner.exit()
    state = learner.stored_state()
    for mode in ("Browse", "Review"):
        looking = lms.come_back(learner, mode)
        looking.unit.locator("#save-line").filter(has_text="looking back").wait_for()
        assert looking.frame.evaluate(ALL_FIELDS) == before
        while True:
            open_fields = looking.step.locator("[data-key] :is(input, textarea, select):enabled:visible")
            assert open_fields.count() == 0
            if not looking.step.locator("[data-next]").count():
                break
            looking.go_next()
        looking.exit()
        assert [one["verb"]["id"].rpartition("/")[2] for one in looking.statements] == ["initialized", "terminated"]
        assert looking.stored_state() == state
