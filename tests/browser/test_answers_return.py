"""What was typed in a real browser comes out of the trainer's report, every character of it; the report's own page."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, expect

from scormkit.cli import main
from scormkit.targets.codebook import Codebook
from tests.browser.conftest import SESSIONS, Platform, Site
from tests.browser.learner import TEXT, Learner
from tests.browser.lms_platform import LmsPlatform
from tests.browser.plain_xapi import STANDARDS, opened
from tests.browser.test_everybody import violations
from tests.fakes.cmi5.server import Server
from tests.responses.loop_course import loop_codebook, report_in
from tests.responses.moodle_shape import Row, write_report
from tests.responses.recorded import written

TYPED = (
    TEXT,
    "\u0633\u0623\u062a\u0635\u0644 \U0001f642\U0001f469\u200d\U0001f527 = {x} / [.] // ~ &#233; &amp;\n=1+1\n~ end~",
)


def stored_records(learner: Learner) -> dict[int, tuple[str, str, str, str]]:
    """What the platform stored, by place."""
    standard_12 = learner.tab.evaluate("lms.api.LMSSetValue !== undefined")
    response = "student_response" if standard_12 else "learner_response"
    found = {}
    for one in learner.data["interactions"]:
        for place in range(one["index"], one["index"] + one["slots"]):
            element = f"cmi.interactions.{place}"
            said = [learner.stored(f"{element}.{part}") or "" for part in ("id", response, "result")]
            if said[0]:
                pattern = learner.stored(f"{element}.correct_responses.0.pattern") or ""
                found[place] = (said[0], said[1], pattern, said[2])
    return found


def reported(source: Path, codebook: Path) -> dict[str, str]:
    """Key of an answer → text, as the report has it."""
    out = source.with_suffix(".report.json")
    run = CliRunner().invoke(main, ["responses", str(source), "--codebook", str(codebook), "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert "ANS-" not in run.output, "nothing was unknown or missing"
    (attempt,) = json.loads(out.read_text(encoding="utf-8"))["people"][0]["attempts"]
    keys = keys_of(codebook)
    return {keys[one["id"]]: one["answer"] for one in attempt["answers"]}


def keys_of(codebook: Path) -> dict[str, str]:
    """Id of a question → key of its answer."""
    said = Codebook.model_validate_json(codebook.read_bytes())
    return {
        one.id: f"{activity.id}.{one.key}" if one.key else activity.id
        for unit in said.units
        for activity in unit.activities
        for one in activity.questions
    }


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_every_character_comes_back_in_the_report(
    platform: Platform, tmp_path: Path, session: str, target: str
) -> None:
    learner = platform.play(session, target)
    turns = cycle(TYPED)
    learner.write = lambda _: next(turns)
    learner.work_through()
    learner.write = lambda _: TEXT
    learner.report_back()
    learner.wait_until_stored()
    records = stored_records(learner)
    slots = max(one["index"] + one["slots"] for one in learner.data["interactions"])
    source = tmp_path / "stored.txt"
    if target == "scorm12":
        with source.open("w", encoding="utf-8", newline="") as file:
            row = Row("Ada O'Neil", "ada@example.com", 1, "100", records)
            write_report(file, "Who are our customers?", slots, [row])
    else:
        interactions = [
            {"id": records[place][0], "learner_response": records[place][1], "result": records[place][3]}
            for place in sorted(records)
        ]
        source.write_text(json.dumps({"learner": "Ada", "cmi": {"interactions": interactions}}), encoding="utf-8")
    answers = reported(source, platform.site.folder / "dist" / f"customer-care-{session}-{target}.codebook.json")
    assert {key: answers[key] for key in learner.said} == learner.said
    assert any("\U0001f469" in text for text in learner.said.values())
    (person,) = json.loads(source.with_suffix(".report.json").read_text(encoding="utf-8"))["people"]
    first = person["plans"][0]
    assert first["state"] == "reported"
    assert first["outcome"] == learner.said["follow-up.round-1.outcome"]
    planned = {text for key, text in learner.said.items() if key.startswith("action-plan.")}
    assert planned
    assert planned == {text for text in first["plan"].values() if text in planned}
    told = learner.said["follow-up.round-1.action"]
    assert told in first["report"].values()
    coded = {key for key in answers if key not in learner.said}
    assert coded, "choices and pairs came back too"
    assert all(answers[key] for key in coded)


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, Path]:
    """A report and a wall with every state of a plan, choices and long answers."""
    codebook = loop_codebook()
    plan = {"q03_plan-action": "Ring back within a day, " * 12, "q04_plan-by": "2026-12-01"}
    done = {"q05_report-outcome": "a", "q06_report-result": "It went well"}
    source = report_in(
        tmp_path,
        codebook,
        ("Ada", "ada@example.com", 1, {**plan, **done, "q07_next-action": "More", "q08_next-by": "2026-12-30"}),
        ("Bob", "bob@example.com", 1, {**plan, "q01_ideas": "Neighbours\nPeople who ring", "q02_which": "a"}),
        ("Cyd", "cyd@example.com", 1, {"q03_plan-action": "W" * 300, "q02_which": "b"}),
        ("Dan", "dan@example.com", 1, done),
        ("Eve", "eve@example.com", 0, {}),
    )
    out = {name: tmp_path / f"{name}.html" for name in ("report", "wall")}
    words = ["responses", str(source), "--codebook", str(written(tmp_path, codebook)), "--today", "2026-12-03"]
    run = CliRunner().invoke(main, [*words, "--out", str(out["report"]), "--wall", str(out["wall"])])
    assert run.exit_code == 0, run.output
    return out


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["report", "wall"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: Site, pages: dict[str, Path], name: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(pages[name].as_uri())
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(page.main_frame, site) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not complaints
    context.close()


def test_a_trainer_finds_prints_and_loses_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages["report"].as_uri())
    states = page.locator("#plans .state").all_text_contents()
    assert states == ["Overdue", "Not due yet", "No date known", "Reported back", "Report without a plan"]

    page.get_by_role("searchbox", name="Show only what holds").fill("NEIGHBOURS")
    expect(page.locator("#found")).to_have_text("2 places")
    expect(page.locator("#learners details:visible summary")).to_contain_text(["Bob"])
    expect(page.locator("#questions details:visible")).to_have_count(1)
    expect(page.locator("#plans article:visible")).to_have_count(0)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#plans article:visible")).to_have_count(5)

    page.locator("#questions details[open] > summary").first.click()
    closed = page.locator("details.card:not([open])").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.card:not([open])").count() == 0, "what is folded is printed"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.card:not([open])").count() == closed
    context.close()


def test_the_report_can_be_read_without_script(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["report"].as_uri())
    expect(page.locator("form")).to_be_hidden()
    page.locator("#learners summary", has_text="Bob").click()
    expect(page.get_by_text("People who ring").last).to_be_visible()
    context.close()


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("standard", STANDARDS)
def test_every_character_comes_back_from_a_record_store(
    lms_context: BrowserContext, site: Site, lms_server: Server, tmp_path: Path, standard: str, session: str
) -> None:
    lms = LmsPlatform(lms_context, site, lms_server)
    lms_server.lms.reader("trainer", "open-sesame-5321")
    learner = opened(lms, standard, session)
    turns = cycle(TYPED)
    learner.write = lambda _: next(turns)
    learner.work_through()
    learner.write = lambda _: TEXT
    learner.report_back()
    learner.wait_until_stored()
    learner.exit()
    out = tmp_path / "report.json"
    codebook = site.folder / "dist" / f"customer-care-{session}-{standard}.codebook.json"
    words = ["responses", "--lrs", lms_server.lms.endpoint, "--codebook", str(codebook), "--out", str(out)]
    run = CliRunner(env={"SCORMKIT_LRS_USER": "trainer", "SCORMKIT_LRS_PASSWORD": "open-sesame-5321"}).invoke(
        main, words
    )
    assert run.exit_code == 0, run.output
    assert "ANS-" not in run.output, "nothing was unknown or missing"
    (person,) = json.loads(out.read_text(encoding="utf-8"))["people"]
    (attempt,) = person["attempts"]
    keys = keys_of(codebook)
    answers = {keys[one["id"]]: one["answer"] for one in attempt["answers"]}
    assert {key: answers[key] for key in learner.said} == learner.said
    assert (attempt["completion"], attempt["success"]) == ("completed", "passed")
    plan = person["plans"][0]
    assert plan["state"] == "reported"
    assert plan["outcome"] == learner.said["follow-up.round-1.outcome"]
    assert learner.said["follow-up.round-1.action"] in plan["report"].values()
    planned = {text for key, text in learner.said.items() if key.startswith("action-plan.")}
    assert planned
    assert planned <= set(plan["plan"].values())
    assert all(answers[key] for key in answers.keys() - learner.said.keys()), "choices and pairs came back too"
