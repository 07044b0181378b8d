"""An AU without a browser: it makes statements that keep every rule, so that a probe can break one of them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.course_structure import AssignableUnit, Course
from tests.fakes.cmi5.exchange import Answer, Request
from tests.fakes.cmi5.lms import Launch, Lms, Registration
from tests.fakes.cmi5.server import Server

JsonObject = dict[str, Any]
UNIT = AssignableUnit("https://author.example/au/1", "index.html?au=1", "One", "CompletedAndPassed", 0.6)
SECOND = AssignableUnit("https://author.example/au/2", "index.html?au=2", "Two", "Completed", blocks=("urn:x:block",))
COURSE = Course("https://author.example/course", "A course", [UNIT, SECOND])
RESULTS: dict[str, JsonObject] = {
    "completed": {"completion": True, "duration": "PT4M10.5S"},
    "passed": {"success": True, "duration": "PT4M", "score": {"scaled": 0.8, "raw": 8, "min": 0, "max": 10}},
    "failed": {"success": False, "duration": "PT4M", "score": {"scaled": 0.4, "raw": 4, "min": 0, "max": 10}},
    "terminated": {"duration": "PT5M"},
    "answered": {"response": "a"},
}
QUESTION: JsonObject = {
    "type": terms.INTERACTION_TYPE,
    "name": {"en": "Which?"},
    "interactionType": "choice",
    "choices": [{"id": "a", "description": {"en": "This"}}, {"id": "b", "description": {"en": "That"}}],
    "correctResponsesPattern": ["a"],
}


@dataclass
class Au:
    """Speaks to a server that does not listen. The clock goes on by a second with each statement."""

    server: Server = field(default_factory=lambda: Server(Lms()))
    unit: AssignableUnit = UNIT
    course: Course = field(default_factory=lambda: COURSE)
    actor: JsonObject | None = None
    registration: Registration = field(init=False)
    launch: Launch = field(init=False)
    clock: datetime = field(default_factory=lambda: datetime(2031, 5, 17, 9, 0, tzinfo=UTC))

    def __post_init__(self) -> None:
        self.registration = self.server.lms.register(self.course, self.actor)

    def open(self, mode: str = "Normal", *, preferences: bool = True, data: bool = True, fetch: bool = True) -> None:
        """A launch, up to the first statement."""
        self.launch = self.server.lms.launch(self.registration, self.unit, "https://content.example", mode)
        if fetch:
            self.ask("POST", f"/fetch/{self.launch.fetch_key}", {"again": "no"}, version=None, auth=False)
        if data:
            assert self.state("GET", terms.LAUNCH_DATA).status == 200
        if preferences:
            self.ask("GET", "/xapi/agents/profile", {"profileId": terms.PREFERENCES, "agent": self.agent})

    @property
    def agent(self) -> str:
        return json.dumps(self.launch.session.actor)

    def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        content: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        version: str | None = "1.0.3",
        auth: bool = True,
        body: bytes | None = None,
    ) -> Answer:
        """Any request, with what the AU has to send along."""
        sent = {"x-experience-api-version": version} if version else {}
        if auth:
            sent["authorization"] = f"Basic {self.launch.token}"
        if content is not None:
            body = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
        if body is not None:
            sent["content-type"] = "application/json"
        request = Request(method, path, query or {}, {**sent, **(headers or {})}, body or b"")
        answer = self.server.answer(request)
        assert answer is not None
        return answer

    def state(self, method: str, state_id: str, content: object = None, **headers: str) -> Answer:
        session = self.launch.session
        query = {"activityId": session.activity_id, "agent": self.agent, "registration": session.registration}
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.ask(method, "/xapi/activities/state", {**query, "stateId": state_id}, content, headers=named)

    def statement(self, verb: str) -> JsonObject:
        """A statement that keeps every rule; ``answered`` is an allowed one, the rest are defined."""
        session = self.launch.session
        self.clock += timedelta(seconds=1)
        context = json.loads(json.dumps(session.template))
        context["registration"] = session.registration
        category = context["contextActivities"]["category"]
        made: JsonObject = {
            "id": str(uuid.uuid4()),
            "timestamp": self.clock.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "actor": json.loads(self.agent),
            "verb": {"id": terms.VERBS.get(verb, f"http://adlnet.gov/expapi/verbs/{verb}"), "display": {"en": verb}},
            "object": {"id": session.activity_id},
            "context": context,
        }
        if verb in RESULTS:
            made["result"] = json.loads(json.dumps(RESULTS[verb]))
        if verb in terms.VERBS:
            category.append({"id": terms.CATEGORY})
        if verb in {"completed", "passed", "failed"}:
            category.append({"id": terms.MOVE_ON_CATEGORY})
        if verb in {"passed", "failed"}:
            context["extensions"][terms.MASTERY_SCORE] = session.mastery_score
        if verb == "answered":
            made["object"] = {"id": f"{session.activity_id}/question/1", "definition": json.loads(json.dumps(QUESTION))}
        return made

    def say(self, verb: str) -> Answer:
        return self.send(self.statement(verb))

    def send(self, statement: object) -> Answer:
        return self.ask("POST", "/xapi/statements", {}, statement)


def requirement(answer: Answer) -> str:
    """What the body of a refusal names."""
    found: str = json.loads(answer.body)["requirement"]
    return found
