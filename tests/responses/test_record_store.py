"""A learning record store is read over HTTP: the strict one of the tests, with statements in the client's shape."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scormkit.cli import main
from scormkit.problem import ProblemsFound
from scormkit.responses.connection import PAUSES, Connection
from scormkit.responses.record_store import RecordStore, credentials, endpoint_of
from scormkit.targets import targets
from scormkit.targets.codebook import Codebook, codebook_of
from tests.cmi5.au import Au
from tests.fakes.cmi5 import terms
from tests.fakes.cmi5.course_structure import AssignableUnit, Course
from tests.fakes.cmi5.lms import Lms
from tests.fakes.cmi5.server import Server, listening
from tests.packages import ROOT, packages_of
from tests.responses.reading import Reader, answers_of
from tests.responses.recorded import written

USER, PASSWORD = "trainer", "open-sesame-5321"
SUBMITTED = "http://activitystrea.ms/schema/1.0/submit"
TEXT = "I ask \u2013 \U0001f642 [,] {x} [.]\n  = 1 + 1, “quoted”\t&amp;\n"
COURSE = ROOT / "content/customer-care"
JsonObject = dict[str, Any]

waited: list[float] = []


def codebook(target: str = "cmi5", number: int = 0) -> Codebook:
    return codebook_of(packages_of(COURSE, target)[number], targets()[target])


def person(name: str) -> JsonObject:
    return {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": name}}


@dataclass
class Play:
    """A learner's launches of the unit of a codebook, saying what the client says."""

    server: Server
    known: Codebook
    actor: JsonObject
    au: Au = field(init=False)

    def __post_init__(self) -> None:
        unit = self.known.units[0]
        about = AssignableUnit(unit.activity, "index.html", unit.title, "Completed", 0.6)
        self.au = Au(self.server, about, Course(f"{unit.activity}/course", unit.title, [about]), self.actor)

    def begin(self) -> Play:
        self.au.open()
        assert self.au.say("initialized").status == 200
        return self

    def end(self, *verbs: str) -> None:
        for verb in (*verbs, "terminated"):
            assert self.au.say(verb).status == 200

    def answer(self, key: str, response: str | None, verb: str = "answered", **more: Any) -> JsonObject:
        """An answer to a question by "activity.key", as the catalogue of statements shows it."""
        activity = self.au.launch.session.activity_id
        made = self.au.statement("answered")
        part, kind = part_of(self.known, key)
        made["object"] = {
            "objectType": "Activity",
            "id": activity + part,
            "definition": {
                "type": terms.INTERACTION_TYPE if verb == "answered" else "urn:scormkit:activity-type:action-plan",
                "name": {"en": key},
                "description": {"en": "As it was asked"},
                "interactionType": kind,
            },
        }
        if verb == "submitted":
            made["verb"] = {"id": SUBMITTED, "display": {"en": "submitted"}}
            made["object"]["definition"] = {"type": "urn:scormkit:activity-type:action-plan", "name": {"en": key}}
        made["context"]["contextActivities"]["parent"] = [{"id": activity}]
        made["context"] |= {"language": "en", "revision": "1.0+abc"}
        made["result"] = {} if response is None else {"response": response}
        for place, value in more.items():
            made[place] = {**made[place], **value} if isinstance(value, dict) else value
        sent = self.au.send(made)
        assert sent.status == 200, sent.body
        return made


def part_of(known: Codebook, key: str) -> tuple[str, str]:
    for activity in known.units[0].activities:
        if activity.id == key and activity.part:
            return activity.part, ""
        for one in activity.questions:
            if key in {activity.id, f"{activity.id}.{one.key}"} and (one.key or activity.id == key):
                texts = {"fill-in", "long-fill-in"}
                return one.part, "other" if one.type in texts else one.type
    raise AssertionError(key)


def question_id(known: Codebook, key: str) -> str:
    return next(
        one.id
        for activity in known.units[0].activities
        for one in activity.questions
        if key == (f"{activity.id}.{one.key}" if one.key else activity.id)
    )


