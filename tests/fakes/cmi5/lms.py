"""The LMS: registrations, launches, sessions, its own statements, and who is satisfied; cmi5 §6, 8, 9 and 10."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from tests.fakes.cmi5 import judge, terms, tincan, xapi_data
from tests.fakes.cmi5.course_structure import AssignableUnit, Course
from tests.fakes.cmi5.documents import Conditions, DocumentStore
from tests.fakes.cmi5.refusal import Refusal
from tests.fakes.cmi5.session import Progress, Session
from tests.fakes.cmi5.statements import StatementStore

JsonObject = dict[str, Any]
HOME = "https://lms.example"
LEARNER: JsonObject = {
    "objectType": "Agent",
    "account": {"homePage": f"{HOME}/people", "name": "7f3c-4d"},
    "name": "Zoë Ångström & Co",
}
MET: dict[str, Callable[[Progress], bool]] = {
    "NotApplicable": lambda _: True,
    "Completed": lambda done: done.completed,
    "Passed": lambda done: done.passed,
    "CompletedAndPassed": lambda done: done.completed and done.passed,
    "CompletedOrPassed": lambda done: done.completed or done.passed,
}


def canonical(agent: Mapping[str, Any]) -> str:
    return json.dumps(agent, sort_keys=True)


@dataclass
class Launch:
    """What a learner's browser is sent to, and what it will be told."""

    url: str
    session: Session
    unit: AssignableUnit
    token: str
    fetch_key: str


@dataclass
class Registration:
    """A learner's enrolment in a course."""

    id: str
    course: Course
    actor: JsonObject
    progress: dict[str, Progress] = field(default_factory=dict)
    """By the AU's publisher id."""
    satisfied: set[str] = field(default_factory=set)
    """Publisher ids of blocks and of the course."""
    generated: dict[str, str] = field(default_factory=dict)
    """Publisher id → the LMS's own id (§8.1.5, §9.3.9)."""

    def own_id(self, publisher_id: str) -> str:
        return self.generated.setdefault(publisher_id, f"{HOME}/activity/{uuid.uuid4()}")


