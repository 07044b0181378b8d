"""One request to a platform, with patience: busy and unreachable sites are asked again, credentials stay with them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import IO
from urllib import error as urls
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIME_OUT = 30.0
"""Seconds without a word."""
PAUSES = (1.0, 4.0, 15.0)
"""Seconds before each further try where the site is busy or does not answer."""
LONGEST_PAUSE = 120.0
"""Seconds, whatever the site asks for."""
LARGEST_REPLY = 100_000_000
"""Bytes."""
_BUSY = {429, 500, 502, 503, 504}
_SHOWN = 120


class RefusedError(Exception):
    """The site answered, but not with what was asked for."""

    def __init__(self, status: int, location: str, body: str) -> None:
        super().__init__(status)
        self.status = status
        self.location = location
        """Where a redirect leads; "" where the answer is none."""
        self.body = body
        """The first line or so."""


class UnansweredError(Exception):
    """No answer after all tries; the last trouble in words."""


class TooLargeError(Exception):
    """The answer is larger than any real one."""


class _NoRedirect(HTTPRedirectHandler):
    """Credentials are never sent to another address."""

    def redirect_request(
        self,
        req: Request,  # noqa: ARG002 - as inherited
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: object,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Connection:
    """How long to wait. ``pause`` waits between tries, for tests to take over."""

    pause: Callable[[float], None] = time.sleep
    time_out: float = TIME_OUT

    def reply(self, request: Request) -> bytes:
        """The body of the answer. Raises :class:`RefusedError`, :class:`UnansweredError` or :class:`TooLargeError`."""
        opener = build_opener(_NoRedirect)
        trouble = ""
        for planned in (*PAUSES, None):
            wait = planned
            try:
                with opener.open(request, timeout=self.time_out) as answer:
                    content: bytes = answer.read(LARGEST_REPLY + 1)
            except urls.HTTPError as error:
                with error:
                    if error.code not in _BUSY:
                        location = error.headers.get("Location", "") if 300 <= error.code < 400 else ""
                        body = error.read(4096).decode("utf-8", errors="replace")
                        raise RefusedError(error.code, location, start_of(body)) from error
                    trouble = f"HTTP {error.code}"
                    if wait is not None:
                        wait = _asked_to_wait(error.headers.get("Retry-After", ""), wait)
            except (urls.URLError, TimeoutError, OSError, HTTPException) as error:
                trouble = str(getattr(error, "reason", "") or error or type(error).__name__)
            else:
                if len(content) > LARGEST_REPLY:
                    raise TooLargeError
                return content
            if wait is not None:
                self.pause(wait)
        raise UnansweredError(trouble)


def tries() -> int:
    """How often a request is sent at most."""
    return len(PAUSES) + 1


def start_of(text: str) -> str:
    """As much of a text as a message can show, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _asked_to_wait(asked: str, wait: float) -> float:
    """Seconds or a date (RFC 9110, 10.2.3); the planned pause where it is neither."""
    if asked.isdecimal():
        return min(float(asked), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return wait
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_PAUSE)