def texts_of(known: Codebook) -> list[str]:
    """Keys of what is written, of the session and its plan."""
    return [
        f"{activity.id}.{one.key}" if one.key else activity.id
        for activity in known.units[0].activities
        for one in activity.questions
        if one.type in {"fill-in", "long-fill-in"}
    ]


def plan_of(known: Codebook) -> tuple[str, list[str]]:
    """The form that is the plan, and the keys of its written fields."""
    form = next(one for one in known.units[0].activities if one.role == "plan" and one.part)
    return form.id, [f"{form.id}.{one.key}" for one in form.questions if one.type == "long-fill-in"]


@pytest.fixture
def server() -> Iterator[Server]:
    waited.clear()
    lms = Lms()
    lms.reader(USER, PASSWORD)
    lms.statements.page = 3
    with listening(Server(lms)) as found:
        yield found


@pytest.fixture
def known() -> Codebook:
    return codebook()


@pytest.fixture
def reader(tmp_path: Path, known: Codebook) -> Reader:
    return Reader(tmp_path, [known])


def store(server: Server, **more: Any) -> RecordStore:
    key = credentials({"SCORMKIT_LRS_USER": USER, "SCORMKIT_LRS_PASSWORD": PASSWORD})
    return RecordStore(
        endpoint_of(server.lms.endpoint),
        more.pop("authorization", key),
        connection=Connection(pause=waited.append),
        **more,
    )


@pytest.mark.parametrize("absolute", [False, True], ids=["more is a path", "more is an address"])
@pytest.mark.parametrize("slash", [False, True], ids=["endpoint without slash", "with slash"])
def test_every_text_of_every_page_comes_back_exactly(
    server: Server, reader: Reader, known: Codebook, absolute: bool, slash: bool
) -> None:
    server.manners.absolute_more, server.lms.slash = absolute, slash
    said = {}
    play = Play(server, known, person("ada")).begin()
    for number, key in enumerate(texts_of(known)):
        said[key] = f"{number} {TEXT}"
        play.answer(key, said[key])
    play.end("completed", "passed")
    report = reader.report(services=[store(server)])
    found = answers_of(report, "ada (https://lms.example)")
    assert len(said) > 5
    assert {key: found[question_id(known, key)] for key in said} == said
    (one,) = report.people()
    (attempt,) = report.attempts_of(one)
    assert (attempt.completion, attempt.success, attempt.score) == ("completed", "passed", 0.8)
    assert reader.noticed == []
    pages = [request for request, _ in server.requests("statements", "GET")]
    assert len(pages) > len(said) / 3, "page after page"
    assert all(request.headers["x-experience-api-version"] == "1.0.3" for request in pages)
    assert server.refused == []


def test_the_latest_answer_counts_and_what_was_voided_does_not(server: Server, reader: Reader, known: Codebook) -> None:
    first, second, third = texts_of(known)[:3]
    play = Play(server, known, person("ada")).begin()
    play.answer(first, "early")
    play.answer(first, "late")
    # Answered on a device that was offline, sent by a later launch: it is older than what it arrives after.
    earlier = {"extensions": {**play.au.launch.session.template["extensions"]}}
    earlier["extensions"]["urn:scormkit:extension:answered-at"] = "2031-05-17T08:00:00.000Z"
    play.answer(second, "newest")
    play.answer(second, "oldest", context=earlier)
    play.answer(third, "right")
    wrong = play.answer(third, "by mistake")
    play.end()
    server.lms.statements.add(
        [
            {
                "id": str(uuid.uuid4()),
                "actor": person("admin"),
                "verb": {"id": terms.VOIDED},
                "object": {"objectType": "StatementRef", "id": wrong["id"]},
            }
        ]
    )
    found = answers_of(reader.report(services=[store(server)]), "ada (https://lms.example)")
    assert [found[question_id(known, key)] for key in (first, second, third)] == ["late", "newest", "right"]


