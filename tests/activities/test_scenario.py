"""The walk through a scenario: every path, with what is remembered and what comes true later."""

from __future__ import annotations

from typing import Any

import pytest

from scormkit.activities.scenario import Scenario
from scormkit.activities.scenario.walk import MOST_CHOICES, State


def scenario(scenes: dict[str, dict[str, dict[str, Any] | str]], endings: dict[str, Any], **more: Any) -> Scenario:
    """Scenes as scene → choice → where it leads (or the choice's fields), endings as ending → score."""
    return Scenario.model_validate(
        {
            "id": "story",
            "prompt": "What now?",
            "scenes": [
                {
                    "id": key,
                    "text": "Now.",
                    "choices": [
                        {"id": one, "text": "Do it", **({"goto": leads} if isinstance(leads, str) else leads)}
                        for one, leads in choices.items()
                    ],
                }
                for key, choices in scenes.items()
            ],
            "endings": [
                {"id": key, "title": "Over", "text": "The end.", **({} if score is None else {"score": score})}
                for key, score in endings.items()
            ],
            **more,
        }
    )


def told(story: Scenario) -> list[str]:
    return [f"{finding.rule.id.removeprefix('CNT-scenario-')} {finding.message}" for finding in story.problems()]


def test_a_story_that_holds_together_has_no_problem_and_knows_its_longest_path() -> None:
    story = scenario({"one": {"a": "two", "b": "end"}, "two": {"c": "end"}}, {"end": None})
    assert told(story) == []
    assert story.walk.longest == 2
    assert story.walk.seen == {"one", "two", "end"}
    assert story.fullest_state("x".__mul__) == {"path": ["a", "a"], "ended": True}


def test_going_in_circles_is_fine_where_there_is_a_way_out() -> None:
    story = scenario({"hall": {"look": "hall", "leave": "end"}}, {"end": None})
    assert told(story) == []
    assert story.walk.longest == MOST_CHOICES


def test_a_circle_without_a_way_out_is_told_where_it_begins() -> None:
    story = scenario({"hall": {"look": "cellar", "leave": "end"}, "cellar": {"stay": "cellar"}}, {"end": None})
    assert told(story) == ["7 from the scene cellar no ending can be reached"]


def test_a_dead_end_is_told_with_what_leads_to_it() -> None:
    story = scenario(
        {
            "desk": {"rude": {"goto": "talk", "effects": {"trust": -1}}, "kind": "talk"},
            "talk": {"offer": {"goto": "end", "when": {"trust": {"at_least": 2}}}},
        },
        {"end": None},
        variables=[{"id": "trust", "start": 2}],
    )
    assert told(story) == ["5 in the scene talk there can be nothing to choose when trust is 1"]


def test_a_choice_of_whose_ways_none_is_open_is_told() -> None:
    story = scenario(
        {"desk": {"wait": {"goto": [{"to": "end", "when": {"trust": {"at_most": 1}}}]}}},
        {"end": None},
        variables=[{"id": "trust", "start": 2}],
    )
    assert "5 after wait in the scene desk it can go nowhere when trust is 2" in told(story)


def test_what_nobody_ever_sees_is_told_and_so_are_scores_that_cannot_be_reached() -> None:
    story = scenario(
        {
            "desk": {
                "go": {"goto": [{"to": "good", "when": {"trust": {"at_least": 3}}}, {"to": "bad"}]},
                "never": {"goto": "bad", "when": {"trust": {"at_least": 9}}},
            },
            "attic": {"down": "bad"},
        },
        {"good": 1, "bad": 0.5},
        variables=[{"id": "trust", "start": 2}],
        scored=True,
    )
    assert told(story) == [
        "6 the choice never of the scene desk is never there: its conditions never hold",
        "6 no path leads to the scene attic",
        "6 no path leads to the ending good, so its score of 1 cannot be reached",
        "8 the best score that can be reached is 0.5",
    ]


@pytest.mark.parametrize(("after", "ending"), [(1, "good"), (2, "bad")])
def test_a_later_effect_comes_true_with_the_choice_that_was_said(after: int, ending: str) -> None:
    story = scenario(
        {
            "desk": {"thank": {"goto": "talk", "later": {"after": after, "effects": {"trust": 1}}}},
            "talk": {"go": {"goto": [{"to": "good", "when": {"trust": {"at_least": 1}}}, {"to": "bad"}]}},
        },
        {"good": None, "bad": None},
        variables=[{"id": "trust"}],
    )
    assert story.walk.seen == {"desk", "talk", ending}


def test_a_variable_stays_within_its_limits() -> None:
    story = scenario(
        {"gym": {"lift": {"goto": "gym", "effects": {"strength": 4}}, "stop": "end"}},
        {"end": None},
        variables=[{"id": "strength", "largest": 10}],
    )
    found = story.walk
    assert found.whole
    assert found.seen == {"gym", "end"}
    assert State("gym", (10,)) not in found.traps.values()


def test_a_scenario_that_is_too_large_to_be_walked_says_so_and_nothing_else() -> None:
    names = ["a", "b", "c", "d"]
    choices: dict[str, dict[str, Any] | str] = {name: {"goto": "room", "effects": {name: 1}} for name in names}
    story = scenario(
        {"room": {**choices, "leave": "end"}, "attic": {"down": "end"}},
        {"end": None},
        variables=[{"id": name, "largest": 1000} for name in names],
    )
    (message,) = told(story)
    assert message.startswith("9 there are more than 5,000 states")


def test_a_path_that_is_too_long_is_told() -> None:
    scenes: dict[str, dict[str, dict[str, Any] | str]] = {
        "walk": {
            "on": {
                "goto": [{"to": "end", "when": {"steps": {"at_least": 70}}}, {"to": "walk"}],
                "effects": {"steps": 1},
            }
        }
    }
    story = scenario(scenes, {"end": None}, variables=[{"id": "steps", "largest": 100}])
    assert told(story) == ["9 a path takes 70 choices, and 60 are the most"]


def test_the_ending_is_reported_with_the_best_ones_as_right_and_the_way_as_a_text() -> None:
    story = scenario({"desk": {"a": "good", "b": "fine", "c": "bad"}}, {"good": 1, "fine": 1, "bad": 0}, scored=True)
    ending, path = story.interactions()
    assert ending.correct_responses == (("good",), ("fine",))
    assert (path.type, path.max_chars) == ("fill-in", len("desk: a"))
    assert story.weight() == 1
