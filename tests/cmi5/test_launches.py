"""Launches: what an AU is told, and what the LMS says itself."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cmi5.au import COURSE, SECOND, UNIT, Au, JsonObject, requirement
from tests.fakes.cmi5 import terms, xapi_data
from tests.fakes.cmi5.course_structure import AssignableUnit, Course
from tests.fakes.cmi5.lms import Lms


def verbs(lms: Lms) -> list[str]:
    return [terms.NAMES.get(one["verb"]["id"], "other") for one in lms.statements.kept]


def last(lms: Lms, verb: str) -> JsonObject:
    return [one for one in lms.statements.kept if one["verb"]["id"] == terms.VERBS[verb]][-1]


def test_the_launch_url_keeps_the_au_s_own_query_and_adds_the_five_parameters() -> None:
    au = Au()
    au.open()
    query = parse_qs(urlsplit(au.launch.url).query)
    assert set(query) == {"au", "endpoint", "fetch", "actor", "registration", "activityId"}
    assert query["au"] == ["1"]
    assert json.loads(query["actor"][0]) == au.launch.session.actor
    assert query["activityId"] != [UNIT.id]


def test_the_activity_id_stays_over_launches_and_the_session_id_does_not() -> None:
    au = Au()
    au.open()
    first = au.launch.session
    au.open()
    second = au.launch.session
    assert first.activity_id == second.activity_id
    assert first.id != second.id


def test_the_launch_data_says_what_the_course_and_the_launch_say() -> None:
    au = Au()
    au.launch = au.server.lms.launch(
        au.registration, UNIT, "https://c.example", "Review", return_url="https://l.example"
    )
    au.ask("POST", f"/fetch/{au.launch.fetch_key}", version=None, auth=False)
    data = json.loads(au.state("GET", terms.LAUNCH_DATA).body)
    assert data["launchMode"] == "Review"
    assert data["moveOn"] == "CompletedAndPassed"
    assert data["masteryScore"] == 0.6
    assert data["returnURL"] == "https://l.example"
    assert data["contextTemplate"]["contextActivities"]["grouping"][0] == {"id": UNIT.id}
    assert data["contextTemplate"]["extensions"][terms.SESSION_ID] == au.launch.session.id


def test_launched_is_said_before_anything_else_with_what_the_launch_is() -> None:
    au = Au()
    au.open()
    extensions = last(au.server.lms, "launched")["context"]["extensions"]
    assert extensions[terms.LAUNCH_MODE] == "Normal"
    assert extensions[terms.MOVE_ON] == "CompletedAndPassed"
    assert extensions[terms.MASTERY_SCORE] == 0.6
    assert extensions[terms.LAUNCH_URL] == "https://content.example/index.html?au=1"


def test_a_launch_over_an_open_session_abandons_it_and_closes_its_door() -> None:
    au = Au()
    au.open()
    au.say("initialized")
    au.say("answered")
    old = au.launch
    au.open()
    assert verbs(au.server.lms)[-2:] == ["abandoned", "launched"]
    duration = last(au.server.lms, "abandoned")["result"]["duration"]
    assert xapi_data.DURATION.fullmatch(duration)
    fresh, au.launch = au.launch, old
    answer = au.say("answered")
    assert (answer.status, requirement(answer)) == (403, "9.3.6.0-2 (d2)")
    assert au.state("GET", "any").status == 403
    au.launch = fresh
    assert au.say("initialized").status == 200


def test_a_session_is_abandoned_once() -> None:
    au = Au()
    au.open()
    au.server.lms.abandon(au.launch)
    au.server.lms.abandon(au.launch)
    assert verbs(au.server.lms).count("abandoned") == 1


def test_a_session_that_ended_itself_is_not_abandoned() -> None:
    au = Au()
    au.open()
    au.say("initialized")
    au.say("terminated")
    au.open()
    assert "abandoned" not in verbs(au.server.lms)


@pytest.mark.parametrize(
    ("move_on", "said", "satisfied"),
    [
        ("Completed", ["completed"], True),
        ("Completed", ["passed"], False),
        ("Passed", ["passed"], True),
        ("Passed", ["completed"], False),
        ("CompletedAndPassed", ["completed"], False),
        ("CompletedAndPassed", ["completed", "passed"], True),
        ("CompletedOrPassed", ["passed"], True),
        ("CompletedOrPassed", ["failed", "completed"], True),
        ("CompletedOrPassed", ["failed"], False),
    ],
)
def test_move_on_decides_when_the_course_is_satisfied(move_on: str, said: list[str], satisfied: bool) -> None:
    au = Au()
    unit = AssignableUnit(UNIT.id, UNIT.url, "One", move_on, 0.6)
    au.unit, au.registration = unit, au.server.lms.register(Course(COURSE.id, "A course", [unit]))
    au.open()
    for verb in ("initialized", *said):
        au.say(verb)
    assert ("satisfied" in verbs(au.server.lms)) == satisfied
    if satisfied:
        of = last(au.server.lms, "satisfied")["object"]
        assert of["definition"]["type"] == terms.COURSE_TYPE
        assert of["id"] != COURSE.id


def test_an_au_that_needs_nothing_satisfies_the_course_at_registration() -> None:
    lms = Lms()
    lms.register(Course(COURSE.id, "A course", [AssignableUnit(UNIT.id, UNIT.url, "One")]))
    assert verbs(lms) == ["satisfied"]


def test_a_block_is_satisfied_by_its_own_aus_and_an_au_that_is_waived_counts() -> None:
    au = Au()
    au.server.lms.waive(au.registration, SECOND)
    au.server.lms.waive(au.registration, SECOND)
    assert verbs(au.server.lms) == ["waived", "satisfied"]
    assert last(au.server.lms, "satisfied")["object"]["definition"]["type"] == terms.BLOCK_TYPE
    assert last(au.server.lms, "waived")["result"]["extensions"] == {terms.REASON: "Administrative"}


def test_every_statement_of_the_lms_is_a_statement() -> None:
    au = Au()
    au.open()
    au.say("initialized")
    au.open()
    au.server.lms.waive(au.registration, SECOND)
    for one in au.server.lms.statements.kept:
        xapi_data.statement(one)
