"""The server on a port: what browsers of other origins are told, and trouble on demand."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.cmi5.au import COURSE, UNIT
from tests.fakes.cmi5.lms import Launch
from tests.fakes.cmi5.server import Server, listening

ORIGIN = "https://content.example"


@dataclass
class Client:
    """Speaks to the server by HTTP, for one launch."""

    server: Server
    launch: Launch

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection(self.server.lms.base.removeprefix("http://"), timeout=20)
        sent = {
            "Origin": ORIGIN,
            "Authorization": f"Basic {self.launch.token}",
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def about(self) -> int:
        return self.ask("GET", "/xapi/about")[0]


@pytest.fixture
def client() -> Iterator[Client]:
    with listening(Server()) as server:
        launch = server.lms.launch(server.lms.register(COURSE), UNIT, ORIGIN)
        launch.session.fetched = True
        yield Client(server, launch)


def test_a_refusal_says_in_its_body_what_was_broken(client: Client) -> None:
    status, headers, body = client.ask("POST", "/xapi/statements", {"actor": {}})
    assert status == 400
    assert headers["content-type"] == "application/json"
    assert json.loads(body)["requirement"] == "XD 2.4"
    assert client.server.refused[0].resource == "statements"


def test_two_slashes_are_not_one(client: Client) -> None:
    assert client.ask("GET", "/xapi//about")[0] in {400, 404}


def preflight(client: Client, path: str, headers: str) -> Mapping[str, str]:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": headers}
    status, found, _ = client.ask("OPTIONS", path, **asked)
    assert status == 204
    return found


def test_a_preflight_allows_the_headers_of_xapi_and_no_others(client: Client) -> None:
    found = preflight(client, "/xapi/statements", "authorization,content-type,x-experience-api-version")
    assert found["access-control-allow-origin"] == ORIGIN
    assert client.server.refused == []
    found = preflight(client, "/xapi/statements", "x-requested-with")
    assert "x-requested-with" not in found["access-control-allow-headers"]
    assert client.server.refused[-1].requirement == "CORS"


def test_a_preflight_to_the_fetch_url_allows_nothing_of_ones_own(client: Client) -> None:
    preflight(client, f"/fetch/{client.launch.fetch_key}", "authorization")
    assert [one.resource for one in client.server.refused] == ["fetch"]


def test_an_lms_may_hide_its_etags_and_forbid_conditions(client: Client) -> None:
    assert "ETag" in client.ask("GET", "/xapi/about")[1]["access-control-expose-headers"]
    client.server.cors.exposes_etag = False
    client.server.cors.conditional_headers = False
    assert "ETag" not in client.ask("GET", "/xapi/about")[1]["access-control-expose-headers"]
    assert "if-match" not in preflight(client, "/xapi/activities/state", "")["access-control-allow-headers"]


def test_a_connection_that_is_refused_ends_without_an_answer(client: Client) -> None:
    trouble = client.server.trouble("refused")
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        client.about()
    trouble.over()
    assert client.about() == 200


@pytest.mark.parametrize("status", [401, 403, 409, 412, 413, 429, 500, 503])
def test_any_status_can_be_had(client: Client, status: int) -> None:
    trouble = client.server.trouble("status", "about", status, retry_after="7", times=1)
    found, headers, _ = client.ask("GET", "/xapi/about")
    assert (found, headers["retry-after"]) == (status, "7")
    assert headers["access-control-allow-origin"] == ORIGIN, "a browser must be able to read it"
    assert client.about() == 200, "it came once"
    assert trouble.met == 1
    assert client.server.refused == [], "trouble is nobody's fault"


@pytest.mark.parametrize("kind", ["stored-but-500", "stored-but-silent"])
def test_what_was_stored_may_look_as_if_it_was_not(client: Client, kind: str) -> None:
    key = f"/xapi/activities/profile?activityId=urn:x:a&profileId={kind}"
    client.server.trouble("stored-but-500" if kind == "stored-but-500" else "stored-but-silent", times=1)
    try:
        assert client.ask("PUT", key, {"a": 1}, If_None_Match="*")[0] == 500
    except (ConnectionError, http.client.HTTPException):
        assert kind == "stored-but-silent"
    assert json.loads(client.ask("GET", key)[2]) == {"a": 1}


def test_a_slow_answer_waits_until_it_is_let_go(client: Client) -> None:
    trouble = client.server.trouble("slow", "about")
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(client.about()))
    thread.start()
    while not trouble.met:
        thread.join(0.01)
    assert found == []
    assert client.server.under_way["GET about"] == 1
    trouble.over()
    thread.join()
    assert found == [200]


def test_an_answer_without_cors_is_one_that_a_browser_throws_away(client: Client) -> None:
    client.server.trouble("no-cors", "about", times=1)
    assert "access-control-allow-origin" not in client.ask("GET", "/xapi/about")[1]
