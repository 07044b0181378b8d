"""What an author keeps out of the record: the store gets what the page says, and the learner loses nothing."""

from __future__ import annotations

import hashlib
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Site
from tests.browser.lms_platform import LmsPlatform
from tests.browser.own_course import serve
from tests.browser.plain_xapi import STANDARDS, opened
from tests.fakes.cmi5.server import Server

DIGEST = "urn:scormkit:extension:digest"
FIELDS = [
    {"id": "action", "type": "long-text", "label": "What I will do"},
    {"id": "reason", "type": "long-text", "label": "Why it matters to me", "record": "digest"},
    {"id": "fear", "type": "short-text", "label": "What I am afraid of", "record": "none"},
]


@pytest.mark.parametrize("standard", STANDARDS)
def test_of_a_text_that_is_withheld_only_what_the_page_says_arrives(
    lms_context: BrowserContext, site: Site, lms_server: Server, standard: str
) -> None:
    lms = LmsPlatform(lms_context, site, lms_server)
    form = {"title": "My plan", "purpose": "action-plan", "fields": FIELDS}
    session = serve(site, "held", "to-write", form)
    learner = opened(lms, standard, session)
    learner.go_to("plan")
    fields = [learner.step.locator(f"[data-field={one['id']}]") for one in FIELDS]
    expect(fields[0]).not_to_contain_text("trainers")
    expect(fields[1]).to_contain_text("at most its length and a digest")
    expect(fields[2]).to_contain_text("Your trainers do not get this.")
    for field in fields[1:]:
        words = field.locator("textarea, input").get_attribute("aria-describedby") or ""
        assert "-hint" in words, "heard where it is typed"
    learner.answer_step()
    learner.wait_until_stored()
    learner.exit()
    said = {key.removeprefix("sheet."): text for key, text in learner.said.items()}
    bodies = [request.body.decode() for request, _ in lms_server.requests("statements", "POST")]
    assert not [body for body in bodies if "sheet.reason:" in body or "sheet.fear:" in body]
    by_field = {one["object"]["id"].rpartition("/")[2]: one["result"] for one in learner.answered}
    assert set(by_field) == {"action", "reason"}
    assert by_field["action"]["response"] == said["action"]
    units = len(said["reason"].encode("utf-16-le")) // 2
    digest = {"length": units, "sha256": hashlib.sha256(said["reason"].encode()).hexdigest()}
    assert by_field["reason"] == {"extensions": {DIGEST: digest}}

    with urlopen(f"{learner.enrolment.content}/what-is-sent.html") as page:  # noqa: S310 - our own server
        sheet = page.read().decode()
    assert "Why it matters to me</td><td>Its length and a digest of it, not the text" in sheet
    assert "What I am afraid of</td><td>Nothing. It is kept with your progress only" in sheet
    assert "is not in that text either" in sheet

    expect(learner.unit.get_by_text("You can close this window now.")).to_be_visible()
    learner.frame.evaluate("localStorage.clear(); sessionStorage.clear()")
    again = opened(lms, standard, session, learner)
    again.go_to("plan")
    for one in FIELDS:
        kept = again.step.locator(f"[data-field={one['id']}]").locator("textarea, input")
        expect(kept).to_have_value(said[str(one["id"])])
    again.exit()
    assert lms.refused == []