@dataclass
class Lms:
    """One LMS with its LRS. ``base`` is its address; ``endpoint`` may end in a slash or not."""

    base: str = "http://127.0.0.1"
    slash: bool = True
    statements: StatementStore = field(
        default_factory=lambda: StatementStore({"account": {"homePage": HOME, "name": "lms"}, "objectType": "Agent"})
    )
    states: DocumentStore = field(default_factory=DocumentStore)
    agent_profiles: DocumentStore = field(default_factory=DocumentStore)
    activity_profiles: DocumentStore = field(default_factory=DocumentStore)
    launches: list[Launch] = field(default_factory=list)
    plain: dict[str, Session] = field(default_factory=dict)
    """Sessions of plain xAPI launches by their token."""

    @property
    def endpoint(self) -> str:
        return f"{self.base}/xapi" + ("/" if self.slash else "")

    # --- launching ----------------------------------------------------------------------------------------------

    def register(self, course: Course, actor: JsonObject | None = None) -> Registration:
        """Enrol a learner; what needs nothing is satisfied at once (§9.6.1.1)."""
        found = Registration(str(uuid.uuid4()), course, actor or LEARNER)
        for unit in course.units:
            found.progress[unit.id] = Progress()
        self.evaluate(found, str(uuid.uuid4()))
        return found

    def launch(
        self,
        registration: Registration,
        unit: AssignableUnit,
        content: str,
        mode: str = "Normal",
        *,
        return_url: str | None = None,
        mastery_score: float | None = None,
        leave_open: bool = False,
    ) -> Launch:
        """A launch, with everything in place before the learner's browser is sent there.

        An open session of the same AU is abandoned first, unless ``leave_open``. ``mastery_score`` overrides the
        course's. ``content`` is the address of the unpacked zip, for relative urls.
        """
        for earlier in self.launches:
            same = earlier.session.registration == registration.id and earlier.unit.id == unit.id
            if same and earlier.session.open and not leave_open:
                self.abandon(earlier)
        session_id, fetch_key = str(uuid.uuid4()), uuid.uuid4().hex
        mastery = unit.mastery_score if mastery_score is None else mastery_score
        session = Session(
            session_id,
            registration.actor,
            registration.id,
            registration.own_id(unit.id),
            mode,
            _template(session_id, unit.id),
            registration.progress[unit.id],
            mastery,
        )
        token = base64.b64encode(f"{session_id}:{uuid.uuid4().hex}".encode()).decode()
        address = unit.url if urlsplit(unit.url).scheme else f"{content}/{unit.url}"
        own = {
            "endpoint": self.endpoint,
            "fetch": f"{self.base}/fetch/{fetch_key}?again=no",
            "actor": json.dumps(registration.actor, ensure_ascii=False),
            "registration": registration.id,
            "activityId": session.activity_id,
        }
        launch = Launch(_with_query(address, own), session, unit, token, fetch_key)
        data: JsonObject = {
            "contextTemplate": session.template,
            "launchMode": mode,
            "launchMethod": unit.launch_method,
            "moveOn": unit.move_on,
            "masteryScore": mastery,
            "launchParameters": unit.launch_parameters,
            "returnURL": return_url,
            "entitlementKey": unit.entitlement_key and {"courseStructure": unit.entitlement_key},
        }
        data = {key: value for key, value in data.items() if value is not None}
        key = (session.activity_id, canonical(session.actor), session.registration, terms.LAUNCH_DATA)
        self.states.put(key, json.dumps(data).encode(), "application/json", Conditions(), careful=False)
        extensions: JsonObject = {terms.LAUNCH_MODE: mode, terms.LAUNCH_URL: address, terms.MOVE_ON: unit.move_on}
        if mastery is not None:
            extensions |= {terms.MASTERY_SCORE: mastery}
        if unit.launch_parameters is not None:
            extensions |= {terms.LAUNCH_PARAMETERS: unit.launch_parameters}
        self._say(session, "launched", {"id": session.activity_id}, extensions=extensions)
        self.launches.append(launch)
        return launch

    def launch_plain(
        self, package: tincan.TincanPackage, content: str, *, old: bool = False, registration: str | None = None
    ) -> tuple[str, Session]:
        """The address of a plain xAPI launch. ``old``: an actor of arrays, a credential without the word Basic."""
        actor: JsonObject = {"objectType": "Agent", "name": "A learner", "mbox": "mailto:learner@example.org"}
        progress = Progress()
        known = registration or ""
        session = Session("", actor, known, package.activity_id, "Normal", {}, progress, judged=False, fetched=True)
        token = base64.b64encode(b"lms:" + uuid.uuid4().hex.encode()).decode()
        self.plain[token] = session
        more = {"activity_id": package.activity_id, **({"registration": known} if known else {})}
        query = tincan.launch_query(self.endpoint, f"Basic {token}", actor, old=old, **more)
        return _joined(f"{content}/{package.launch}", query), session

    def reader(self, user: str, password: str) -> None:
        """A credential with which the record store is read, as its administrator gives one out."""
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.plain[token] = Session("", {}, "", "", "", {}, Progress(), judged=False, fetched=True)

    def fetch(self, key: str) -> JsonObject:
        """The answer to a POST to the fetch URL (§8.2): a token once, then an error."""
        launch = next((one for one in self.launches if one.fetch_key == key), None)
        if launch is None or not launch.session.open:
            return {"error-code": "2", "error-text": "there is no such session, or it is over"}
        if launch.session.fetched:
            return {"error-code": "1", "error-text": "the token of this session was given out already"}
        launch.session.fetched = True
        return {"auth-token": launch.token}

    def session_of(self, authorization: str | None) -> Session:
        """Whose token this is; 401 without one, 403 where its session is over (§8.1.2.0-2)."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme != "Basic" or not token:
            raise Refusal(401, "8.1.2.0-5 (d)", f"the Authorization header is {authorization!r}")
        if token in self.plain:
            return self.plain[token]
        launch = next((one for one in self.launches if one.token == token), None)
        if launch is None or not launch.session.fetched:
            raise Refusal(401, "8.1.2.0-2 (d)", "nobody was given such a token")
        return launch.session

    # --- what the AU says ---------------------------------------------------------------------------------------

    def receive(self, session: Session, statements: Sequence[object]) -> list[str]:
        """Judge and store an array of statements, all of them or none; the ids."""
        checked = [xapi_data.statement(one) for one in statements]
        if not session.judged:
            checked = [{"id": str(uuid.uuid4()), **one} for one in checked]
            self.statements.add(checked)
            return [one["id"] for one in checked]
        fresh = [one for one in checked if not self.statements.by_id(str(one.get("id")))]
        if len(fresh) < len(checked) and self.statements.same_again == 409:
            self.statements.add(checked)  # says which id is taken
        trial = _copy(session)
        for one in fresh:
            judge.judged(trial, one)
        self.statements.add(checked)
        session.verbs, session.first, session.latest = trial.verbs, trial.first, trial.latest
        session.progress.completed, session.progress.passed = trial.progress.completed, trial.progress.passed
        launch = next(one for one in self.launches if one.session is session)
        self._evaluate_for(launch)
        return [one["id"] for one in checked]

    def _evaluate_for(self, launch: Launch) -> None:
        for registration in self._registrations:
            if registration.id == launch.session.registration:
                self.evaluate(registration, launch.session.id)

    # --- what the LMS says --------------------------------------------------------------------------------------

    _registrations: list[Registration] = field(default_factory=list)

    def evaluate(self, registration: Registration, session_id: str) -> None:
        """Say satisfied for each block and for the course, once, when all of their AUs are (§9.3.9)."""
        if registration not in self._registrations:
            self._registrations.append(registration)
        for unit in registration.course.units:
            done = registration.progress[unit.id]
            done.satisfied = done.satisfied or done.waived or MET[unit.move_on](done)
        groups = {registration.course.id: registration.course.units}
        for unit in registration.course.units:
            for block in unit.blocks:
                groups.setdefault(block, [one for one in registration.course.units if block in one.blocks])
        for publisher_id, units in groups.items():
            done_all = all(registration.progress[unit.id].satisfied for unit in units)
            if publisher_id in registration.satisfied or not done_all:
                continue
            registration.satisfied.add(publisher_id)
            kind = terms.COURSE_TYPE if publisher_id == registration.course.id else terms.BLOCK_TYPE
            of = {"id": registration.own_id(publisher_id), "definition": {"type": kind}}
            about = Session(session_id, registration.actor, registration.id, "", "", {}, Progress())
            about.template = _template(session_id, publisher_id)
            self._say(about, "satisfied", of)

    def abandon(self, launch: Launch) -> None:
        """End a session that did not end itself, once (§9.3.6); the duration runs to its last statement (§9.5.4.2)."""
        session = launch.session
        if not session.open:
            return
        said = [one for one in self.statements.kept if self._is_of(one, session)]
        times = [xapi_data.instant(one["timestamp"]) for one in said]
        seconds = (max(times) - times[0]).total_seconds()
        self._say(session, "abandoned", {"id": session.activity_id}, result={"duration": f"PT{max(0, seconds):.2f}S"})
        session.abandoned = True

    def waive(self, registration: Registration, unit: AssignableUnit) -> None:
        """Let a learner off an AU, once in a registration (§9.3.7)."""
        done = registration.progress[unit.id]
        if done.waived:
            return
        done.waived = True
        session_id = str(uuid.uuid4())
        about = Session(
            session_id, registration.actor, registration.id, "", "", _template(session_id, unit.id), Progress()
        )
        result = {"success": True, "completion": True, "extensions": {terms.REASON: "Administrative"}}
        self._say(about, "waived", {"id": registration.own_id(unit.id)}, result=result)
        self.evaluate(registration, session_id)

    def _is_of(self, statement: JsonObject, session: Session) -> bool:
        found = statement.get("context", {}).get("extensions", {}).get(terms.SESSION_ID)
        return bool(found == session.id)

    def said(self, session: Session) -> list[JsonObject]:
        """The statements of the AU in a session (or of a plain launch's activity), in order."""
        if not session.judged:
            mine = [one for one in self.statements.kept if one["authority"] == self.statements.authority]
            return [one for one in mine if terms.SESSION_ID not in one.get("context", {}).get("extensions", {})]
        lms_only = {terms.VERBS[name] for name in judge.LMS_ONLY}
        return [one for one in self.statements.kept if self._is_of(one, session) and one["verb"]["id"] not in lms_only]

    def _say(
        self,
        session: Session,
        verb: str,
        of: JsonObject,
        *,
        extensions: JsonObject | None = None,
        result: JsonObject | None = None,
    ) -> None:
        context = json.loads(json.dumps(session.template))
        context["registration"] = session.registration
        context["extensions"] |= extensions or {}
        context["contextActivities"]["category"].append({"id": terms.CATEGORY})
        if result and {"success", "completion"} & set(result):
            context["contextActivities"]["category"].append({"id": terms.MOVE_ON_CATEGORY})
        statement: JsonObject = {
            "id": str(uuid.uuid4()),
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "actor": session.actor,
            "verb": {"id": terms.VERBS[verb], "display": {"en": verb}},
            "object": of,
            "context": context,
        }
        if result:
            statement["result"] = result
        self.statements.add([xapi_data.statement(statement)])


def _template(session_id: str, publisher_id: str) -> JsonObject:
    """A context template with more in it than an AU could guess."""
    return {
        "platform": "A strict LMS",
        "contextActivities": {
            "grouping": [{"id": publisher_id}, {"id": f"{HOME}/campaign/autumn", "objectType": "Activity"}],
            "category": [{"id": f"{HOME}/profile/learning"}],
        },
        "extensions": {terms.SESSION_ID: session_id, f"{HOME}/extension/tenant": {"number": 7, "open": None}},
    }


def _copy(session: Session) -> Session:
    done = session.progress
    trial = Session(**{name: getattr(session, name) for name in session.__dataclass_fields__})
    trial.verbs = [*session.verbs]
    trial.progress = Progress(done.completed, done.passed, done.waived, done.satisfied)
    return trial


def _with_query(address: str, own: Mapping[str, str]) -> str:
    """The url with its own query and the launch's parameters, in an order that nobody should count on (§8.1)."""
    parts = urlsplit(address)
    given = parse_qsl(parts.query, keep_blank_values=True)
    order = ("registration", "fetch", "activityId", "actor", "endpoint")
    query = urlencode([*given, *((key, own[key]) for key in order)], quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def _joined(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"
