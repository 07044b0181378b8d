"""Questions that count, in a real browser on strict platforms: draws, attempts, feedback at the end, predictions."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scormkit.build import build
from scormkit.targets import targets
from tests.browser.conftest import Platform, Site
from tests.browser.learner import Learner
from tests.browser.test_everybody import violations
from tests.browser.test_kinds import entries

TARGETS = ("scorm12", "scorm2004-4th")
SESSION = """\
id: asked
title: Asked
aim: See how it is asked.
length: 5m
phases:
  - id: try
    kind: activity
    title: Try it
    duration: 5m
    setting: individual
    facilitator: Let them try.
    blocks:
      - {predicts: fact, id: guess, title: Before}
      - activity: multiple-choice
        id: fact
        question: Which one is it?
        options: [{id: this, text: This one}, {id: that, text: That one}]
        correct: this
        explanation: Because it is.
        attempts: until-right
        feedback: immediate
knowledge_check:
  title: Check
  blocks:
    - {activity: true-false, id: one, statement: One is a number., correct: true}
    - {activity: true-false, id: two, statement: Two is a number., correct: true, explanation: It is even.}
    - {activity: true-false, id: three, statement: Three is a number., correct: true}
    - {activity: true-false, id: four, statement: Four is a number., correct: true, weight: 3}
    - {activity: true-false, id: five, statement: Five is a number., correct: true}
quiz: {attempts: 2, feedback: at-end, shuffle: both, draw: 3}
mastery_score: 0.6
completion: {activities: required, quiz: passed}
"""
BANK = ["one", "two", "three", "four", "five"]


@pytest.fixture(scope="module")
def quiz(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The session in both standards, beside the other packages."""
    folder: Path = tmp_path_factory.mktemp("quiz")
    (folder / "session.yaml").write_text(SESSION, encoding="utf-8")
    for one in build([folder], [targets()[name] for name in TARGETS], folder / "dist").packages:
        with zipfile.ZipFile(one.path) as archive:
            archive.extractall(site.folder / one.path.stem)


def opened(platform: Platform, target: str) -> Learner:
    return platform.play_at(f"/asked-{target}/index.html", target)


def shown(learner: Learner) -> list[str]:
    """Keys of the questions on the step, in the order in which they are seen."""
    return [
        key
        for one in learner.step.locator("scormkit-true-false:visible").all()
        if (key := one.get_attribute("data-key"))
    ]


def answer(learner: Learner, key: str, value: str) -> None:
    activity = learner.step.locator(f"[data-key='{key}']")
    activity.locator(f"input[value='{value}']").check()
    activity.locator("button[data-answer]").click()


def record(learner: Learner, key: str) -> dict[str, str | None]:
    (one,) = [one for one in learner.data["interactions"] if one["key"] == key]
    standard_12 = "patterns" not in one or learner.tab.evaluate("lms.api.LMSSetValue !== undefined")
    name = "student_response" if standard_12 else "learner_response"
    place = f"cmi.interactions.{one['index']}"
    return {"id": learner.stored(f"{place}.id"), "said": learner.stored(f"{place}.{name}"),
            "result": learner.stored(f"{place}.result")}  # fmt: skip


def score_of(learner: Learner, target: str) -> str | None:
    return learner.stored("cmi.core.score.raw" if target == "scorm12" else "cmi.score.raw")


