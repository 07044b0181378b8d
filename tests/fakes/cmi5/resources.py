"""The resources of the LRS and the fetch URL: which request means what; xAPI-Communication 1 and 2, cmi5 §8.2 to 11."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from tests.fakes.cmi5 import terms, xapi_data
from tests.fakes.cmi5.documents import Conditions, DocumentStore, Key
from tests.fakes.cmi5.exchange import Answer, Request, json_answer
from tests.fakes.cmi5.lms import Lms, canonical
from tests.fakes.cmi5.refusal import Refusal
from tests.fakes.cmi5.session import Session
from tests.fakes.cmi5.statements import agent_of

JsonObject = dict[str, Any]


@dataclass
class Manners:
    """In what real LRSs differ though all keep to the specification."""

    state_needs_conditions: bool = False
    """As xAPI 2.0: a PUT over a stored state must carry If-Match (ADL's LRS)."""
    preferences_read_only: bool = True
    """403 to every change of the learner's preferences (CATAPULT)."""
    compact_json: bool = False
    """Hangs on a body that is not what JSON.stringify writes (CATAPULT's player): 504."""
    version: str = "1.0.3"
    most_bytes: int = 1024 * 1024
    absolute_more: bool = False
    """Whether ``more`` names the whole address instead of the path."""


def handled(lms: Lms, request: Request, manners: Manners) -> Answer:
    """The answer. Raises Refusal."""
    if request.resource == "fetch":
        return _fetch(lms, request)
    if "method" in request.query:
        raise Refusal(400, "XC 1.3", "the alternate request syntax is gone in xAPI 2.0 and refused here")
    if request.resource == "about":
        return json_answer(200, {"version": ["1.0.3"], "extensions": {}})
    version = request.headers.get("x-experience-api-version")
    if not version or not re.fullmatch(r"1\.0(\.\d+)?", version):
        raise Refusal(400, "XC 3.3", f"X-Experience-API-Version is {version!r}")
    session = lms.session_of(request.headers.get("authorization"))
    if len(request.body) > manners.most_bytes:
        raise Refusal(413, "XC 3.2", f"the body has {len(request.body)} bytes; at most {manners.most_bytes} are taken")
    if manners.compact_json and request.body:
        written = json.dumps(_json(request.body), separators=(",", ":"), ensure_ascii=False).encode()
        if len(written) != len(request.body):
            raise Refusal(504, "XC 3.2", "the body is JSON with spaces; the player waits for bytes that never come")
    resources = {
        "statements": _statements,
        "activities/state": _state,
        "activities/profile": _activity_profile,
        "agents/profile": _agent_profile,
        "agents": _agents,
        "activities": _activities,
    }
    if request.resource not in resources:
        raise Refusal(404, "XC 2", f"there is no resource {request.resource!r}")
    return resources[request.resource](lms, session, request, manners)


def _fetch(lms: Lms, request: Request) -> Answer:
    if request.method != "POST":
        raise Refusal(405, "8.1.2.0-4", f"{request.method} to the fetch URL; only POST is allowed")
    if request.body:
        raise Refusal(400, "8.2.1.0-2", "the POST to the fetch URL has a body")
    return json_answer(200, lms.fetch(request.path.strip("/").partition("/")[2]))


def _unique(pairs: list[tuple[str, object]]) -> JsonObject:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise Refusal(400, "XD 2.2", f"the key {twice!r} is there twice")
    return dict(pairs)


def _json(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_unique)
    except ValueError as error:
        raise Refusal(400, "XC 1.5.1", f"the body is no JSON: {error}") from error


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise Refusal(405, "XC 2", f"{request.method} {request.resource}")


def _ended(session: Session) -> None:
    if session.abandoned:
        raise Refusal(403, "9.3.6.0-2 (d2)", "the session was abandoned")
    if session.judged and session.terminated:
        raise Refusal(403, "8.1.2.0-2 (d)", "the session has ended; its token is no longer good")


# --- statements -------------------------------------------------------------------------------------------------


def _statements(lms: Lms, session: Session, request: Request, manners: Manners) -> Answer:
    _only(request, "GET", "POST", "PUT")
    if request.method == "GET":
        _ended(session)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        found = lms.statements.query(request.query if "more" not in request.query else _json_query(request))
        before = lms.base if manners.absolute_more else ""
        if found.get("more"):
            found = {**found, "more": before + "/xapi/statements?more=" + quote(found["more"])}
        return json_answer(200, found, {"X-Experience-API-Consistent-Through": now})
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/mixed"):
        raise Refusal(415, "XC 1.5.2", "attachments with data are not taken here; give a fileUrl or leave them out")
    if not content_type.startswith("application/json"):
        raise Refusal(400, "XC 1.5.1", f"the Content-Type is {content_type!r}, not application/json")
    content = _json(request.body)
    if request.method == "PUT":
        identifier = request.query.get("statementId", "")
        if not xapi_data.is_uuid(identifier):
            raise Refusal(400, "XC 2.1.1", f"statementId is {identifier!r}")
        if isinstance(content, dict) and content.get("id", identifier).lower() != identifier.lower():
            raise Refusal(400, "XC 2.1.1", "the statement has another id than the request")
        lms.receive(session, [{"id": identifier, **content} if isinstance(content, dict) else content])
        return Answer(204)
    if request.query:
        raise Refusal(400, "XC 2.1.2", f"POST with the parameters {sorted(request.query)}")
    listed = content if isinstance(content, list) else [content]
    return json_answer(200, lms.receive(session, listed))


def _json_query(request: Request) -> Mapping[str, str]:
    found = _json(request.query["more"].encode())
    if not isinstance(found, dict) or set(request.query) != {"more"}:
        raise Refusal(400, "XC 2.1.3", "this is no address that an answer gave as more")
    return found


# --- documents --------------------------------------------------------------------------------------------------


def _parameters(request: Request, required: tuple[str, ...], optional: tuple[str, ...], section: str) -> None:
    for key in required:
        if key not in request.query:
            raise Refusal(400, section, f"the parameter {key} is missing")
    for key in request.query:
        if key not in (*required, *optional):
            raise Refusal(400, section, f"the parameter {key} does not belong there")


def _iri(value: str, section: str) -> str:
    if not xapi_data.is_iri(value):
        raise Refusal(400, section, f"activityId {value!r} is no absolute IRI")
    return value


def _agent(session: Session, request: Request, requirement: str) -> str:
    agent = agent_of(request.query["agent"])
    if session.judged and agent != session.actor:
        raise Refusal(403, requirement, f"the agent is {agent}, not the actor of the launch")
    return canonical(agent)


def _state(lms: Lms, session: Session, request: Request, manners: Manners) -> Answer:
    several = "stateId" not in request.query
    since = ("since",) if several else ()
    _parameters(request, ("activityId", "agent"), ("registration", "stateId", *since), "XC 2.3")
    registration = request.query.get("registration", "")
    if session.judged and registration != session.registration:
        raise Refusal(403, "8.1.4.0-3 (d)", f"registration is {registration!r}, not {session.registration!r}")
    if registration and not xapi_data.is_uuid(registration):
        raise Refusal(400, "XC 2.3", f"registration is {registration!r}, no UUID")
    activity = _iri(request.query["activityId"], "XC 2.3")
    agent = _agent(session, request, "8.1.3.0-3 (d)")
    start = (activity, agent, registration)
    launch_data = request.query.get("stateId") == terms.LAUNCH_DATA
    if session.judged and request.method != "GET" and (several or launch_data):
        raise Refusal(403, "10.2.1.0-5 (d)", f"{request.method} of {terms.LAUNCH_DATA}; an AU may only read it")
    _ended(session)
    answer = _document(lms.states, start, "stateId", request, careful=manners.state_needs_conditions)
    session.launch_data_read |= launch_data and activity == session.activity_id
    return answer


def _agent_profile(lms: Lms, session: Session, request: Request, manners: Manners) -> Answer:
    several = "profileId" not in request.query
    _parameters(request, ("agent",), ("profileId", *(("since",) if several else ())), "XC 2.6")
    start = (_agent(session, request, "11.0.0.0-1 (d)"),)
    _ended(session)
    preferences = request.query.get("profileId") == terms.PREFERENCES
    if preferences and request.method != "GET":
        if manners.preferences_read_only:
            raise Refusal(403, "11.0.0.0-2", "the preferences of learners are not changed here")
        _preferences(request)
    session.preferences_read |= preferences and request.method == "GET"
    return _document(lms.agent_profiles, start, "profileId", request, careful=True)


def _preferences(request: Request) -> None:
    if request.method == "DELETE":
        return
    found = _json(request.body)
    if not isinstance(found, dict) or set(found) != {"languagePreference", "audioPreference"}:
        raise Refusal(400, "11.0.0.0-5 (d)", "not a JSON object with languagePreference and audioPreference")
    languages = found["languagePreference"]
    if not isinstance(languages, str) or not all(xapi_data.is_language(tag) for tag in languages.split(",")):
        raise Refusal(400, "11.1.0.0-1 (d)", f"languagePreference is {languages!r}")
    if found["audioPreference"] not in {"on", "off"}:
        raise Refusal(400, "11.0.0.0-5 (d)", f"audioPreference is {found['audioPreference']!r}")


def _activity_profile(lms: Lms, session: Session, request: Request, _: Manners) -> Answer:
    several = "profileId" not in request.query
    _parameters(request, ("activityId",), ("profileId", *(("since",) if several else ())), "XC 2.7")
    _ended(session)
    start = (_iri(request.query["activityId"], "XC 2.7"),)
    return _document(lms.activity_profiles, start, "profileId", request, careful=True)


def _document(store: DocumentStore, start: Key, name: str, request: Request, *, careful: bool) -> Answer:
    _only(request, "GET", "PUT", "POST", "DELETE")
    conditions = Conditions(request.headers.get("if-match"), request.headers.get("if-none-match"))
    if name not in request.query:
        return _all_documents(store, start, name, request, conditions)
    key = (*start, request.query[name])
    if request.method == "GET":
        stored = store.get(key)
        written = stored.updated.strftime("%a, %d %b %Y %H:%M:%S GMT")
        headers = {"Content-Type": stored.content_type, "ETag": stored.etag, "Last-Modified": written}
        return Answer(200, stored.body, headers)
    if request.method == "DELETE":
        store.delete(key, conditions)
        return Answer(204)
    content_type = request.headers.get("content-type", "application/octet-stream")
    if request.method == "POST":
        store.post(key, request.body, content_type, conditions)
    else:
        careful = careful and (name != "stateId" or key in store.kept)
        store.put(key, request.body, content_type, conditions, careful=careful)
    return Answer(204)


def _all_documents(store: DocumentStore, start: Key, name: str, request: Request, conditions: Conditions) -> Answer:
    if request.method == "GET":
        since = xapi_data.instant(request.query["since"], "since") if "since" in request.query else None
        return json_answer(200, store.ids(start, since))
    if request.method == "DELETE" and name == "stateId":
        for one in store.ids(start, None):
            store.delete((*start, one), conditions)
        return Answer(204)
    raise Refusal(400, "XC 2.2", f"{request.method} without {name}")


# --- the rest ---------------------------------------------------------------------------------------------------


def _agents(_: Lms, session: Session, request: Request, __: Manners) -> Answer:
    _only(request, "GET")
    _parameters(request, ("agent",), (), "XC 2.4")
    agent = json.loads(_agent(session, request, "8.1.3.0-3 (d)"))
    lists = {key: [value] for key, value in agent.items() if key != "objectType"}
    return json_answer(200, {"objectType": "Person", **lists})


def _activities(lms: Lms, _: Session, request: Request, __: Manners) -> Answer:
    _only(request, "GET")
    _parameters(request, ("activityId",), (), "XC 2.5")
    wanted = _iri(request.query["activityId"], "XC 2.5")
    merged: JsonObject = {}
    for one in lms.statements.kept:
        if one["object"].get("id") == wanted:
            merged |= one["object"].get("definition", {})
    return json_answer(200, {"objectType": "Activity", "id": wanted, **({"definition": merged} if merged else {})})
