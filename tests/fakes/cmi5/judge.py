"""The rules of cmi5 for the statements of an AU; §7.1, 8.1, 9 and 10.2. Ids are those of the requirements list."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.refusal import Refusal
from tests.fakes.cmi5.session import JsonObject, Session
from tests.fakes.cmi5.xapi_data import instant, is_uuid

LMS_ONLY = {"launched": "9.3.1.0-1", "abandoned": "9.3.6.0-1", "waived": "9.3.7.0-1", "satisfied": "9.3.9.0-1"}
DURATION = {
    "terminated": "9.5.4.1-1 (d)",
    "completed": "9.5.4.1-2 (d)",
    "passed": "9.5.4.1-3 (d)",
    "failed": "9.5.4.1-4 (d)",
}
JUDGED = ("completed", "passed", "failed")
MOVE_ON = {"completed": "d1", "passed": "d2", "failed": "d3"}


def no(requirement: str, message: str, status: int = 403) -> Refusal:
    return Refusal(status, requirement, message)


def category_ids(statement: JsonObject) -> list[str]:
    listed = statement.get("context", {}).get("contextActivities", {}).get("category", [])
    return [one["id"] for one in listed]


def is_defined(statement: JsonObject) -> bool:
    """A "cmi5 defined" statement, as §7.1.3 tells it from an allowed one."""
    return terms.CATEGORY in category_ids(statement)


def judged(session: Session, statement: JsonObject) -> None:
    """Refuse a valid xAPI statement that this session may not make, or book it."""
    verb = terms.NAMES.get(statement["verb"]["id"], "")
    defined = is_defined(statement)
    _identity(session, statement)
    _context(session, statement, defined=defined)
    if defined:
        _verb(verb)
        _object(session, statement)
        _result(session, statement, verb)
    _score(statement)
    _categories(statement, verb, defined=defined)
    _order(session, verb, defined=defined)
    if defined:
        _mode(session, verb)
        _number(session, verb)
    _times(session, statement, verb if defined else "")
    if defined:
        session.verbs.append(verb)
        session.progress.completed |= verb == "completed"
        session.progress.passed |= verb == "passed"


def _identity(session: Session, statement: JsonObject) -> None:
    if not is_uuid(statement.get("id")):
        raise no("9.1.0.0-1 (d)", "the statement has no id", 400)
    if "timestamp" not in statement:
        raise no("9.7.0.0-1 (d)", "the statement has no timestamp", 400)
    if instant(statement["timestamp"]).utcoffset() != timedelta(0):
        raise no("9.7.0.0-2 (d)", f"{statement['timestamp']} is not in UTC", 400)
    if statement["actor"] != session.actor:
        raise no("8.1.3.0-3 (d)", f"the actor is {statement['actor']}, not the one of the launch")
    if statement["verb"]["id"] == terms.VOIDED:
        raise no("6.3.0.0-1", "an AU may not void statements")


def _context(session: Session, statement: JsonObject, *, defined: bool) -> None:
    context = statement.get("context")
    if context is None:
        raise no("10.2.1.0-6 (d)", "the statement has no context")
    if context.get("registration") != session.registration:
        requirement = "9.6.1.0-1 (d)" if defined else "8.1.4.0-3 (d)"
        raise no(requirement, f"registration is {context.get('registration')}, not {session.registration}")
    extensions = context.get("extensions", {})
    if extensions.get(terms.SESSION_ID) != session.id:
        raise no("9.6.3.1-4 (d)", f"the session id is {extensions.get(terms.SESSION_ID)!r}, not {session.id!r}")
    for key, value in session.template.items():
        if key == "contextActivities":
            _template_activities(context.get(key, {}), value, defined=defined)
        elif key == "extensions":
            for name, stated in value.items():
                if name not in extensions:
                    raise no("10.2.1.0-6 (d)", f"the template's extension {name} is missing")
                if extensions[name] != stated:
                    raise no("10.2.1.0-7 (d)", f"the template's extension {name} was changed to {extensions[name]!r}")
        elif key not in context:
            raise no("10.2.1.0-6 (d)", f"the template's {key} is missing")
        elif context[key] != value:
            raise no("10.2.1.0-7 (d)", f"the template's {key} was changed to {context[key]!r}")


def _template_activities(found: JsonObject, template: JsonObject, *, defined: bool) -> None:
    for key, listed in template.items():
        given = found.get(key, [])
        for number, stated in enumerate(listed):
            if stated["id"] not in [one["id"] for one in given]:
                requirement = "9.6.2.0-1 (d)" if defined else "10.2.1.0-6 (d)"
                raise no(requirement, f"the template's {key} {stated['id']} is missing")
            if given[number] != stated:
                raise no("10.2.1.0-7 (d)", f"{key}[{number}] is not the template's {stated['id']}; own ones come after")


def _verb(verb: str) -> None:
    if verb in LMS_ONLY:
        raise no(LMS_ONLY[verb], f"only the LMS says {verb}")
    if not verb:
        raise no("9.3.0.0-1", "a statement of the cmi5 category uses a verb of cmi5")


def _object(session: Session, statement: JsonObject) -> None:
    of = statement["object"]
    if of.get("objectType", "Activity") != "Activity":
        raise no("9.4.0.0-1 (d)", f"the object is a {of['objectType']}")
    if of["id"] != session.activity_id:
        raise no("8.1.5.0-6 (d)", f"the object is {of['id']}, not {session.activity_id}")


def _result(session: Session, statement: JsonObject, verb: str) -> None:
    result = statement.get("result", {})
    if "score" in result and verb not in {"passed", "failed"}:
        raise no("9.5.1.0-2 (d)", f"{verb} with a score")
    if verb in {"passed", "failed"}:
        wanted = verb == "passed"
        if result.get("success") is not wanted:
            raise no("9.5.2.0-1 (d1)" if wanted else "9.5.2.0-2 (d)", f"{verb} with success {result.get('success')}")
    elif "success" in result:
        raise no("9.5.2.0-3 (d)", f"{verb} with success")
    if verb == "completed" and result.get("completion") is not True:
        raise no("9.5.3.0-1 (d1)", f"completed with completion {result.get('completion')}")
    if verb != "completed" and "completion" in result:
        raise no("9.5.3.0-2 (d)", f"{verb} with completion")
    if verb in DURATION and "duration" not in result:
        raise no(DURATION[verb], f"{verb} without a duration")
    if "score" in result and session.mastery_score is not None:
        _mastery(session.mastery_score, statement, verb)
    progress = result.get("extensions", {}).get(terms.PROGRESS, 0)
    if isinstance(progress, bool) or not isinstance(progress, int) or not 0 <= progress <= 100:
        raise no("9.5.5.1", f"progress is {progress!r}, not a whole number from 0 to 100")


def _mastery(mastery: float, statement: JsonObject, verb: str) -> None:
    stated = statement["context"].get("extensions", {}).get(terms.MASTERY_SCORE)
    if stated != mastery or isinstance(stated, bool):
        raise no("9.6.3.2-2 (d)", f"the masteryScore in the context is {stated!r}, not {mastery}")
    scaled = statement["result"]["score"].get("scaled")
    if scaled is None:
        return
    if verb == "passed" and scaled < mastery:
        raise no("9.3.4.0-2 (d2)", f"passed with {scaled}, less than {mastery}")
    if verb == "failed" and scaled >= mastery:
        raise no("9.3.5.0-2 (d)", f"failed with {scaled}, not less than {mastery}")


def _score(statement: JsonObject) -> None:
    score = statement.get("result", {}).get("score", {})
    if "raw" in score:
        for key, number in (("min", "d1"), ("max", "d2")):
            if key not in score:
                raise no(f"9.5.1.0-3 ({number})", f"score.raw without score.{key}")
    if is_defined(statement):
        if not 0 <= score.get("scaled", 0) <= 1:
            raise no("9.5.1", f"score.scaled is {score['scaled']}; cmi5 has 0 to 1")
        for key in ("raw", "min", "max"):
            if not isinstance(score.get(key, 0), int):
                raise no("9.5.1", f"score.{key} is {score[key]}; cmi5 has whole numbers")


def _categories(statement: JsonObject, verb: str, *, defined: bool) -> None:
    result = statement.get("result", {})
    listed = [one["id"] for group in statement["context"].get("contextActivities", {}).values() for one in group]
    if defined and ("success" in result or "completion" in result):
        if terms.MOVE_ON_CATEGORY not in category_ids(statement):
            raise no(f"9.6.2.2-1 ({MOVE_ON[verb]})", f"{verb} without the moveOn category")
    elif terms.MOVE_ON_CATEGORY in listed:
        raise no("9.6.2.2-2 (d)", "the moveOn category where neither success nor completion is reported")


def _order(session: Session, verb: str, *, defined: bool) -> None:
    if session.abandoned:
        raise no("9.3.6.0-2 (d2)", "the session was abandoned")
    if session.terminated:
        raise no("9.3.0.0-5 (d2)", "the session has ended with terminated")
    begins = defined and verb == "initialized"
    if begins and not session.launch_data_read:
        raise no("10.2.1.0-4", "LMS.LaunchData was not read")
    if begins and not session.preferences_read:
        raise no("11.0.0.0-3 (d2)", "the learner preferences were not read")
    if not begins and "initialized" not in session.verbs:
        raise no("9.3.0.0-4 (d2)", "initialized comes first")


def _mode(session: Session, verb: str) -> None:
    if verb in JUDGED and session.mode != "Normal":
        raise no("10.2.2.0-2 (d)" if session.mode == "Browse" else "10.2.2.0-3 (d)", f"{verb} in mode {session.mode}")


def _number(session: Session, verb: str) -> None:
    if verb == "initialized" and verb in session.verbs:
        raise no("9.3.2.0-3 (d)", "a second initialized")
    if verb in {"passed", "failed"} and {"passed", "failed"} & set(session.verbs):
        same = verb in session.verbs
        raise no("9.3.0.0-2 (d)" if same else "9.3.0.0-3 (d)", f"{verb} after {session.verbs}")
    if verb in session.verbs:
        raise no("9.3.0.0-2 (d)", f"a second {verb}")
    if verb == "completed" and session.progress.completed:
        raise no("9.3.0.0-6 (d2)", "a second completed in this registration")
    if verb == "passed" and session.progress.passed:
        raise no("9.3.0.0-7 (d2)", "a second passed in this registration")
    if verb == "failed" and session.progress.passed:
        raise no("9.3.0.0-8 (d)", "failed after passed in this registration")


def _times(session: Session, statement: JsonObject, verb: str) -> None:
    """The order holds by timestamp too (§9.3, §9.7)."""
    at = instant(statement["timestamp"])
    if session.first is not None and at < session.first:
        raise no("9.3.0.0-4", f"{statement['timestamp']} is before initialized")
    if verb == "terminated" and session.latest is not None and at < session.latest:
        raise no("9.3.0.0-5", f"{statement['timestamp']} is before an earlier statement of the session")
    session.first = at if session.first is None else session.first
    session.latest = at if session.latest is None else max(session.latest, at)
