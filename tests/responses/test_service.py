"""Moodle's web service, replayed on loopback: what was recorded from a real site, and every way to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from scormkit.cli import main
from scormkit.problem import ProblemsFound
from scormkit.responses.connection import PAUSES, Connection
from scormkit.responses.moodle_service import MoodleService, Place, place_of
from scormkit.responses.record import Notes
from tests.responses.reading import Reader, answers_of
from tests.responses.recorded import MOODLE, attempts_sent, recorded_codebook, sent, two_scos_codebook, written

WS = MOODLE / "moodle4.5/ws"
TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of the replayed site
SCOES = {"3185": "scorm12", "3187": "scorm2004", "3189": "two-scos-ITEM-1", "3190": "two-scos-ITEM-2"}
USERS = {"3": "teacher", "4": "student1", "5": "student2", "6": "student3"}
WHOLE = {
    "core_webservice_get_site_info": "site_info.json",
    "mod_scorm_get_scorms_by_courses": "scorms.json",
    "core_enrol_get_enrolled_users": "enrolled_users.json",
}
LAST = {"student1": 2, "student2": 1, "student3": 1}


def recorded(name: str) -> Any:
    return json.loads((WS / name).read_text(encoding="utf-8"))


@dataclass
class Site:
    """A Moodle that answers what was recorded; ``instead`` replaces the reply to a function, or fails so often."""

    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    instead: dict[str, Any] = field(default_factory=dict)
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def reply(self, form: dict[str, str]) -> Any:
        self.asked.append(form)
        function = form["wsfunction"]
        if form["wstoken"] != TOKEN:
            return recorded("errors/invalid-token.json")
        if function in self.instead:
            return self.instead[function]
        if function == "mod_scorm_get_scorm_scoes":
            return recorded({"321": "scorm12", "322": "scorm2004", "323": "two-scos"}[form["scormid"]] + "-scoes.json")
        if function == "mod_scorm_get_scorm_attempt_count":
            return {"attemptscount": 0, "warnings": []}
        if function in WHOLE:
            return recorded(WHOLE[function])
        assert function == "mod_scorm_get_scorm_sco_tracks", function
        return self.tracks(form)

    def tracks(self, form: dict[str, str]) -> Any:
        who = USERS[form["userid"]]
        sco = SCOES[form["scoid"]]
        number = int(form["attempt"]) or (1 if sco.startswith("two") else LAST.get(who, 1))
        path = WS / f"tracks/{sco}-{who}-{number}.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))
        return recorded("tracks/scorm12-teacher-1.json")


@pytest.fixture
def site() -> Iterator[Site]:
    said = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert self.path == "/moodle/webservice/rest/server.php"
            assert "wstoken" not in self.path
            form = {key: values[0] for key, values in parse_qs(body, keep_blank_values=True).items()}
            if said.failures:
                code, headers = said.failures.pop(0)
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            reply = said.reply(form)
            content = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    said.address = f"http://127.0.0.1:{server.server_address[1]}/moodle"
    yield said
    server.shutdown()
    server.server_close()


def service(site: Site, reader: Reader, path: str = "/course/view.php?id=2", token: str = TOKEN) -> MoodleService:
    """A service whose pauses are kept instead of waited."""
    return MoodleService(place_of(site.address + path), token, reader.notes, Connection(pause=waited.append))


waited: list[float] = []


@pytest.fixture
def both(tmp_path: Path) -> Reader:
    waited.clear()
    return Reader(tmp_path, [recorded_codebook("1.2"), recorded_codebook("2004")])


def test_every_attempt_of_every_learner_comes_exactly_in_both_standards(site: Site, both: Reader) -> None:
    found = list(service(site, both).attempts(both.known))
    for standard in ("1.2", "2004"):
        for who, number in attempts_sent(standard):
            wanted = {key: one["response"] for key, one in sent(standard, who, number).items() if one.get("response")}
            matching = [
                one
                for one in found
                if one.learner.email == f"{who}@example.com"
                and one.number == number
                and {slot.id: slot.response for slot in one.slots if slot.response} == wanted
            ]
            assert matching, (standard, who, number)
            assert matching[0].started
            assert matching[0].last
    assert not both.noticed


def test_the_report_of_a_course_joins_all_that_belongs_together(site: Site, both: Reader) -> None:
    report = both.report(MOODLE / "moodle4.5/scorm12/interactions-all.txt", services=[service(site, both)])
    assert report.numbers.attempts == 8
    assert report.numbers.started == 3
    assert report.numbers.status_known
    assert answers_of(report, "Student3 Check", unit=0)["f01_plan-action"] == "Noch offen …"


def test_an_activity_is_found_by_its_address(site: Site, both: Reader) -> None:
    report = both.report(services=[service(site, both, "/mod/scorm/view.php?id=323")])
    assert report.numbers.attempts == 4
    asked = [form for form in site.asked if form["wsfunction"] == "mod_scorm_get_scorm_scoes"]
    assert [form["scormid"] for form in asked] == ["322"]


def test_several_pieces_of_an_activity_are_read_one_by_one(site: Site, tmp_path: Path) -> None:
    reader = Reader(tmp_path, [two_scos_codebook()])
    found = [one for one in service(site, reader, "/mod/scorm/view.php?id=324").attempts(reader.known) if one.slots]
    assert {(one.learner.name, one.sco) for one in found} >= {
        ("Student1 Check", "Part one"),
        ("Student1 Check", "Part two"),
    }


def test_attempts_are_counted_down_from_the_last_one(site: Site, both: Reader) -> None:
    both.report(services=[service(site, both, "/mod/scorm/view.php?id=322")])
    tracks = [form for form in site.asked if form["wsfunction"] == "mod_scorm_get_scorm_sco_tracks"]
    assert [form["attempt"] for form in tracks if form["userid"] == "4"] == ["0", "1"]
    assert [form["attempt"] for form in tracks if form["userid"] == "5"] == ["0"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("invalid-token", "SCORMKIT_MOODLE_TOKEN"),
        ("reader-without-viewreport", "mod/scorm:viewreport"),
        ("reader-not-enrolled", "enrolled in the course"),
        ("function-not-in-service", "service lacks this function"),
        ("missing-parameter", "invalidparameter"),
        ("no-such-sco", "cannotfindsco"),
    ],
)
def test_a_refusal_is_told_with_what_to_do_and_without_the_token(
    site: Site, both: Reader, file: str, words: str
) -> None:
    site.instead["mod_scorm_get_scorm_sco_tracks"] = recorded(f"errors/{file}.json")
    with pytest.raises(ProblemsFound) as found:
        both.report(services=[service(site, both)])
    assert words in str(found.value)
    assert TOKEN not in str(found.value)
    assert not waited, "a refusal is not tried again"


def test_a_busy_site_is_asked_again_and_its_own_wish_is_kept(site: Site, both: Reader) -> None:
    site.failures = [(503, {}), (429, {"Retry-After": "7"})]
    report = both.report(services=[service(site, both)])
    assert report.numbers.attempts == 8
    assert waited == [PAUSES[0], 7.0]


def test_a_site_that_stays_busy_is_given_up_with_the_reason(site: Site, both: Reader) -> None:
    site.failures = [(503, {})] * (len(PAUSES) + 1)
    with pytest.raises(ProblemsFound, match=r"did not answer .* after 4 tries: HTTP 503"):
        both.report(services=[service(site, both)])
    assert waited == list(PAUSES)


def test_a_token_is_never_sent_on_to_another_address(site: Site, both: Reader) -> None:
    site.failures = [(302, {"Location": "http://127.0.0.1:9/elsewhere"})]
    with pytest.raises(ProblemsFound, match=r"sends on to http://127\.0\.0\.1:9/elsewhere"):
        both.report(services=[service(site, both)])


def test_a_site_that_is_not_there_is_told(both: Reader) -> None:
    gone = MoodleService(Place("http://127.0.0.1:9"), TOKEN, both.notes, Connection(pause=waited.append))
    with pytest.raises(ProblemsFound, match="did not answer core_webservice_get_site_info after 4 tries"):
        both.report(services=[gone])


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><title>Log in</title>", b"", b"[" * 100_000, b"null", b'{"a":'])
def test_something_else_than_moodle_is_told(site: Site, both: Reader, content: bytes) -> None:
    site.instead["core_webservice_get_site_info"] = content
    with pytest.raises(ProblemsFound, match="ANS-009"):
        both.report(services=[service(site, both)])


def test_what_the_site_leaves_out_without_a_word_is_said(site: Site, both: Reader) -> None:
    site.instead["core_enrol_get_enrolled_users"] = recorded("errors/enrolled_users-without-viewdetails.json")
    with pytest.raises(ProblemsFound, match="it holds no attempts"):
        both.report(services=[service(site, both)])
    assert any("sees no participant but itself" in one.message for one in both.noticed)

    site.instead["core_enrol_get_enrolled_users"] = []
    fresh = Reader(both.folder, both.codebooks)
    with pytest.raises(ProblemsFound, match="it holds no attempts"):
        fresh.report(services=[service(site, fresh)])
    assert any("sees no participant" in one.message for one in fresh.noticed)


def test_separate_groups_and_attempts_without_a_status_are_said(site: Site, both: Reader) -> None:
    scorms = recorded("scorms.json")
    scorms["scorms"][0]["groupmode"] = 1
    site.instead["mod_scorm_get_scorms_by_courses"] = scorms
    site.instead["mod_scorm_get_scorm_attempt_count"] = {"attemptscount": 2, "warnings": []}
    both.report(services=[service(site, both)])
    messages = " ".join(one.message for one in both.noticed)
    assert "separate groups" in messages
    assert "Teacher Check has 2 attempts that the site does not give" in messages


def test_a_hidden_or_foreign_activity_is_explained(site: Site, both: Reader) -> None:
    with pytest.raises(ProblemsFound, match=r"does not see this SCORM activity.*hidden"):
        both.report(services=[service(site, both, "/mod/scorm/view.php?id=99")])


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://x.org/course/view.php?id=12", Place("https://x.org", course=12)),
        ("https://x.org/moodle/mod/scorm/view.php?id=7", Place("https://x.org/moodle", module=7)),
        ("https://x.org/mod/scorm/player.php?a=1&cm=2&id=9", Place("https://x.org", module=9)),
        ("https://x.org/m/mod/scorm/report.php?id=5&mode=interactions", Place("https://x.org/m", module=5)),
        ("x.org/moodle/", Place("https://x.org/moodle")),
    ],
)
def test_an_address_says_what_is_meant(address: str, place: Place) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize("address", ["ftp://x.org", "file:///etc/passwd", "https://me:secret@x.org", "https://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ProblemsFound, match="no address of a site"):
        place_of(address)


def test_the_command_takes_the_token_from_the_environment_only(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codebook = written(tmp_path, recorded_codebook("1.2"))
    words = ["responses", "--moodle", f"{site.address}/mod/scorm/view.php?id=322", "--codebook", str(codebook)]
    monkeypatch.delenv("SCORMKIT_MOODLE_TOKEN", raising=False)
    without = CliRunner().invoke(main, words)
    assert without.exit_code == 2
    assert "SCORMKIT_MOODLE_TOKEN" in without.output
    monkeypatch.setenv("SCORMKIT_MOODLE_TOKEN", TOKEN)
    run = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "report.html")])
    assert run.exit_code == 0, run.output
    assert "4 attempts" in run.output
    assert TOKEN not in run.output
    assert TOKEN not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_nothing_is_noticed_twice() -> None:
    notes = Notes()
    service_ = MoodleService(Place("https://x.org"), "", notes)
    for _ in range(3):
        service_._notice("a", "b")
    assert len(notes.problems) == 1
