"""The LMS on a port of loopback: HTTP, CORS, trouble, and a book of everything that was asked."""

from __future__ import annotations

import http.server
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.cmi5.exchange import Answer, Request, json_answer
from tests.fakes.cmi5.lms import Lms
from tests.fakes.cmi5.refusal import Refusal
from tests.fakes.cmi5.resources import Manners, handled
from tests.fakes.cmi5.trouble import Kind, Trouble

FRAME = b'<!doctype html><title>A strict LMS</title><iframe id="au" width="1000" height="800" title="Course"></iframe>'
RETURNED = b"<!doctype html><title>Back in the LMS</title><p>You are back.</p>"
EXPECTED = {("activities/state", 404), ("agents/profile", 404), ("agents/profile", 403), ("statements", 404)}
"""Refusals that a client may run into without having done anything wrong."""


@dataclass(frozen=True)
class Refused:
    """A request that was refused by the specification, not by trouble that a test made."""

    method: str
    resource: str
    status: int
    requirement: str
    message: str


@dataclass
class Cors:
    """What the server tells browsers of other origins."""

    conditional_headers: bool = True
    """Whether If-Match and If-None-Match may be sent (not in Moodle's mod_cmi5, nor in Ralph)."""
    exposes_etag: bool = True
    exposes_retry_after: bool = True

    def allowed(self, resource: str) -> list[str]:
        if resource == "fetch":
            return ["content-type"]
        conditional = ["if-match", "if-none-match"] if self.conditional_headers else []
        return ["authorization", "content-type", "x-experience-api-version", *conditional]

    def headers(self, origin: str, resource: str) -> dict[str, str]:
        exposed = ["X-Experience-API-Version", "X-Experience-API-Consistent-Through", "Last-Modified"]
        exposed += ["ETag"] if self.exposes_etag else []
        exposed += ["Retry-After"] if self.exposes_retry_after else []
        del resource
        return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": ", ".join(exposed)}


@dataclass
class Server:
    """An LMS that listens. ``exchanges`` has every request with its status, in the order of the answers."""

    lms: Lms = field(default_factory=Lms)
    manners: Manners = field(default_factory=Manners)
    cors: Cors = field(default_factory=Cors)
    troubles: list[Trouble] = field(default_factory=list)
    exchanges: list[tuple[Request, int]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    under_way: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    """By resource and method, as "POST statements": how many requests were open at one time."""
    answered: threading.Condition = field(default_factory=threading.Condition)

    def trouble(
        self,
        kind: Kind,
        at: str = "",
        status: int = 500,
        *,
        method: str = "",
        times: int | None = None,
        retry_after: str | None = None,
    ) -> Trouble:
        """Begin trouble; ``over()`` ends it."""
        made = Trouble(kind, at, status, method, times, retry_after)
        self.troubles.append(made)
        return made

    def requests(self, resource: str, method: str = "") -> list[tuple[Request, int]]:
        """What was asked of a resource, with the answers' statuses."""
        return [
            (request, status)
            for request, status in self.exchanges
            if request.resource == resource and method in {"", request.method}
        ]

    # --- a request on its way -----------------------------------------------------------------------------------

    def answer(self, request: Request) -> Answer | None:
        """The answer with its headers; None where the connection just ends."""
        name = f"{request.method} {request.resource}"
        with self.lock:
            self.under_way[name] += 1
            self.most_at_once[name] = max(self.most_at_once[name], self.under_way[name])
            trouble = next((one for one in self.troubles if one.befalls(request.resource, request.method)), None)
            if not request.path.startswith(("/xapi/", "/fetch/")):
                trouble = None  # the LMS's own pages
            if request.method == "OPTIONS" and trouble is not None and trouble.kind not in {"refused", "no-cors"}:
                trouble = None
            if trouble is not None:
                trouble.meet()
        try:
            found = self._troubled(request, trouble)
        finally:
            with self.lock:
                self.under_way[name] -= 1
        with self.answered:
            self.exchanges.append((request, found.status if found else 0))
            self.answered.notify_all()
        return found

    def _troubled(self, request: Request, trouble: Trouble | None) -> Answer | None:
        origin = request.headers.get("origin", "")
        cors = self.cors.headers(origin, request.resource) if origin else {}
        if trouble is None:
            return self._plain(request, cors)
        if trouble.kind in {"refused", "stored-but-silent"}:
            if trouble.kind == "stored-but-silent":
                self._plain(request, cors)
            return None
        if trouble.kind == "slow":
            trouble.gate.wait(timeout=60)
            return self._plain(request, cors)
        if trouble.kind == "no-cors":
            return self._plain(request, {})
        if trouble.kind == "lost-but-200":
            return json_answer(200, [], cors)
        if trouble.kind == "stored-but-500":
            self._plain(request, cors)
        later = {"Retry-After": trouble.retry_after} if trouble.retry_after else {}
        return json_answer(trouble.status, {"message": "trouble that a test made"}, {**cors, **later})

    def _plain(self, request: Request, cors: Mapping[str, str]) -> Answer:
        if request.method == "OPTIONS":
            return self._preflight(request, cors)
        if request.resource in {"frame", "returned"}:
            page = FRAME if request.resource == "frame" else RETURNED
            return Answer(200, page, {"Content-Type": "text/html; charset=utf-8"})
        if not request.path.startswith(("/xapi/", "/fetch/")):
            return Answer(404)  # a browser asks for icons
        try:
            with self.lock:
                found = handled(self.lms, request, self.manners)
        except Refusal as refusal:
            if (request.resource, refusal.status) not in EXPECTED or (
                refusal.status == 403 and refusal.requirement != "11.0.0.0-2"
            ):
                self.refused.append(
                    Refused(request.method, request.resource, refusal.status, refusal.requirement, refusal.message)
                )
            content = {"requirement": refusal.requirement, "message": refusal.message}
            found = json_answer(refusal.status, content)
        version = {"X-Experience-API-Version": self.manners.version} if request.resource != "fetch" else {}
        return Answer(found.status, found.body, {**found.headers, **version, **cors})

    def _preflight(self, request: Request, cors: Mapping[str, str]) -> Answer:
        allowed = self.cors.allowed(request.resource)
        asked = request.headers.get("access-control-request-headers", "")
        for name in filter(None, (one.strip().lower() for one in asked.split(","))):
            if name not in allowed:
                message = f"a browser may not send {name} to {request.resource}"
                self.refused.append(Refused("OPTIONS", request.resource, 200, "CORS", message))
        methods = "POST" if request.resource == "fetch" else "GET, POST, PUT, DELETE"
        headers = {"Access-Control-Allow-Headers": ", ".join(allowed), "Access-Control-Allow-Methods": methods}
        return Answer(204, b"", {**cors, **headers})


def _handler(server: Server) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            pairs = parse_qsl(parts.query, keep_blank_values=True)
            path = parts.path
            if "//" in path:
                path = path.replace("//", "/no-such-place/")
            found = server.answer(Request(self.command, path, dict(pairs), headers, body))
            if found is None:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                return
            try:
                self.send_response(found.status)
                for key, value in {**found.headers, "Content-Length": str(len(found.body))}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(found.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the tab was closed meanwhile

        do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = serve  # noqa: N815 - names of the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    return Handler


class _Listening(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def listening(server: Server) -> Iterator[Server]:
    """The server on a free port of loopback, for as long as the block lasts."""
    listener = _Listening(("127.0.0.1", 0), _handler(server))
    server.lms.base = f"http://127.0.0.1:{listener.server_address[1]}"
    threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        for trouble in server.troubles:
            trouble.over()
        listener.shutdown()
        listener.server_close()
