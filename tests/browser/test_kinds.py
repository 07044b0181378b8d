"""One contract for every activity kind that there is, in a real browser on strict platforms.

Each kind's examples make a session of their own, built as any author's is. Kinds are found by looking, not named here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from scormkit.activities import KINDS, folder_of
from scormkit.build import build
from scormkit.compiled import state_word
from scormkit.content.loader import load
from scormkit.model.blocks import Activity
from scormkit.targets import targets
from tests.browser.conftest import Platform, Site
from tests.browser.hands import Hands
from tests.browser.learner import Learner
from tests.browser.test_everybody import COLOURS, RULES, violations

TARGETS = ("scorm12", "scorm2004-4th")
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 640 400">
<path fill="#dfe5e1" d="M0 0h640v400H0z"/><path fill="#c3b8a5" d="M0 320h640v80H0z"/>
<path fill="#7a8f86" d="M40 90h120v230H40z"/><path fill="#f6f3ec" d="M60 110h80v60H60zm0 80h80v60H60z"/>
<path fill="#8c6f4e" d="M300 230h260v90H300z"/><circle cx="430" cy="150" r="34" fill="#5d4a36"/>
</svg>
"""
"""A door and a desk with somebody behind it."""
TYPES_12 = {"long-fill-in": "fill-in"}
"""SCORM 1.2 has no type for long texts."""


def examples(kind: str) -> tuple[list[Any], list[Any]]:
    """The examples of a kind as blocks, and the resources that they refer to."""
    folder = folder_of(kind) / "examples"
    found = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))}
    resources = found.pop("resources.yaml", [])
    return [{"activity": kind, **one} for one in found.values()], resources