def test_each_registration_is_an_attempt_and_each_account_a_learner(
    server: Server, reader: Reader, known: Codebook
) -> None:
    key = texts_of(known)[0]
    for name, text in (("ada", "one"), ("ada", "two"), ("bob@example.com", "three")):
        play = Play(server, known, person(name))
        play.au.clock = play.au.clock.replace(hour=10 + len(text))
        play.begin().answer(key, text)
        play.end("failed")
    Play(server, known, person("cyd")).au.open()
    report = reader.report(services=[store(server)])
    ada = "ada (https://lms.example)"
    texts = {number: answers_of(report, ada, number)[question_id(known, key)] for number in (1, 2)}
    assert texts == {1: "one", 2: "two"}
    bob = next(one for one in report.people() if one.email)
    assert bob.email == "bob@example.com", "Moodle's cmi5 names accounts by the address"
    cyd = next(one for one in report.people() if one.label.startswith("cyd"))
    assert [(one.number, one.completion) for one in report.attempts_of(cyd)] == [(0, "not attempted")]
    assert {one.success for one in report.attempts_of(bob)} == {"failed"}
    only = store(server, registrations=(play.au.registration.id,))
    chosen = Reader(reader.folder, [known]).report(services=[only])
    assert [one.email for one in chosen.people()] == ["bob@example.com"]


def test_two_sessions_in_one_store_are_told_apart_though_their_forms_have_the_same_names(
    server: Server, tmp_path: Path
) -> None:
    books = [codebook("cmi5", 0), codebook("cmi5", 1)]
    for number, book in enumerate(books):
        play = Play(server, book, person("ada")).begin()
        play.answer(plan_of(book)[1][0], f"plan {number}")
        play.end()
    report = Reader(tmp_path, books).report(services=[store(server)])
    for number, book in enumerate(books):
        found = answers_of(report, "ada (https://lms.example)", unit=number)
        assert found[question_id(book, plan_of(book)[1][0])] == f"plan {number}"


def test_a_sent_form_is_read_by_its_fields_and_shown_whole_where_none_came(
    server: Server, reader: Reader, known: Codebook
) -> None:
    form, fields = plan_of(known)
    play = Play(server, known, person("ada")).begin()
    play.answer(fields[0], "Ring back")
    play.answer(form, "My plan\n\nRing back", "submitted")
    play.end()
    other = Play(server, known, person("bob")).begin()
    other.answer(form, "My plan\n\nListen", "submitted")
    other.end()
    report = reader.report(services=[store(server)])
    ada, bob = report.people()
    (plan,) = report.plans(ada)
    assert [one.given.text for one in plan.plan] == ["Ring back"]
    assert report.attempts_of(ada)[0].unknown == ()
    assert [text for _, text in report.attempts_of(bob)[0].unknown] == ["My plan\n\nListen"], "nothing is lost"


def test_a_digest_is_shown_as_one(server: Server, reader: Reader, known: Codebook) -> None:
    key = texts_of(known)[0]
    digest = {"length": 5, "sha256": hashlib.sha256(b"plan!").hexdigest()}
    play = Play(server, known, person("ada")).begin()
    play.answer(key, None, result={"extensions": {"urn:scormkit:extension:digest": digest}})
    play.end()
    report = reader.report(services=[store(server)])
    ((_, given),) = report.answers_of(report.attempts_of(next(report.people()))[0])
    assert given.text == "[5 characters]"
    assert "digest" in given.doubt


def test_plain_xapi_is_read_by_its_published_activity_or_by_one_that_is_given(server: Server, tmp_path: Path) -> None:
    book = codebook("xapi")
    key = texts_of(book)[0]
    actor = {"objectType": "Agent", "name": "Ada Lovelace", "mbox": "mailto:ada@example.com"}
    for activity in (book.units[0].activity, "https://portal.example/course/9"):
        said = [
            about("answered", f"{activity}{part_of(book, key)[0]}", actor, activity, {"response": activity}),
            about("completed", activity, actor, activity, {"completion": True}),
        ]
        server.lms.statements.add(said)
    plain = Reader(tmp_path, [book]).report(services=[store(server)])
    (ada,) = plain.people()
    assert (ada.label, ada.email) == ("Ada Lovelace", "ada@example.com")
    assert answers_of(plain, "Ada Lovelace") == {question_id(book, key): book.units[0].activity}
    given = store(server, activities=("https://portal.example/course/9",))
    other = Reader(tmp_path, [book]).report(services=[given])
    assert answers_of(other, "Ada Lovelace") == {question_id(book, key): "https://portal.example/course/9"}
    assert other.attempts_of(next(other.people()))[0].completion == "completed"


