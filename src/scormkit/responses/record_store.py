"""A learning record store (LRS): the statements of the codebooks' units, page by page.

Source: xAPI 1.0.3 Communication 2.1.3 (statements), 3.2 (errors), 3.3 (versions). What a store leaves out (voided
statements) it leaves out by the specification; whatever comes all the same is left out here.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import Request

from scormkit.problem import ProblemsFound
from scormkit.responses import rules
from scormkit.responses.codebooks import Codebooks
from scormkit.responses.connection import (
    LARGEST_REPLY,
    Connection,
    RefusedError,
    TooLargeError,
    UnansweredError,
    start_of,
    tries,
)
from scormkit.responses.record import Attempt
from scormkit.responses.statements import Statements

USER = "SCORMKIT_LRS_USER"
PASSWORD = "SCORMKIT_LRS_PASSWORD"  # noqa: S105 - the variable's name, not a password
AUTH = "SCORMKIT_LRS_AUTH"
VERSION = "1.0.3"
PAGE = 500
"""Statements asked for at once; a store may give fewer."""
_PORTS = {"http": 80, "https": 443}
_HINTS = {
    400: "The store refuses the question. Does it speak xAPI 1.0?",
    401: f"Check {USER} and {PASSWORD}, or {AUTH}: the store does not know this key.",
    403: "The key may not read statements. Give it the right to read all (scope all/read or statements/read).",
    404: "There is no record store at this address. Give its endpoint, as the platform calls it, "
    "such as https://lrs.example/xapi/.",
}


def credentials(environment: Mapping[str, str]) -> str:
    """The Authorization header, from the environment; "" where nothing is set.

    Raises :class:`ValueError` with a message that holds no part of what is set.
    """
    whole = environment.get(AUTH, "").strip()
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if whole:
        if not (whole.isascii() and whole.isprintable()):
            raise ValueError(f"{AUTH} holds something that cannot stand in a header.")
        return whole if " " in whole else f"Basic {whole}"
    if user and password:
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    return ""


def endpoint_of(address: str) -> str:
    """The endpoint with a slash at its end, from what a platform shows. Raises :class:`ProblemsFound`."""
    parts = urlsplit(address if "//" in address else f"https://{address}")
    try:
        usable = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or "@" in parts.netloc:
        hint = (
            f"Leave user and password out of it: they belong into {USER} and {PASSWORD}."
            if "@" in parts.netloc
            else "Give the endpoint, such as https://lrs.example/xapi/."
        )
        shown = address if "@" not in parts.netloc else parts.netloc.rpartition("@")[2]
        raise ProblemsFound([rules.SERVICE.problem("this is no address of a record store", hint, file=shown)])
    path = parts.path.rstrip("/").removesuffix("/statements")
    return f"{parts.scheme}://{parts.netloc}{path}/"


@dataclass(slots=True)
class RecordStore:
    """One store with one credential.

    ``activities``: as the platform calls the units, where it uses neither their published ids nor names them in the
    context. ``registrations``: these only.
    """

    endpoint: str
    authorization: str = field(repr=False)
    activities: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    connection: Connection = field(default_factory=Connection)

    @property
    def name(self) -> str:
        """What reports call it."""
        return self.endpoint

    def attempts(self, known: Codebooks) -> Iterator[Attempt]:
        """The attempts at the units of the codebooks, or at ``activities``.

        Raises :class:`ProblemsFound` where the store refuses or is none, or where it holds nothing of the units.
        """
        published = tuple(dict.fromkeys(unit.unit.activity for unit in known.units if unit.unit.activity))
        wanted = self.activities or published
        if not wanted:
            raise ProblemsFound(
                [
                    rules.CODEBOOK.problem(
                        "the codebook is of a standard that sends no statements",
                        "Give the codebook of the cmi5 or xAPI package that was uploaded.",
                        file=self.endpoint,
                    )
                ]
            )
        count = 0
        with Statements(known, self.activities) as statements:
            for activity, registration in product(wanted, self.registrations or ("",)):
                for one in self._found(activity, registration):
                    statements.add(one)
                    count += 1
            found = False
            for attempt in statements.attempts(self.endpoint):
                found = True
                yield attempt
        if not found:
            raise ProblemsFound(
                [
                    rules.NO_ANSWERS.problem(
                        f"the store has {f'{count:,} statements, but none' if count else 'no statements'} of learners "
                        f"in {', '.join(wanted)}",
                        "Where the platform calls the session by another id, give that with --activity. "
                        "A key may also see only what it wrote itself.",
                        file=self.endpoint,
                    )
                ]
            )

    def _found(self, activity: str, registration: str) -> Iterator[Mapping[str, object]]:
        asked = {"activity": activity, "related_activities": "true", "ascending": "true", "limit": str(PAGE)}
        if registration:
            asked["registration"] = registration
        first = urljoin(self.endpoint, "statements")
        address = f"{first}?{urlencode(asked)}"
        seen: set[int] = set()
        while address:
            seen.add(hash(address))
            page = self._page(address)
            statements = page.get("statements")
            if not isinstance(statements, list):
                raise self._failure(
                    "it answers with JSON, but not with statements", "Give the endpoint of a record store."
                )
            yield from (one for one in statements if isinstance(one, dict))
            more = page.get("more")
            address = self._next(first, more) if isinstance(more, str) and more else ""
            if address and hash(address) in seen:
                raise self._failure("its pages lead back to one another and never end", "Tell whoever runs the store.")

    def _next(self, first: str, more: str) -> str:
        """The next page. The credential is for this store only, so another one is not asked."""
        address = urljoin(first, more)
        if _origin(address) != _origin(first):
            parts = urlsplit(address)
            raise self._failure(
                f"the rest of the statements lies at {parts.scheme}://{parts.netloc.rpartition('@')[2]}",
                "The credential is not sent to another address. Give that one as --lrs, or have the store's own "
                "address corrected.",
            )
        return address

    def _page(self, address: str) -> Mapping[str, object]:
        request = Request(address, method="GET")  # noqa: S310 - the endpoint was checked to be http or https
        request.add_header("Authorization", self.authorization)
        request.add_header("X-Experience-API-Version", VERSION)
        request.add_header("Accept", "application/json")
        try:
            text = self.connection.reply(request).decode("utf-8", errors="replace")
        except TooLargeError as error:
            raise self._failure(f"one answer is larger than {LARGEST_REPLY:,} bytes", "") from error
        except RefusedError as error:
            if 300 <= error.status < 400:
                parts = urlsplit(urljoin(address, error.location))
                where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
                message = f"it sends on to {where}"
                raise self._failure(message, "Give that address: the credential is not sent to another one.") from error
            said = f": {error.body}" if error.body and not error.body.startswith("<") else ""
            raise self._failure(f"it answered with HTTP {error.status}{said}", _HINTS.get(error.status, "")) from error
        except UnansweredError as error:
            raise self._failure(
                f"it did not answer after {tries()} tries: {error}",
                "Check the address and the connection, and try again later.",
            ) from error
        try:
            found: object = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._failure(
                f"it answers with something that is not JSON: {start_of(text)}",
                "Give the endpoint of the record store, such as https://lrs.example/xapi/, not the page that people "
                "open.",
            ) from error
        if not isinstance(found, dict):
            raise self._failure("it answers with JSON, but not with statements", "Give the endpoint of a record store.")
        return found

    def _failure(self, message: str, hint: str) -> ProblemsFound:
        for secret in _secrets(self.authorization):
            message = message.replace(secret, "…")
        return ProblemsFound([rules.SERVICE.problem(message, hint, file=self.endpoint)])


def _secrets(authorization: str) -> list[str]:
    """What must stand in no message, whatever a store repeats: the key, and the password in it."""
    key = authorization.rpartition(" ")[2]
    try:
        password = base64.b64decode(key, validate=True).decode().partition(":")[2]
    except ValueError:
        password = ""
    return [one for one in (authorization, key, password) if len(one) > 3]


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