def write_session(kind: str, folder: Path) -> Path:
    """A session of a kind's examples, with a picture wherever one is named."""
    blocks, resources = examples(kind)
    folder.mkdir(parents=True)
    for block in blocks:
        if isinstance(image := block.get("image"), dict):
            picture = folder / image["file"]
            picture.parent.mkdir(exist_ok=True)
            picture.write_text(PICTURE, encoding="utf-8")
    phase = {
        "id": "try",
        "kind": "activity",
        "title": "Try it",
        "duration": "5m",
        "setting": "individual",
        "facilitator": "Let them try.",
        "blocks": blocks,
    }
    session = {
        "id": f"kind-{kind}",
        "title": f"The kind {kind}",
        "aim": "See how it works.",
        "length": "5m",
        **({"resources": resources} if resources else {}),
        "phases": [phase],
        "completion": {"phases": "all", "activities": "required"},
    }
    (folder / "session.yaml").write_text(yaml.safe_dump(session, sort_keys=False), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Shelf:
    """The built sessions of all kinds, and their activities as the compiler has them."""

    activities: dict[str, tuple[Activity, ...]]


@pytest.fixture(scope="session")
def shelf(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Builds a session for each kind and puts it beside the other packages."""
    folder = tmp_path_factory.mktemp("kinds")
    found = {}
    for kind in KINDS.names():
        source = write_session(kind, folder / kind)
        made = build([source], [targets()[name] for name in TARGETS], folder / "dist")
        for one in made.packages:
            with zipfile.ZipFile(one.path) as archive:
                archive.extractall(site.folder / one.path.stem)
        (course,) = load([source]).courses
        found[kind] = tuple(block for phase in course.sessions[0].session.phases for block in phase.blocks)
    return Shelf(found)


@pytest.fixture(scope="session")
def one_context(browser: Browser, site: Site) -> Iterator[Page]:
    """One tab for all kinds: opening a browser's profile takes longer than playing a session."""
    context = browser.new_context(
        base_url=site.address,
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-write"],
    )
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    tab.add_init_script("addEventListener('scormkit-response', () => { window.heard = (window.heard ?? 0) + 1 })")
    yield tab
    context.close()


@pytest.fixture
def tab(one_context: Page) -> Iterator[Page]:
    """The tab, with nothing left of earlier tests; errors on its console fail the test."""
    complaints: list[str] = []

    def complain(error: object) -> None:
        complaints.append(str(error))

    one_context.on("pageerror", complain)
    one_context.goto("/player.html?standard=1.2")
    one_context.evaluate("localStorage.clear(); sessionStorage.clear()")
    yield one_context
    one_context.remove_listener("pageerror", complain)
    assert complaints == []


FIELDS = """
[...document.querySelectorAll("[data-key] :is(textarea, input, select)")].map(field =>
    [field.id || field.name + field.value, /checkbox|radio/.test(field.type) ? field.checked : field.value])
"""
SAID = """
[...document.querySelectorAll("[data-key] :is(.verdict, .feedback, .error)")].map(place =>
    place.getClientRects().length ? place.innerText : "")
"""
LOCKABLE = "[data-key] :is(input, select, textarea, button[data-answer], button[data-edit])"


def opened(tab: Page, site: Site, kind: str, target: str) -> Learner:
    learner = Platform(tab, site).play_at(f"/kind-{kind}-{target}/index.html", target)
    learner.go_to("try")
    return learner


def entries(learner: Learner) -> dict[str, Any]:
    """What the platform stored of each activity: counter, done, score, state."""
    state = state_word.decode(learner.stored("cmi.suspend_data") or "")
    assert isinstance(state, dict)
    found = state["r"]
    assert isinstance(found, dict)
    return found


def all_recorded(learner: Learner, target: str) -> None:
    """Each record has its type, a response, and its right answers, all of it accepted by the platform."""
    assert learner.refused == []
    response = "student_response" if target == "scorm12" else "learner_response"
    for one in learner.data["interactions"]:
        record = f"cmi.interactions.{one['index']}"
        kind = TYPES_12.get(one["type"], one["type"]) if target == "scorm12" else one["type"]
        assert learner.stored(f"{record}.type") == kind
        assert learner.stored(f"{record}.{response}"), f"{one['key']} has no response"
        for number, pattern in enumerate(one.get("patterns", [])):
            assert learner.stored(f"{record}.correct_responses.{number}.pattern") == pattern


def comes_back_as_it_was(learner: Learner) -> None:
    """A new launch shows the same and records nothing."""
    fields, said, stored = learner.frame.evaluate(FIELDS), learner.frame.evaluate(SAID), entries(learner)
    learner.come_back()
    learner.unit.locator(".step.current[data-step='try']").wait_for()
    assert learner.frame.evaluate(FIELDS) == fields
    assert learner.frame.evaluate(SAID) == said
    assert learner.frame.evaluate("window.heard ?? 0") == 0, "putting a state back is no answer"
    assert {key: entry[3] for key, entry in entries(learner).items()} == {key: one[3] for key, one in stored.items()}


def is_locked_in_review(learner: Learner) -> None:
    """Looked at again, everything is shown and nothing can be changed."""
    fields, stored = learner.frame.evaluate(FIELDS), entries(learner)
    learner.come_back(mode="review")
    assert learner.frame.evaluate(FIELDS) == fields
    unlocked = (
        f"[...document.querySelectorAll('{LOCKABLE}')].filter(field => !field.disabled).map(one => one.outerHTML)"
    )
    assert learner.frame.evaluate(unlocked) == []
    learner.tab.evaluate("lms.leave()")
    assert entries(learner) == stored


@pytest.mark.parametrize("kind", KINDS.names())
def test_a_kind_is_answered_by_keys_alone_and_comes_back(shelf: Shelf, site: Site, tab: Page, kind: str) -> None:
    learner = opened(tab, site, kind, "scorm12")
    hands = Hands(tab, learner.frame, keys=True)
    for activity in learner.step.locator("[data-key]").all():
        hands.answer(activity)
    learner.unit.locator("[data-go-step=_finish]").first.press("Enter")
    learner.go_to("try")
    learner.wait_until_stored()
    all_recorded(learner, "scorm12")
    undone = [key for key, entry in entries(learner).items() if not entry[1]]
    assert undone == [], "everything that an activity asks for was done"
    assert learner.stored("cmi.core.lesson_status") == "completed"
    comes_back_as_it_was(learner)
    is_locked_in_review(learner)


@pytest.mark.parametrize("kind", KINDS.names())
def test_a_kind_filled_to_its_limits_is_recorded_and_stored_within_what_it_promised(
    shelf: Shelf, site: Site, tab: Page, kind: str
) -> None:
    learner = opened(tab, site, kind, "scorm2004-4th")
    hands = Hands(tab, learner.frame, full=True)
    for activity in learner.step.locator("[data-key]").all():
        hands.answer(activity)
    learner.wait_until_stored()
    all_recorded(learner, "scorm2004-4th")
    stored = entries(learner)
    for activity_model in shelf.activities[kind]:
        if activity_model.reads_only:
            continue
        state = stored[activity_model.id][3]
        promised = activity_model.fullest_state("\u4e00".__mul__)
        assert len(state_word.as_json(state)) <= len(state_word.as_json(promised)), (state, promised)
    comes_back_as_it_was(learner)


@pytest.mark.parametrize("kind", KINDS.names())
def test_axe_finds_nothing_in_a_kind_before_and_after_answering(shelf: Shelf, site: Site, tab: Page, kind: str) -> None:
    learner = opened(tab, site, kind, "scorm12")
    found = {}
    for when in ("before", "after"):
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            if complaints := violations(learner.frame, site, RULES if scheme == "light" else COLOURS):
                found[f"{when}, {scheme}"] = complaints
        if when == "before":
            hands = Hands(tab, learner.frame)
            for activity in learner.step.locator("[data-key]").all():
                hands.answer_at_once(activity)
    assert found == {}


@pytest.mark.parametrize("kind", KINDS.names())
def test_a_kind_fits_a_narrow_page(shelf: Shelf, site: Site, tab: Page, kind: str) -> None:
    """320 CSS pixels (WCAG 2.2, 1.4.10), and targets of 24 pixels (2.5.8)."""
    tab.set_viewport_size({"width": 320, "height": 600})
    learner = opened(tab, site, kind, "scorm12")
    hands = Hands(tab, learner.frame)
    for activity in learner.step.locator("[data-key]").all():
        hands.answer_at_once(activity)
    wide, room = learner.frame.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    tab.set_viewport_size({"width": 1280, "height": 900})
    assert wide <= room
