"""The LRS's other resources: documents and their conditions, queries, headers, tokens."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.cmi5.au import Au, requirement
from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.exchange import Answer

STATE = "scormkit.suspend"


@pytest.fixture
def au() -> Au:
    """An AU that has begun."""
    made = Au()
    made.open()
    assert made.say("initialized").status == 200
    return made


def etag(answer: Answer) -> str:
    return answer.headers["ETag"]


# --- headers and tokens -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [None, "2.0.0", "0.95", "1.0.3.1"])
def test_a_request_without_the_version_of_xapi_is_refused(au: Au, version: str | None) -> None:
    answer = au.ask("GET", "/xapi/statements", version=version)
    assert (answer.status, requirement(answer)) == (400, "XC 3.3")


def test_a_request_without_the_token_is_refused(au: Au) -> None:
    answer = au.ask("GET", "/xapi/statements", auth=False)
    assert (answer.status, requirement(answer)) == (401, "8.1.2.0-5 (d)")
    bare = au.ask("GET", "/xapi/statements", auth=False, headers={"authorization": au.launch.token})
    assert requirement(bare) == "8.1.2.0-5 (d)", "the word Basic belongs to it"


def test_a_token_that_nobody_fetched_is_refused(au: Au) -> None:
    other = Au(au.server)
    other.open(fetch=False, data=False, preferences=False)
    answer = other.state("GET", terms.LAUNCH_DATA)
    assert (answer.status, requirement(answer)) == (401, "8.1.2.0-2 (d)")


def test_a_token_dies_with_its_session(au: Au) -> None:
    au.say("terminated")
    answer = au.state("PUT", STATE, {"late": True})
    assert (answer.status, requirement(answer)) == (403, "8.1.2.0-2 (d)")
    assert requirement(au.ask("GET", "/xapi/statements")) == "8.1.2.0-2 (d)"


def test_the_token_is_given_out_once_and_only_for_a_post(au: Au) -> None:
    au.open(fetch=False, data=False, preferences=False)
    path = f"/fetch/{au.launch.fetch_key}"
    assert requirement(au.ask("GET", path, auth=False)) == "8.1.2.0-4"
    assert requirement(au.ask("POST", path, auth=False, content={})) == "8.2.1.0-2"
    first = au.ask("POST", path, auth=False)
    assert (first.status, first.headers["Content-Type"]) == (200, "application/json")
    assert json.loads(first.body) == {"auth-token": au.launch.token}
    again = au.ask("POST", path, auth=False)
    assert (again.status, json.loads(again.body)["error-code"]) == (200, "1")
    assert json.loads(au.ask("POST", "/fetch/nobody", auth=False).body)["error-code"] == "2"


def test_about_asks_for_no_token_and_no_version(au: Au) -> None:
    answer = au.ask("GET", "/xapi/about", auth=False, version=None)
    assert json.loads(answer.body)["version"] == ["1.0.3"]


def test_the_alternate_request_syntax_is_refused(au: Au) -> None:
    assert requirement(au.ask("POST", "/xapi/statements", {"method": "PUT"}, body=b"content=x")) == "XC 1.3"


# --- documents --------------------------------------------------------------------------------------------------


def test_a_state_is_put_replaced_and_deleted(au: Au) -> None:
    assert au.state("GET", STATE).status == 404
    assert au.state("PUT", STATE, {"a": 1, "b": 2}).status == 204
    assert au.state("PUT", STATE, {"a": 3}).status == 204
    assert json.loads(au.state("GET", STATE).body) == {"a": 3}
    assert au.state("DELETE", STATE).status == 204
    assert au.state("GET", STATE).status == 404


def test_a_post_merges_the_top_of_two_json_objects(au: Au) -> None:
    au.state("POST", STATE, {"a": {"x": 1}, "b": 2})
    assert au.state("POST", STATE, {"a": {"y": 1}}).status == 204
    assert json.loads(au.state("GET", STATE).body) == {"a": {"y": 1}, "b": 2}
    answer = au.state("POST", STATE, [1])
    assert (answer.status, requirement(answer)) == (400, "XC 2.2")
    answer = au.state("POST", STATE, {"a": 1}, content_type="text/plain")
    assert requirement(answer) == "XC 2.2"


def test_a_stale_writer_gets_412(au: Au) -> None:
    au.state("PUT", STATE, {"a": 1})
    tag = etag(au.state("GET", STATE))
    assert au.state("PUT", STATE, {"a": 2}, if_match=tag).status == 204
    assert au.state("PUT", STATE, {"a": 3}, if_match=tag).status == 412
    assert au.state("POST", STATE, {"a": 3}, if_match=tag).status == 412
    assert au.state("DELETE", STATE, if_match=tag).status == 412
    assert au.state("PUT", STATE, {"a": 3}, if_none_match="*").status == 412
    assert json.loads(au.state("GET", STATE).body) == {"a": 2}


def test_an_lrs_in_the_manner_of_2_0_refuses_a_put_over_a_state_but_takes_a_post(au: Au) -> None:
    au.server.manners.state_needs_conditions = True
    assert au.state("PUT", STATE, {"a": 1}).status == 204
    assert au.state("PUT", STATE, {"a": 2}).status == 409
    assert au.state("POST", STATE, {"a": 2}).status == 204
    assert au.state("PUT", STATE, {"a": 3}, if_match=etag(au.state("GET", STATE))).status == 204


def test_a_document_that_is_too_large_is_refused(au: Au) -> None:
    answer = au.state("PUT", STATE, {"text": "x" * 65_536})
    assert (answer.status, requirement(answer)) == (413, "XC 3.2")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_the_launch_data_can_only_be_read(au: Au, method: str) -> None:
    answer = au.state(method, terms.LAUNCH_DATA, {"launchMode": "Normal"})
    assert (answer.status, requirement(answer)) == (403, "10.2.1.0-5 (d)")


def test_deleting_all_states_would_delete_the_launch_data(au: Au) -> None:
    session = au.launch.session
    query = {"activityId": session.activity_id, "agent": au.agent, "registration": session.registration}
    assert requirement(au.ask("DELETE", "/xapi/activities/state", query)) == "10.2.1.0-5 (d)"
    au.state("PUT", STATE, {})
    assert json.loads(au.ask("GET", "/xapi/activities/state", query).body) == [terms.LAUNCH_DATA, STATE]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"registration": None}, "8.1.4.0-3 (d)"),
        ({"registration": "0f0e6d4a-8a53-4b6e-9c1b-000000000001"}, "8.1.4.0-3 (d)"),
        ({"agent": '{"mbox":"mailto:other@example.org"}'}, "8.1.3.0-3 (d)"),
        ({"agent": "not json"}, "XC 2.1.3"),
        ({"agent": None}, "XC 2.3"),
        ({"activityId": None}, "XC 2.3"),
        ({"activityId": "one"}, "XC 2.3"),
        ({"colour": "red"}, "XC 2.3"),
    ],
)
def test_a_state_is_asked_for_by_the_launch_s_own_words(au: Au, change: Mapping[str, str | None], broken: str) -> None:
    session = au.launch.session
    query = {
        "activityId": session.activity_id,
        "agent": au.agent,
        "registration": session.registration,
        "stateId": STATE,
        **change,
    }
    answer = au.ask("GET", "/xapi/activities/state", {key: one for key, one in query.items() if one is not None})
    assert requirement(answer) == broken


def preferences(au: Au, method: str, content: object = None, **headers: str) -> Answer:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    query = {"agent": au.agent, "profileId": terms.PREFERENCES}
    return au.ask(method, "/xapi/agents/profile", query, content, headers=named)


def test_preferences_are_read_only_where_the_lms_says_so(au: Au) -> None:
    answer = preferences(au, "PUT", {"languagePreference": "en", "audioPreference": "on"}, if_none_match="*")
    assert answer.status == 403
    assert au.server.refused == [], "this is no fault of the AU"


@pytest.mark.parametrize(
    ("content", "broken"),
    [
        ([], "11.0.0.0-5 (d)"),
        ({"languagePreference": "en"}, "11.0.0.0-5 (d)"),
        ({"languagePreference": "en;de", "audioPreference": "on"}, "11.1.0.0-1 (d)"),
        ({"languagePreference": "en", "audioPreference": "loud"}, "11.0.0.0-5 (d)"),
    ],
)
def test_preferences_have_two_properties_of_their_kinds(au: Au, content: object, broken: str) -> None:
    au.server.manners.preferences_read_only = False
    assert requirement(preferences(au, "PUT", content, if_none_match="*")) == broken


def test_a_profile_is_replaced_only_by_who_knows_it(au: Au) -> None:
    au.server.manners.preferences_read_only = False
    good = {"languagePreference": "de-AT,en", "audioPreference": "off"}
    assert preferences(au, "PUT", good).status == 400
    assert preferences(au, "PUT", good, if_none_match="*").status == 204
    assert preferences(au, "PUT", good).status == 409
    assert preferences(au, "PUT", good, if_match='"other"').status == 412
    assert preferences(au, "PUT", good, if_match=etag(preferences(au, "GET"))).status == 204


def test_preferences_are_those_of_the_launch_s_actor(au: Au) -> None:
    query = {"agent": '{"mbox":"mailto:other@example.org"}', "profileId": terms.PREFERENCES}
    assert requirement(au.ask("GET", "/xapi/agents/profile", query)) == "11.0.0.0-1 (d)"


def test_an_activity_profile_keeps_the_same_rules(au: Au) -> None:
    query = {"activityId": au.launch.session.activity_id, "profileId": "notes"}
    assert au.ask("PUT", "/xapi/activities/profile", query, {"a": 1}).status == 400
    assert au.ask("PUT", "/xapi/activities/profile", query, {"a": 1}, headers={"if-none-match": "*"}).status == 204
    assert json.loads(au.ask("GET", "/xapi/activities/profile", query).body) == {"a": 1}


# --- statements -------------------------------------------------------------------------------------------------


def asked(au: Au, **query: str) -> list[str]:
    """The verbs of the statements that a query finds."""
    answer = au.ask("GET", "/xapi/statements", query)
    return [terms.NAMES.get(one["verb"]["id"], "answered") for one in json.loads(answer.body)["statements"]]


def test_statements_are_found_by_what_they_say(au: Au) -> None:
    au.say("answered")
    au.say("completed")
    session = au.launch.session
    assert asked(au) == ["completed", "answered", "initialized", "launched"]
    assert asked(au, ascending="true") == ["launched", "initialized", "answered", "completed"]
    assert asked(au, verb=terms.VERBS["completed"]) == ["completed"]
    assert asked(au, activity=session.activity_id) == ["completed", "initialized", "launched"]
    assert asked(au, activity=au.unit.id) == []
    assert asked(au, activity=au.unit.id, related_activities="true", limit="2") == ["completed", "answered"]
    assert asked(au, registration=session.registration, limit="1") == ["completed"]
    assert asked(au, registration=str(uuid.uuid4())) == []
    assert asked(au, agent=au.agent, verb=terms.VERBS["launched"]) == ["launched"]
    assert asked(au, agent='{"mbox":"mailto:other@example.org"}') == []
    stored = au.server.lms.statements.kept[1]["stored"]
    assert asked(au, since=stored) == ["completed", "answered"]
    assert asked(au, until=stored) == ["initialized", "launched"]


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"},
        {"limit": "many"},
        {"ascending": "yes"},
        {"registration": "one"},
        {"since": "2031"},
        {"statementId": "0f0e6d4a-8a53-4b6e-9c1b-000000000001", "limit": "1"},
    ],
)
def test_a_query_that_makes_no_sense_is_refused(au: Au, query: Mapping[str, str]) -> None:
    assert au.ask("GET", "/xapi/statements", query).status == 400


def pages(au: Au, query: Mapping[str, str]) -> Iterator[list[str]]:
    found = json.loads(au.ask("GET", "/xapi/statements", query).body)
    yield [one["id"] for one in found["statements"]]
    while found["more"]:
        parts = urlsplit(found["more"])
        found = json.loads(au.ask("GET", parts.path, dict(parse_qsl(parts.query))).body)
        yield [one["id"] for one in found["statements"]]


def test_a_long_answer_comes_in_pages_that_more_leads_to(au: Au) -> None:
    au.server.lms.statements.page = 3
    for _ in range(7):
        au.say("answered")
    all_ids = [one["id"] for one in au.server.lms.statements.kept]
    found = list(pages(au, {"ascending": "true"}))
    assert [len(page) for page in found] == [3, 3, 3]
    assert [one for page in found for one in page] == all_ids


def test_one_statement_is_found_by_its_id(au: Au) -> None:
    statement = au.statement("answered")
    au.send(statement)
    answer = au.ask("GET", "/xapi/statements", {"statementId": statement["id"]})
    assert json.loads(answer.body)["result"] == statement["result"]
    assert au.ask("GET", "/xapi/statements", {"statementId": str(uuid.uuid4())}).status == 404


def test_an_id_is_taken_once(au: Au) -> None:
    statement = au.statement("answered")
    assert au.send(statement).status == 200
    assert au.send(statement).status == 409
    fresh = au.statement("answered")
    assert au.send([statement, fresh]).status == 409, "an array is refused as a whole"
    assert au.ask("GET", "/xapi/statements", {"statementId": fresh["id"]}).status == 404
    au.server.lms.statements.same_again = 204
    assert au.send([statement, fresh]).status == 200
    changed = {**statement, "result": {"response": "b"}}
    assert au.send(changed).status == 409


def test_a_known_id_is_no_way_round_the_judge(au: Au) -> None:
    au.server.lms.statements.same_again = 204
    statement = au.statement("answered")
    au.send(statement)
    assert requirement(au.send([statement, au.statement("initialized")])) == "9.3.2.0-3 (d)"


def test_a_statement_is_put_under_its_id(au: Au) -> None:
    statement = au.statement("answered")
    identifier = statement.pop("id")
    assert au.ask("PUT", "/xapi/statements", {"statementId": identifier}, statement).status == 204
    other = au.statement("answered")
    answer = au.ask("PUT", "/xapi/statements", {"statementId": str(uuid.uuid4())}, other)
    assert requirement(answer) == "XC 2.1.1"


@pytest.mark.parametrize(
    ("body", "content_type", "broken"),
    [
        (b"{", "application/json", "XC 1.5.1"),
        (b"[]", "text/plain", "XC 1.5.1"),
        (b'{"id":1,"id":2}', "application/json", "XD 2.2"),
        (b"x", "multipart/mixed; boundary=x", "XC 1.5.2"),
        (b"7", "application/json", "XD 2.4"),
    ],
)
def test_a_body_that_holds_no_statements_is_refused(au: Au, body: bytes, content_type: str, broken: str) -> None:
    answer = au.ask("POST", "/xapi/statements", body=body, headers={"content-type": content_type})
    assert requirement(answer) == broken


def test_a_body_that_is_too_large_is_refused(au: Au) -> None:
    au.server.manners.most_bytes = 1000
    assert au.say("answered").status == 413


def test_a_player_that_writes_the_json_anew_waits_for_the_bytes_of_a_body_with_spaces(au: Au) -> None:
    au.server.manners.compact_json = True
    body = json.dumps(au.statement("answered")).encode()
    assert au.ask("POST", "/xapi/statements", body=body).status == 504
    assert au.say("answered").status == 200


def test_a_person_and_an_activity_can_be_asked_for(au: Au) -> None:
    au.say("answered")
    person = json.loads(au.ask("GET", "/xapi/agents", {"agent": au.agent}).body)
    assert person["objectType"] == "Person"
    question = f"{au.launch.session.activity_id}/question/1"
    found = json.loads(au.ask("GET", "/xapi/activities", {"activityId": question}).body)
    assert found["definition"]["interactionType"] == "choice"
