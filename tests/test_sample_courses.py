"""The sample courses hold every exercise that their sources describe, and what a facilitator and a learner need."""

from __future__ import annotations

from functools import cache

import pytest

from scormkit.content.loader import load
from scormkit.model.session import Session
from scormkit.model.text import Markdown, parts_in
from tests.packages import ROOT

EXERCISES = {
    ("both-sides-of-the-counter", "two-roles"): {
        "impressions": "word-columns",
        "four-lists": "rotation",
        "my-sides": "allocation",
        "about-ourselves": "open-text",
        "memory": "likert",
        "action-plan": "form",
        "feedback": "form",
        "how-it-is-remembered": "match",
    },
    ("who-works-in-customer-service", "everyone"): {
        "before": "true-false",
        "which-kind": "sort",
        "who-serves": "multiple-choice",
        "surprised": "multiple-choice",
        "what-follows": "order",
        "win-or-keep": "calculator",
        "budget": "points",
        "after": "true-false",
    },
    ("customer-first", "what-it-means"): {
        "nine-principles": "likert",
        "what-comes-first": "order",
        "five-benefits": "reveal",
        "most-wanted": "form",
    },
    ("customer-first", "in-their-place"): {
        "six-questions": "form",
        "on-the-way": "hotspots",
        "looked-at": "checklist",
        "questionnaires": "true-false",
        "at-work": "true-false",
        "at-night": "true-false",
    },
    ("customer-first", "cost-of-losing"): {
        "guess": "numeric",
        "lost-sales": "numeric",
        "lost-profit": "numeric",
        "our-customer": "calculator",
    },
    ("customer-first", "why-customers-leave"): {
        "seven-questions": "form",
        "told": "numeric",
        "list-of-reasons": "checklist",
        "yesterday": "scenario",
    },
    ("customer-first", "three-levels"): {
        "nine-scenes": "sort",
        "before-the-scene": "form",
        "the-scene": "open-text",
        "after-the-scene": "form",
        "come-again": "likert",
    },
    ("customer-first", "yes-and-more"): {
        "in-the-lift": "dialogue",
        "in-the-forest": "dialogue",
        "on-the-island": "dialogue",
        "four-questions": "form",
    },
    ("customer-first", "small-talk"): {
        "six-ways": "match",
        "your-lines": "fill-in",
        "advertisement": "open-text",
        "terms-used": "checklist",
    },
    ("customer-first", "guess-what"): {
        "gym": "investigation",
        "garage": "investigation",
        "looking-back": "form",
        "signs": "checklist",
    },
    ("customer-first", "explain-it"): {"explanation": "open-text", "plain": "checklist"},
    ("customer-first", "at-the-bank"): {
        "expired-card": "scenario",
        "objections": "match",
        "under-pressure": "form",
    },
    ("customer-first", "in-education"): {
        "two-points": "scenario",
        "their-eyes": "open-text",
        "what-helps": "checklist",
    },
    ("customer-first", "on-holiday"): {
        "annoyances": "brainstorm",
        "late-train": "multiple-choice",
        "car-park": "multiple-choice",
        "two-tickets": "multiple-choice",
    },
}
COURSES = tuple(dict.fromkeys(course for course, _ in EXERCISES))
each_session = pytest.mark.parametrize("place", EXERCISES, ids="/".join)


@cache
def sessions(course: str) -> dict[str, Session]:
    loaded = load([ROOT / "content" / course])
    assert loaded.problems == []
    return {one.session.id: one.session for one in loaded.courses[0].sessions}


def session(place: tuple[str, str]) -> Session:
    course, name = place
    return sessions(course)[name]


@pytest.mark.parametrize("course", COURSES)
def test_a_course_has_its_sessions_and_no_problem(course: str) -> None:
    assert set(sessions(course)) == {name for owner, name in EXERCISES if owner == course}


@each_session
def test_a_session_has_every_exercise_of_its_source(place: tuple[str, str]) -> None:
    found = session(place)
    check = found.knowledge_check.blocks if found.knowledge_check else ()
    blocks = [*(block for phase in found.phases for block in phase.blocks), *check]
    kinds = {block.id: block.activity for block in blocks if block.id}
    assert EXERCISES[place].items() <= kinds.items()


@each_session
def test_a_session_serves_a_facilitator_and_a_learner_alone(place: tuple[str, str]) -> None:
    found = session(place)
    assert 600 <= found.length <= 1200
    assert found.aim
    assert found.overview
    assert found.group
    assert found.materials
    assert found.evaluation
    assert found.variations
    assert found.suitable_for
    assert any(step.optional for step in found.preparation)
    assert found.phases[0].kind == "activity"
    assert found.phases[-1].kind == "plan"
    for phase in found.phases:
        assert len(phase.facilitator) > 80, phase.id
        assert phase.blocks, phase.id


@each_session
def test_a_session_says_where_it_comes_from_and_what_was_added(place: tuple[str, str]) -> None:
    found = session(place)
    assert found.source
    assert found.source.title
    assert found.source.licence == "unknown"
    assert found.source.note
    assert "written anew" in " ".join(found.source.note.split())
    assert "our additions" in " ".join(found.source.note.split())
    if found.knowledge_check:
        assert found.knowledge_check.derived
        assert found.knowledge_check.note


@each_session
def test_people_are_named_with_respect_outside_the_record_of_the_source(place: tuple[str, str]) -> None:
    found = session(place).model_copy(update={"source": None})
    texts = " ".join(str(part) for _, part in parts_in(found)).lower()
    assert any(isinstance(part, Markdown) for _, part in parts_in(found))
    for slight in ("bin man", "girl", "madman", "deaf-mute", "unintelligent", "inept"):
        assert slight not in texts


@pytest.mark.parametrize("course", COURSES)
def test_the_usual_case_fits_the_smallest_platform(course: str) -> None:
    from scormkit.compiled.capacity import capacity  # noqa: PLC0415
    from tests.packages import packages_of  # noqa: PLC0415

    for package in packages_of(ROOT / "content" / course, "scorm12"):
        for unit in package.units:
            assert capacity(unit, 4096).usual <= 4000


def test_what_is_personal_stays_with_the_learner() -> None:
    private = {(place[1], form.id) for place in EXERCISES for form in session(place).forms if form.record == "private"}
    assert private == {("why-customers-leave", "seven-questions"), ("at-the-bank", "under-pressure")}


def test_every_claim_has_somebody_who_makes_it() -> None:
    sources = [
        (place[1], part.model_dump()["source"].lower())
        for place in EXERCISES
        for phase in session(place).phases
        for part in phase.blocks
        if part.activity == "card"
    ]
    assert {name for name, _ in sources} == {"two-roles", "everyone", "cost-of-losing"}
    assert all("article" in source or "post" in source for _, source in sources)