@pytest.mark.parametrize("target", TARGETS)
def test_a_drawn_check_is_answered_revealed_and_locked(quiz: None, platform: Platform, site: Site, target: str) -> None:
    learner = opened(platform, target)
    wrong = "incorrect" if target != "scorm12" else "wrong"

    learner.go_to("check")
    mine = shown(learner)
    assert len(mine) == 3
    assert set(mine) < set(BANK)
    for key, value in zip(mine, ("true", "true", "false"), strict=True):
        answer(learner, key, value)
        assert "Noted." in learner.step.locator(f"[data-key='{key}'] .verdict").inner_text()
    assert learner.step.locator(".is-right, .is-wrong").count() == 0
    learner.wait_until_stored()
    assert score_of(learner, target) in {"", None}, "what waits for the end does not count yet"
    assert record(learner, mine[2])["result"] == wrong
    drawn = learner.answers()["check.draw"].split()
    assert sorted(drawn) == sorted(mine)
    assert all(str(record(learner, key)["id"]).endswith(f"_{key}") for key in mine), "the question's id, no slot's"

    learner.come_back()
    learner.go_to("check")
    assert shown(learner) == mine

    learner.go_to("_finish")
    results = learner.step.locator("scormkit-results")
    expect(results.locator("[data-wait]")).to_contain_text("3 answers wait")
    results.locator("[data-reveal]").click()
    expect(results.locator(".results-sum")).to_be_focused()
    expect(results.locator(".results-sum")).to_have_text("2 of 4 questions right")
    rows = results.locator(".results-list > li")
    expect(rows).to_have_count(4)
    assert [row.locator("strong").inner_text() for row in rows.all()][1:] == ["Right", "Right", "Not right"]
    expect(rows.last).to_contain_text("You have 1 attempt left.")
    assert violations(learner.frame, site) == []

    rows.last.get_by_text("Try again").click()
    expect(learner.step).to_have_attribute("data-step", "check")
    answer(learner, mine[2], "false")
    learner.go_to("_finish")
    learner.step.locator("[data-reveal]").click()
    expect(learner.step.locator(".results-list > li").last).not_to_contain_text("Try again")
    learner.go_to("check")
    last = learner.step.locator(f"[data-key='{mine[2]}']")
    expect(last.locator("[data-attempts]")).to_have_text("Your answer is final and cannot be changed any more.")
    expect(last.locator("button[data-answer]")).to_be_disabled()
    learner.wait_until_stored()
    weight = {key: 3 if key == "four" else 1 for key in BANK}
    reached = weight[mine[0]] + weight[mine[1]]
    possible = reached + weight[mine[2]] + 1
    assert float(score_of(learner, target) or -1) == pytest.approx(100 * reached / possible, abs=0.51)
    assert learner.refused == []

    learner.come_back(mode="review")
    learner.go_to("_finish")
    expect(learner.step.locator(".results-list > li")).to_have_count(4)
    expect(learner.step.locator("[data-reveal]")).not_to_be_visible()


def test_the_results_are_printed_alone(quiz: None, platform: Platform) -> None:
    learner = opened(platform, "scorm12")
    learner.go_to("check")
    for key in shown(learner):
        answer(learner, key, "true")
    learner.go_to("_finish")
    learner.step.locator("[data-reveal]").click()
    learner.frame.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    learner.step.get_by_role("button", name="Print my results").click()
    platform.page.emulate_media(media="print")
    on_paper = learner.frame.evaluate("document.body.innerText")
    assert on_paper.startswith("Your results")
    assert "3 of 4 questions right" in on_paper
    assert "Print" not in on_paper
    assert "Keep a copy" not in on_paper


@pytest.mark.parametrize("target", TARGETS)
def test_a_lost_first_save_draws_the_same_again(quiz: None, platform: Platform, target: str) -> None:
    learner = opened(platform, target)
    learner.go_to("check")
    mine = shown(learner)
    learner.tab.goto("/player.html?standard=1.2")
    learner.tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    again = opened(platform, target)
    again.go_to("check")
    assert again.stored("cmi.suspend_data") in {"", None}
    assert shown(again) == mine


@pytest.mark.parametrize("target", TARGETS)
def test_a_prediction_counts_for_nothing_and_the_change_is_shown(quiz: None, platform: Platform, target: str) -> None:
    learner = opened(platform, target)
    learner.go_to("try")
    answer(learner, "guess", "that")
    guess = learner.step.locator("[data-key=guess]")
    expect(guess.locator(".verdict-word")).to_have_text("Noted")
    assert guess.locator(".is-wrong, .is-right").count() == 0
    answer(learner, "fact", "that")
    fact = learner.step.locator("[data-key=fact]")
    expect(fact.locator("[data-change]")).to_have_text("You said so before, too: That one")
    expect(fact.locator("[data-attempts]")).to_have_text("1 attempt so far.")
    answer(learner, "fact", "this")
    expect(fact.locator("[data-change]")).to_have_text("Before, you said: That one. Now you say: This one.")
    expect(fact.locator("button[data-answer]")).to_be_disabled()
    learner.wait_until_stored()
    assert record(learner, "guess")["result"] == "neutral"
    assert record(learner, "fact")["result"] == "correct"
    found = entries(learner)
    assert found["guess"][2] is None
    assert found["fact"][3] == {"given": ["this"], "checks": 2}
    assert learner.refused == []