def about(verb: str, identifier: str, actor: JsonObject, activity: str, result: JsonObject) -> JsonObject:
    """A statement of a plain xAPI launch."""
    parent = {"contextActivities": {"parent": [{"id": activity}]}} if identifier != activity else {}
    return {
        "id": str(uuid.uuid4()),
        "actor": actor,
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": identifier},
        "result": result,
        "context": {"language": "en", "registration": "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", **parent},
        "timestamp": "2026-03-02T09:00:00.000Z",
    }


def test_a_part_of_something_else_that_is_completed_completes_nothing(server: Server, tmp_path: Path) -> None:
    book = codebook("xapi")
    activity = book.units[0].activity
    actor = person("ada")
    server.lms.statements.add(
        [
            about("initialized", activity, actor, activity, {}),
            about("completed", "https://portal.example/video/1", actor, activity, {"completion": True}),
        ]
    )
    report = Reader(tmp_path, [book]).report(services=[store(server)])
    assert [one.completion for one in report.attempts_of(next(report.people()))] == ["incomplete"]


# --- trouble ------------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_told_without_it(server: Server, reader: Reader) -> None:
    wrong = credentials({"SCORMKIT_LRS_USER": USER, "SCORMKIT_LRS_PASSWORD": "not-the-password"})
    with pytest.raises(ProblemsFound, match=r"HTTP 401.*SCORMKIT_LRS_PASSWORD") as found:
        reader.report(services=[store(server, authorization=wrong)])
    for secret in (wrong, wrong.partition(" ")[2], "not-the-password"):
        assert secret not in str(found.value)
    assert not waited, "a refusal is not tried again"


def test_a_key_that_may_not_read_is_told_what_it_lacks(server: Server, reader: Reader) -> None:
    server.trouble("status", "statements", 403)
    with pytest.raises(ProblemsFound, match=r"HTTP 403.*may not read"):
        reader.report(services=[store(server)])
    assert not waited


def test_a_busy_store_is_asked_again_when_it_says(server: Server, reader: Reader, known: Codebook) -> None:
    play = Play(server, known, person("ada")).begin()
    play.answer(texts_of(known)[0], "here")
    play.end()
    server.trouble("status", "statements", 429, times=1, retry_after="7")
    server.trouble("status", "statements", 503, times=1, retry_after="Sun, 06 Nov 1994 08:49:37 GMT")
    server.trouble("status", "statements", 500, times=1)
    assert reader.report(services=[store(server)]).numbers.answers == 1
    assert waited == [7.0, 0.0, PAUSES[2]]


def test_a_store_that_stays_busy_is_given_up_with_the_reason(server: Server, reader: Reader) -> None:
    server.trouble("status", "statements", 503)
    with pytest.raises(ProblemsFound, match="did not answer after 4 tries: HTTP 503"):
        reader.report(services=[store(server)])
    assert waited == list(PAUSES)


def test_a_silent_store_is_given_up_in_time(server: Server, reader: Reader) -> None:
    slow = server.trouble("slow", "statements")
    patient = store(server)
    patient.connection = Connection(pause=waited.append, time_out=0.05)
    with pytest.raises(ProblemsFound, match="did not answer after 4 tries: timed out"):
        reader.report(services=[patient])
    slow.over()


def test_a_page_for_people_is_no_store(server: Server, reader: Reader) -> None:
    page = RecordStore(f"{server.lms.base}/frame/", "Basic key-of-the-store")
    with pytest.raises(ProblemsFound, match=r"not JSON: <!doctype html>.*endpoint of the record store"):
        reader.report(services=[page])


def test_an_address_without_a_store_is_told(server: Server, reader: Reader) -> None:
    nowhere = RecordStore(f"{server.lms.base}/elsewhere/", "Basic x")
    with pytest.raises(ProblemsFound, match=r"HTTP 404.*no record store at this address"):
        reader.report(services=[nowhere])


