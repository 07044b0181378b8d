"""Leaving with more on the way than a closing page may send: what must arrive does, the rest comes later."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Site
from tests.browser.lms_platform import SUBMITTED, LmsLearner, LmsPlatform
from tests.browser.own_course import serve
from tests.browser.plain_xapi import STANDARDS, opened
from tests.fakes.cmi5.server import Server

KEEPALIVE = 65_536
"""Bytes that the bodies of all requests may have together that outlive their page (Fetch, 4.1)."""
FIELDS = [
    {"id": f"part-{number}", "type": "long-text", "label": f"Part {number}", "max_chars": 3000} for number in range(6)
]
Open = Callable[..., LmsLearner]


@pytest.fixture
def lms(lms_context: BrowserContext, site: Site, lms_server: Server) -> LmsPlatform:
    """The strict LMS; a browser that may grumble about what could not be sent."""
    return LmsPlatform(lms_context, site, lms_server, tolerant=True)


@pytest.fixture(params=STANDARDS)
def begin(request: pytest.FixtureRequest, lms: LmsPlatform) -> Open:
    """Opens a session with a large form; ``before``: again, by the same learner."""
    session = serve(lms.site, "much", "to-write", {"title": "My plan", "purpose": "action-plan", "fields": FIELDS})

    def beginning(before: LmsLearner | None = None, **options: Any) -> LmsLearner:
        found = opened(lms, request.param, session, before, **options)
        found.write = lambda key: "".join(chr(0x4E00 + (n * 7919 + 31 * len(key)) % 20000) for n in range(2900))
        return found

    return beginning


def write_everything(learner: LmsLearner) -> None:
    """Some 50 KB in fields, and as much again in the form as a whole."""
    learner.go_to("plan")
    learner.answer_step()
    assert sum(len(text.encode()) for text in learner.said.values()) > 50_000


def of_the_end(lms: LmsPlatform, already: int) -> set[tuple[str, bytes]]:
    """What was sent from a moment on: where to, and what. Chromium may send the same once more for a closed page."""
    sent = [request for request, _ in lms.server.exchanges[already:] if request.method == "POST"]
    return {(request.resource, request.body) for request in sent}


def states(lms: LmsPlatform, already: int) -> list[int]:
    """How the LMS answered the states that were sent from a moment on."""
    sent = lms.server.exchanges[already:]
    return [status for request, status in sent if (request.method, request.resource) == ("POST", "activities/state")]


def left(learner: LmsLearner, already: int) -> bool:
    """Whether the end and the state of a session that was closed have arrived."""
    return "terminated" in learner.verbs and states(learner.platform, already) != []


def texts_on_page(learner: LmsLearner) -> list[str]:
    learner.go_to("plan")
    return [area.input_value() for area in learner.step.locator("textarea").all()]


@pytest.mark.parametrize("kind", ["refused", "slow"])
def test_what_does_not_fit_into_the_last_requests_waits_on_the_device(lms: LmsPlatform, begin: Open, kind: str) -> None:
    keeper = lms.tab()
    learner = begin(tab=lms.tab())
    lms.until(lambda: "initialized" in learner.verbs)
    learner.wait_until_stored()
    trouble = (
        lms.server.trouble("slow", "statements", method="POST", times=1)
        if kind == "slow"
        else lms.server.trouble("status", "statements", 503, method="POST", retry_after="3600")
    )
    write_everything(learner)
    lms.until(lambda: trouble.met > 0)
    if kind == "refused":
        expect(learner.unit.locator("#save-line")).to_contain_text("Not yet saved")
        trouble.over()
    already = len(lms.server.exchanges)
    learner.tab.close()
    # Not only taken but answered: what is answered is what was exchanged.
    lms.until(lambda: any(b"verbs/terminated" in body for _, body in of_the_end(lms, already)))
    last = of_the_end(lms, already)
    sizes = {(resource, len(body)) for resource, body in last}
    assert sum(size for _, size in sizes) <= KEEPALIVE, sizes
    (ending,) = [json.loads(body) for _, body in last if b"verbs/terminated" in body]
    assert (ending if isinstance(ending, dict) else ending[-1])["verb"]["id"].endswith("/terminated")
    assert learner.lost() != {}, "there was more than fits"
    trouble.over()

    again = begin(learner, tab=keeper)
    again.wait_until_stored()
    assert again.lost() == {}
    wholes = [one["result"]["response"] for one in lms.server.lms.statements.kept if one["verb"]["id"] == SUBMITTED]
    assert any(all(text in whole for text in learner.said.values()) for whole in wholes), "the plan as one text too"
    assert texts_on_page(again) == list(learner.said.values())
    ids = [one["id"] for one in lms.server.lms.statements.kept]
    assert len(set(ids)) == len(ids)
    again.exit()
    late = {"9.3.0.0-5 (d2)"} if kind == "slow" else set()
    assert {one.requirement for one in lms.refused_but_late} <= late, "what was under way came after terminated"


@pytest.mark.parametrize("kind", ["status", "slow"])
def test_who_leaves_by_the_button_is_told_what_did_not_arrive(lms: LmsPlatform, begin: Open, kind: str) -> None:
    lms.learners_tab.clock.install()
    learner = begin()
    lms.pass_time(learner, lambda: "initialized" in learner.verbs)
    trouble = lms.server.trouble("slow" if kind == "slow" else "status", "statements", 503, method="POST")
    write_everything(learner)
    learner.unit.locator("[data-exit]:visible").first.click()
    closing = learner.unit.locator("#closing")
    lms.pass_time(learner, closing.is_visible)
    expect(closing).to_contain_text("Not everything is saved")
    expect(closing).to_contain_text("1 answer")
    expect(closing).not_to_contain_text("Everything is saved")
    trouble.over()
    again = begin(learner)
    lms.pass_time(again, lambda: again.lost() == {})
    lms.pass_time(again, lambda: "Saved" in again.unit.locator("#save-line").inner_text())
    assert texts_on_page(again) == list(learner.said.values())


def test_the_state_goes_along_so_that_another_computer_has_it(lms: LmsPlatform, begin: Open) -> None:
    """Closed right after the last word, before the next save.

    Two requests go out at once, and a strict LMS refuses a state that terminated overtook on the way; the device keeps
    it then. So this is tried until the state came first.
    """
    keeper = lms.tab()
    learner: LmsLearner | None = None
    for days in range(2, 7):
        learner = begin(learner, tab=lms.tab())
        learner.wait_until_stored()
        learner.go_to("plan")
        text = f"I ring back within {days} days"
        learner.step.locator("textarea").first.fill(text)
        already = len(lms.server.exchanges)
        learner.tab.close()
        lms.until(partial(left, learner, already))
        if states(lms, already)[-1] < 400:
            break
    else:
        raise AssertionError("terminated came before the state each time")
    keeper.goto(f"{lms.site.address}/player.html")
    keeper.evaluate("localStorage.clear(); sessionStorage.clear()")
    again = begin(learner, tab=keeper)
    assert texts_on_page(again)[0] == text
    again.exit()
