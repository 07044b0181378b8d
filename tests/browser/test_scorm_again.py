"""Both sessions on scorm-again, an LMS runtime that is not ours: no call refused, every answer there, all resumed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SESSIONS, TARGETS, Site, standard_of
from tests.browser.learner import Learner
from tests.browser.test_play import ALL_FIELDS


def answers(learner: Learner, cmi: dict[str, Any]) -> dict[str, str]:
    """Texts by interaction key, joined from scorm-again's records."""
    records = cmi["interactions"]
    records = records if isinstance(records, list) else records.get("childArray", list(records.values()))
    found = {}
    for one in learner.data["interactions"]:
        slots = []
        for slot in range(one.get("slots", 1)):
            at = one["index"] + slot
            record = records[at] if at < len(records) else {}
            slots.append(record.get("student_response") or record.get("learner_response") or "")
        if one["key"] in learner.said:
            found[one["key"]] = learner.frame.evaluate("slots => scormkit.joined(slots)", slots)
    return found


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("target", TARGETS)
def test_scorm_again_takes_every_call_and_gives_everything_back(
    page: Page, site: Site, session: str, target: str
) -> None:
    page.goto(f"/scorm-again.html?standard={standard_of(target)['standard']}")
    address = site.package(session, target)
    page.evaluate("address => play(address)", address)
    learner = Learner(page)
    learner.wait_until_ready()
    learner.work_through()
    learner.wait_until_stored()
    assert page.evaluate("refused") == []
    assert answers(learner, page.evaluate("cmi()")) == learner.said

    fields = learner.frame.evaluate(ALL_FIELDS)
    page.evaluate("address => play(address)", address)
    learner.wait_until_ready()
    learner.unit.locator(".step.current[data-role=finish]").wait_for()
    assert learner.frame.evaluate(ALL_FIELDS) == fields
    assert page.evaluate("refused") == []
