"""State, Activity Profile and Agent Profile documents; xAPI-Communication 2.2 to 2.7 and 3.1."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.fakes.cmi5.refusal import Refusal

Key = tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """What is stored under a key, and when that was."""

    body: bytes
    content_type: str
    updated: datetime

    @property
    def etag(self) -> str:
        return '"' + hashlib.sha1(self.body, usedforsecurity=False).hexdigest() + '"'


@dataclass(frozen=True)
class Conditions:
    """The two headers of a careful writer."""

    match: str | None = None
    none_match: str | None = None

    @property
    def given(self) -> bool:
        return self.match is not None or self.none_match is not None

    def check(self, stored: Document | None) -> None:
        """412 where the document is not what the writer believes (XC 3.1)."""
        if self.match is not None and (stored is None or (self.match != "*" and stored.etag not in _tags(self.match))):
            raise Refusal(412, "XC 3.1", "If-Match: the document has changed, or is not there")
        if self.none_match is None or stored is None:
            return
        if self.none_match == "*" or stored.etag in _tags(self.none_match):
            raise Refusal(412, "XC 3.1", "If-None-Match: there is such a document already")


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


@dataclass
class DocumentStore:
    """Documents of one resource, each under the words that name it; the last word is its id."""

    most_bytes: int = 64 * 1024
    kept: dict[Key, Document] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def get(self, key: Key) -> Document:
        if key not in self.kept:
            raise Refusal(404, "XC 2.2", f"there is no document {key[-1]!r}")
        return self.kept[key]

    def ids(self, start: Key, since: datetime | None) -> list[str]:
        """Ids of the documents under a start, changed after a moment."""
        return [
            key[-1]
            for key, stored in self.kept.items()
            if key[: len(start)] == start and (since is None or stored.updated > since)
        ]

    def put(self, key: Key, body: bytes, content_type: str, conditions: Conditions, *, careful: bool) -> None:
        """Replace. A careful resource wants a condition: 400 without one, 409 where something is there (XC 3.1)."""
        stored = self.kept.get(key)
        if careful and not conditions.given:
            status, why = (400, "neither If-Match nor If-None-Match") if stored is None else (409, "no If-Match")
            raise Refusal(status, "XC 3.1", f"PUT of {key[-1]!r} with {why}")
        conditions.check(stored)
        self._write(key, body, content_type)

    def post(self, key: Key, body: bytes, content_type: str, conditions: Conditions) -> None:
        """Merge the top-level properties of two JSON objects (XC 2.2); 400 where one of them is something else."""
        stored = self.kept.get(key)
        conditions.check(stored)
        if stored is not None:
            fresh = _json_object(body, content_type, "the new document")
            body = json.dumps(
                {**_json_object(stored.body, stored.content_type, "the stored document"), **fresh}
            ).encode()
        elif content_type.startswith("application/json"):
            _json_object(body, content_type, "the new document")
        self._write(key, body, content_type)

    def delete(self, key: Key, conditions: Conditions) -> None:
        conditions.check(self.kept.get(key))
        self.kept.pop(key, None)

    def _write(self, key: Key, body: bytes, content_type: str) -> None:
        if len(body) > self.most_bytes:
            raise Refusal(413, "XC 3.2", f"{len(body)} bytes; this LRS stores at most {self.most_bytes} in a document")
        self.now += timedelta(milliseconds=1)
        self.kept[key] = Document(body, content_type, self.now)


def _json_object(body: bytes, content_type: str, what: str) -> dict[str, object]:
    if not content_type.startswith("application/json"):
        raise Refusal(400, "XC 2.2", f"{what} is {content_type}; only JSON can be merged")
    try:
        found = json.loads(body)
    except ValueError as error:
        raise Refusal(400, "XC 2.2", f"{what} is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise Refusal(400, "XC 2.2", f"{what} is no JSON object; only objects can be merged")
    return found