def test_an_empty_store_says_how_to_name_the_session_otherwise(server: Server, reader: Reader) -> None:
    with pytest.raises(ProblemsFound, match=r"no statements of learners in .*--activity"):
        reader.report(services=[store(server)])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("https://elsewhere.example/xapi/statements?more=1", "lies at https://elsewhere.example"),
        ("/xapi/statements?again", "never end"),
    ],
)
def test_the_key_goes_nowhere_else_and_no_circle_is_walked_for_ever(
    server: Server, reader: Reader, monkeypatch: pytest.MonkeyPatch, more: str, words: str
) -> None:
    page = f'{{"statements": [], "more": "{more}"}}'.encode()
    monkeypatch.setattr(Connection, "reply", lambda *_: page)
    with pytest.raises(ProblemsFound, match=words):
        reader.report(services=[store(server)])


def test_the_codebook_of_a_standard_without_statements_is_refused(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="sends no statements"):
        Reader(tmp_path, [codebook("scorm12")]).report(services=[store(server)])


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        ("https://x.org/xapi", "https://x.org/xapi/"),
        ("https://x.org:8443/xapi/statements", "https://x.org:8443/xapi/"),
        ("x.org/a/b/", "https://x.org/a/b/"),
    ],
)
def test_an_endpoint_is_taken_as_platforms_show_it(address: str, endpoint: str) -> None:
    assert endpoint_of(address) == endpoint


@pytest.mark.parametrize("address", ["ftp://x.org", "https://", "https://me:open-sesame@x.org/xapi", "https://x:y/"])
def test_an_address_that_is_none_is_refused_and_never_repeats_a_password(address: str) -> None:
    with pytest.raises(ProblemsFound, match="no address of a record store") as found:
        endpoint_of(address)
    assert "open-sesame" not in str(found.value)


@pytest.mark.parametrize(
    ("said", "header"),
    [
        ({"SCORMKIT_LRS_USER": "a", "SCORMKIT_LRS_PASSWORD": "b"}, "Basic YTpi"),
        ({"SCORMKIT_LRS_AUTH": "Bearer abc"}, "Bearer abc"),
        ({"SCORMKIT_LRS_AUTH": "YTpi", "SCORMKIT_LRS_USER": "c"}, "Basic YTpi"),
        ({"SCORMKIT_LRS_USER": "a"}, ""),
        ({}, ""),
    ],
)
def test_the_key_comes_out_of_the_environment(said: dict[str, str], header: str) -> None:
    assert credentials(said) == header


def test_a_key_that_breaks_a_header_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="SCORMKIT_LRS_AUTH") as found:
        credentials({"SCORMKIT_LRS_AUTH": "Basic abc\r\nX: secret"})
    assert "abc" not in str(found.value)


def test_the_command_takes_the_key_from_the_environment_only(
    server: Server, known: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play(server, known, person("ada")).begin()
    play.answer(texts_of(known)[0], "here")
    play.end()
    book = written(tmp_path, known)
    words = ["responses", "--lrs", server.lms.endpoint, "--codebook", str(book)]
    for name in ("SCORMKIT_LRS_USER", "SCORMKIT_LRS_PASSWORD", "SCORMKIT_LRS_AUTH"):
        monkeypatch.delenv(name, raising=False)
    without = CliRunner().invoke(main, words)
    assert without.exit_code == 2
    assert "SCORMKIT_LRS_USER" in without.output
    monkeypatch.setenv("SCORMKIT_LRS_USER", USER)
    monkeypatch.setenv("SCORMKIT_LRS_PASSWORD", PASSWORD)
    run = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "report.html")])
    assert run.exit_code == 0, run.output
    assert "1 learner, 1 started, 1 attempt, 1 answer." in run.output
    assert PASSWORD not in run.output + (tmp_path / "report.html").read_text(encoding="utf-8")
    stray = CliRunner().invoke(main, ["responses", "x.txt", "--codebook", str(book), "--activity", "urn:x"])
    assert stray.exit_code == 2
